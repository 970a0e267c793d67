using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Voltgate.Bench.Load;

/// <summary>A station's end of a WebSocket, as cheap as the framework has it: the generator shares the cores.</summary>
internal sealed class StationSocket : IDisposable
{
    private readonly WebSocket socket;
    private readonly byte[] buffer = new byte[2048];

    private StationSocket(WebSocket socket) => this.socket = socket;

    public static async Task<StationSocket> Connect(
        Uri server, string path, string subprotocol = "ocpp1.6") => new(WebSocket.CreateFromStream(
        await Upgrade(server, path, subprotocol), new WebSocketCreationOptions { KeepAliveInterval = TimeSpan.Zero }));

    /// <summary>An upgraded connection, bare.</summary>
    public static async Task<NetworkStream> Upgrade(Uri server, string path, string subprotocol = "ocpp1.6")
    {
        var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await tcp.ConnectAsync(server.Host, server.Port);
        var stream = new NetworkStream(tcp, ownsSocket: true);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            + $"Sec-WebSocket-Protocol: {subprotocol}\r\n\r\n"));
        await Upgraded(stream);
        return stream;
    }

    public ValueTask Send(ReadOnlyMemory<byte> frame) =>
        socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>One message; it is overwritten by the next. Messages larger than 2 KB show their end only.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Receive()
    {
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (got.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"Closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            if (got.EndOfMessage) return buffer.AsMemory(0, got.Count);
        }
    }

    /// <summary>Sends a CALL and gives the answer as text.</summary>
    public async Task<string> Call(string action, string payload)
    {
        await Send(Encoding.UTF8.GetBytes($"[2,\"setup\",\"{action}\",{payload}]"));
        var answer = Encoding.UTF8.GetString((await Receive()).Span);
        return answer.StartsWith("[3,", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"{action} was answered {answer}");
    }

    public void Dispose() => socket.Dispose();

    // Byte by byte, so that nothing of the first frame is taken.
    private static async Task Upgraded(NetworkStream stream)
    {
        var head = new List<byte>(512);
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Add(one[0]);
        }

        var text = Encoding.ASCII.GetString([.. head]);
        if (!text.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
            throw new InvalidOperationException("No upgrade: " + text);
    }
}
