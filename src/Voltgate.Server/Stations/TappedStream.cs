using Voltgate.Ocpp.Rpc;

namespace Voltgate.Server.Stations;

/// <summary>
/// The raw stream under a WebSocket, watched: when bytes last arrived, and a way to ping at will, which the framework's
/// WebSocket does not offer. A pong counts as life, and so does any other frame (quirk 8: some stations never pong).
/// </summary>
/// <param name="pace">How many bytes may come; more wait in the network, where they cost their sender most.</param>
/// <param name="pongs">How many pings are answered; nothing else is read before the next one is.</param>
/// <param name="cut">Ends the connection under the stream at once.</param>
internal sealed class TappedStream(Stream inner, TimeProvider clock, Pace pace, Pace pongs, Action cut) : Stream
{
    // RFC 6455 §5.5.2: FIN and opcode 9, no mask (we are the server), no payload.
    private static readonly byte[] PingFrame = [0x89, 0x00];

    // RFC 6455 §5.5.3: FIN and opcode 10; the framework writes a frame at a time.
    private const byte Pong = 0x8A;

    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource gone = new();
    private int toPay;
    private long lastRead = clock.GetTimestamp();
    private TaskCompletionSource? awaited;
    private int arrived;
    private bool isReading;

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

    /// <summary>Completes when more arrives, and its reader comes back for what follows: no farewell.</summary>
    public Task Heard()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref awaited, mine, null) ?? mine).Task;
    }

    /// <summary>Sends a ping between two frames. False: the connection takes nothing any more.</summary>
    public async Task<bool> Ping()
    {
        using var patience = new CancellationTokenSource(PingPatience, clock);
        try
        {
            await writing.WaitAsync(patience.Token);
            try
            {
                await inner.WriteAsync(PingFrame, patience.Token);
                await inner.FlushAsync(patience.Token);
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
        if (Interlocked.Exchange(ref arrived, 0) == 1) Interlocked.Exchange(ref awaited, null)?.TrySetResult();
        Volatile.Write(ref isReading, true);
        if (toPay > 0) await pace.WaitAsync(toPay, gone.Token);
        toPay = 0;
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Volatile.Write(ref isReading, false);
        // A read into nothing only waits: it ends at the end of the stream, too.
        if (read > 0)
        {
            Volatile.Write(ref lastRead, clock.GetTimestamp());
            Volatile.Write(ref arrived, 1);
            toPay = read;
        }

        return read;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > 0 && buffer.Span[0] == Pong) await pongs.WaitAsync(1, gone.Token);
        await writing.WaitAsync(cancellationToken);
        try
        {
            await inner.WriteAsync(buffer, cancellationToken);
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

    protected override void Dispose(bool disposing)
    {
        // The request that was upgraded owns the inner stream, and closes it in good order once its work is done. But
        // who waits for a peer that is silent or takes nothing would wait for ever: a WebSocket's Abort is only this.
        if (Volatile.Read(ref isReading) || writing.CurrentCount == 0) cut();
        gone.Cancel();
        base.Dispose(disposing);
    }
}
