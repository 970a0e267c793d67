namespace Voltgate.Server.Stations;

/// <summary>
/// The raw stream under a WebSocket, watched: when bytes last arrived, and a way to ping at will, which the framework's
/// WebSocket does not offer. A pong counts as life, and so does any other frame (quirk 8: some stations never pong).
/// </summary>
internal sealed class TappedStream(Stream inner, TimeProvider clock) : Stream
{
    // RFC 6455 §5.5.2: FIN and opcode 9, no mask (we are the server), no payload.
    private static readonly byte[] PingFrame = [0x89, 0x00];

    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource gone = new();
    private long lastRead = clock.GetTimestamp();
    private TaskCompletionSource? awaited;

    public long LastReadTimestamp => Volatile.Read(ref lastRead);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Completes when the next byte arrives.</summary>
    public Task NextRead()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref awaited, mine, null) ?? mine).Task;
    }

    /// <summary>Sends a ping between two frames. False: the connection takes nothing any more.</summary>
    public async Task<bool> Ping()
    {
        try
        {
            if (!await writing.WaitAsync(TimeSpan.FromSeconds(1))) return false;
            try
            {
                await inner.WriteAsync(PingFrame, gone.Token);
                await inner.FlushAsync(gone.Token);
                return true;
            }
            finally
            {
                writing.Release();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            return false;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = Either(cancellationToken);
        var read = await inner.ReadAsync(buffer, either?.Token ?? gone.Token);
        if (read > 0 || buffer.IsEmpty)
        {
            Volatile.Write(ref lastRead, clock.GetTimestamp());
            Interlocked.Exchange(ref awaited, null)?.TrySetResult();
        }

        return read;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = Either(cancellationToken);
        var token = either?.Token ?? gone.Token;
        await writing.WaitAsync(token);
        try
        {
            await inner.WriteAsync(buffer, token);
        }
        finally
        {
            writing.Release();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("This stream is asynchronous.");

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This stream is asynchronous.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("This stream is asynchronous.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private CancellationTokenSource? Either(CancellationToken theirs) =>
        theirs.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(theirs, gone.Token) : null;

    protected override void Dispose(bool disposing)
    {
        // The request that was upgraded owns the inner stream, and ends once nothing waits for it: a peer that is
        // silent must not hold an aborted connection. The semaphore has no handle to free.
        if (disposing) gone.CancelAfter(TimeSpan.Zero);
        base.Dispose(disposing);
    }
}
