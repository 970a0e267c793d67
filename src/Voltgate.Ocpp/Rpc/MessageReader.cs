using System.Buffers;
using System.Net.WebSockets;

namespace Voltgate.Ocpp.Rpc;

/// <summary>One whole message, or why there is none.</summary>
/// <param name="Text">A copy that belongs to the receiver. Null: none.</param>
/// <param name="Breach">Why it is unacceptable. Null with a null Text: the peer closes.</param>
internal readonly record struct Received(byte[]? Text, Breach? Breach = null, string Reason = "");

/// <summary>Gathers whole text messages, within bounds of size, time and pieces.</summary>
internal sealed class MessageReader(WebSocket socket, TimeSpan patience, TimeProvider clock, Action stalled)
{
    private const int FirstBuffer = 4_096;

    // Even a slow mobile link delivers hundreds of bytes a piece: 1 MB in 8,192 pieces is no honest sender.
    private const int MaxPieces = 8_192;

    /// <summary>Waits without a buffer: an idle connection costs none.</summary>
    public async ValueTask<Received> ReadAsync(Func<int> limit)
    {
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (first.MessageType == WebSocketMessageType.Close) return default;
        if (first.MessageType == WebSocketMessageType.Binary)
            return new Received(null, Breach.Binary, "binary messages are not OCPP-J");
        if (first.EndOfMessage) return new Received([]);
        var gathering = new Gathering(ArrayPool<byte>.Shared.Rent(FirstBuffer));
        try
        {
            return await GatherAsync(gathering, limit());
        }
        finally
        {
            gathering.Timer?.Dispose();
            ArrayPool<byte>.Shared.Return(gathering.Buffer);
        }
    }

    /// <summary>Reads on and away until the peer closes or the socket is aborted.</summary>
    public async ValueTask DrainAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            WebSocketReceiveResult piece;
            do piece = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), CancellationToken.None);
            while (piece.MessageType != WebSocketMessageType.Close);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<Received> GatherAsync(Gathering gathering, int limit)
    {
        var length = 0;
        for (var piece = 0; piece < MaxPieces; piece++)
        {
            if (length == gathering.Buffer.Length) gathering.Widen(length);
            // A socket fills what it is given before it answers: one byte too many must be enough to know.
            var room = Math.Min(gathering.Buffer.Length, limit + 1) - length;
            var receiving = socket.ReceiveAsync(gathering.Buffer.AsMemory(length, room), CancellationToken.None);
            if (!receiving.IsCompleted)
                gathering.Timer ??= clock.CreateTimer(_ => stalled(), null, patience, Timeout.InfiniteTimeSpan);
            var result = await receiving;
            if (result.MessageType == WebSocketMessageType.Close) return default;
            length += result.Count;
            if (length > limit)
                return new Received(null, Breach.TooBig, $"messages may have {limit} bytes");
            if (result.EndOfMessage) return new Received(gathering.Buffer.AsSpan(0, length).ToArray());
        }
        return new Received(null, Breach.TooManyPieces, "too many fragments");
    }

    private sealed class Gathering(byte[] buffer)
    {
        public byte[] Buffer { get; private set; } = buffer;

        public ITimer? Timer { get; set; }

        public void Widen(int length)
        {
            var wider = ArrayPool<byte>.Shared.Rent(length * 2);
            Buffer.AsSpan(0, length).CopyTo(wider);
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = wider;
        }
    }
}
