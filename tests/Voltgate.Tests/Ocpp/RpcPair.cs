using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

/// <summary>An <see cref="RpcConnection"/> and, behind two pipes, a peer that sends what it likes.</summary>
internal sealed class RpcPair : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WebSocket _ours;

    public RpcPair(
        Func<Call, ValueTask<OutboundAnswer>>? serve = null,
        Func<RpcOptions, RpcOptions>? with = null,
        Action<RpcIncident>? onIncident = null)
    {
        var (up, down) = (new Pipe(), new Pipe());
        var ping = Timeout.InfiniteTimeSpan;
        _ours = WebSocket.CreateFromStream(
            new Duplex(up.Reader, down.Writer), true, null, ping);
        Peer = WebSocket.CreateFromStream(
            new Duplex(down.Reader, up.Writer), false, null, ping);
        var options = new RpcOptions { Rules = RpcRules.V16 };
        Connection = new RpcConnection(
            _ours,
            with?.Invoke(options) ?? options,
            serve ?? (call => ValueTask.FromResult(OutboundAnswer.Result(call.Payload.Utf8))),
            Time,
            new RpcObserver
            {
                OnIncident = onIncident ?? Incidents.Enqueue,
                OnFrame = (way, _) => Frames.Enqueue(way),
            });
        Ended = RunAsync();
    }

    public ManualTime Time { get; } = new();

    public RpcConnection Connection { get; }

    public WebSocket Peer { get; }

    public Task<RpcEnd> Ended { get; }

    /// <summary>The state of the connection's own socket.</summary>
    public WebSocketState State => _ours.State;

    public ConcurrentQueue<RpcIncident> Incidents { get; } = [];

    public ConcurrentQueue<FrameDirection> Frames { get; } = [];

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(
        byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true) =>
        await Peer.SendAsync(bytes, type, isLast, CancellationToken.None).WaitAsync(Patience);

    /// <summary>The next message to the peer; "close STATUS" for a close frame.</summary>
    public async Task<string> NextAsync()
    {
        var buffer = new byte[64 * 1024];
        var result = await Peer.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(Patience);
        return result.MessageType == WebSocketMessageType.Close
            ? $"close {(int)Peer.CloseStatus!}"
            : Encoding.UTF8.GetString(buffer, 0, result.Count);
    }

    /// <summary>The next message, which must be a CALL: its id and action.</summary>
    public async Task<Call> NextCallAsync() =>
        Assert.IsType<Call>(Frame.Parse(Encoding.UTF8.GetBytes(await NextAsync())));

    /// <summary>Proves that everything sent so far has been worked on: a CALL, echoed.</summary>
    public async Task SyncAsync()
    {
        await SendAsync("""[2,"sync","Echo",{}]""");
        Assert.Equal("""[3,"sync",{}]""", await NextAsync());
    }

    /// <summary>Answers the connection's close and returns how it ended.</summary>
    public async Task<RpcEnd> EndAsync()
    {
        await Peer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        return await Ended.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Peer.Abort();
        _ours.Abort();
        await Ended.WaitAsync(Patience);
        Connection.Dispose();
    }

    // As a server does: the stream goes with the connection, which is what a client waits for after its close.
    private async Task<RpcEnd> RunAsync()
    {
        var end = await Connection.RunAsync();
        _ours.Dispose();
        return end;
    }

    private sealed class Duplex(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _input = reader.AsStream();
        private readonly Stream _output = writer.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override void Flush() => _output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        // As with a TCP connection that is gone: the other end sees the end, a read of ours is cut off.
        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _output.Dispose();
                reader.CancelPendingRead();
                _input.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
