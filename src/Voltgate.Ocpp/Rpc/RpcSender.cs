using System.Net.WebSockets;

namespace Voltgate.Ocpp.Rpc;

/// <summary>The one way out of a connection: a message at a time, within its time, none after a close.</summary>
internal sealed class RpcSender(WebSocket socket, RpcOptions options, TimeProvider clock, RpcObserver? observer)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _closed;
    private ITimer? _closing;

    /// <summary>False: not sent and never will be, since the connection closes.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> frame)
    {
        await _turn.WaitAsync();
        try
        {
            if (_closed || socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return false;
            observer?.OnFrame?.Invoke(FrameDirection.Out, frame);
            await BoundedAsync(socket.SendAsync(
                frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None));
        }
        catch (Exception broken) when (IsTransport(broken))
        {
            // Half a message may be out: this connection is of no use any more. The receive loop will notice.
            socket.Abort();
        }
        finally
        {
            _turn.Release();
        }
        return true;
    }

    /// <summary>Sends our half of the closing handshake, once; if the peer's does not follow, aborts.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        await _turn.WaitAsync();
        try
        {
            if (_closed) return;
            _closed = true;
            if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
            _closing = clock.CreateTimer(_ => socket.Abort(), null, options.CloseTimeout, Timeout.InfiniteTimeSpan);
            // RFC 6455 §5.5: 125 bytes for the status and the reason.
            var brief = reason.Length <= 40 ? reason : reason[..40];
            await socket.CloseOutputAsync(status, brief, CancellationToken.None);
        }
        catch (Exception broken) when (IsTransport(broken))
        {
            socket.Abort();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <remarks>The turn holds no handle; a close that is still under way must be able to give it back.</remarks>
    public void Dispose() => _closing?.Dispose();

    /// <summary>What a dead, aborted or broken connection throws.</summary>
    public static bool IsTransport(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException;

    private async ValueTask BoundedAsync(ValueTask sending)
    {
        if (sending.IsCompleted)
        {
            await sending;
            return;
        }
        await using var timer = clock.CreateTimer(
            _ => socket.Abort(), null, options.SendTimeout, Timeout.InfiniteTimeSpan);
        await sending;
    }
}
