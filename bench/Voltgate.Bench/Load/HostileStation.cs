using System.Net.Sockets;
using System.Text;

namespace Voltgate.Bench.Load;

/// <summary>
/// A station that keeps no rule: it sends what it has to send as fast as the network takes it, waits for nothing, and
/// comes back whenever it is shown out.
/// </summary>
internal sealed class HostileStation(Uri server, string path, byte[] first, byte[] again, TimeSpan pause)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    /// <summary>How often it came (back).</summary>
    public int Connects { get; private set; }

    public int Tries { get; private set; }

    public long Bytes { get; private set; }

    public async Task Rage(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            Tries++;
            try
            {
                await using var stream = await StationSocket.Upgrade(server, path);
                Connects++;
                await Pour(stream, stop);
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidOperationException
                or OperationCanceledException)
            {
                // Shown out, or not let in (InvalidOperationException: no 101): it tries again at once.
                await Task.Delay(Rest, CancellationToken.None);
            }
        }
    }

    private async Task Pour(NetworkStream stream, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Swallow(stream, over);
        await stream.WriteAsync(first, over.Token);
        while (!reading.IsCompleted)
        {
            await stream.WriteAsync(again, over.Token);
            Bytes += again.Length;
            if (pause != TimeSpan.Zero) await Task.Delay(pause, over.Token);
        }
    }

    /// <summary>Masked, as a client's frames are, with a mask of zeros.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool fin = true)
    {
        var head = new List<byte> { (byte)((fin ? 0x80 : 0) | opcode) };
        if (payload.Length < 126) head.Add((byte)(0x80 | payload.Length));
        else if (payload.Length < 65_536)
            head.AddRange([0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        else
            head.AddRange(
            [
                0x80 | 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16),
                (byte)(payload.Length >> 8), (byte)payload.Length,
            ]);
        return [.. head, 0, 0, 0, 0, .. payload];
    }

    public static byte[] Call(string action, string payload) =>
        Frame(1, Encoding.UTF8.GetBytes($"[2,\"x\",\"{action}\",{payload}]"));

    /// <summary>Until it is shown out: by a close frame, or without one. Then nothing more is written either.</summary>
    private static async Task Swallow(NetworkStream stream, CancellationTokenSource over)
    {
        var buffer = new byte[16_384];
        try
        {
            int read;
            do read = await stream.ReadAsync(buffer, over.Token);
            while (read > 0 && !HoldsClose(buffer.AsSpan(0, read)));
            await over.CancelAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }

    // RFC 6455 §5.5.1: opcode 8, two bytes of status 1000 to 1011; no answer of the server's looks like that.
    private static bool HoldsClose(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + 3 < bytes.Length; at++)
            if (bytes[at] == 0x88 && bytes[at + 1] is >= 2 and < 126 && bytes[at + 2] == 3 && bytes[at + 3] >= 0xE8)
                return true;
        return false;
    }
}
