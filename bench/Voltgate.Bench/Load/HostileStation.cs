using System.Net.Sockets;
using System.Text;

namespace Voltgate.Bench.Load;

/// <summary>
/// A station that keeps no rule: it sends what it has to send as fast as the network takes it, waits for nothing, and
/// comes back whenever it is shown out.
/// </summary>
internal sealed class HostileStation(Uri server, string path, byte[] first, byte[] again, TimeSpan pause)
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);

    /// <summary>How often it came (back).</summary>
    public int Connects { get; private set; }

    public long Bytes { get; private set; }

    public async Task Rage(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
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
        var reading = Swallow(stream, stop);
        await stream.WriteAsync(first, stop);
        while (!reading.IsCompleted)
        {
            await stream.WriteAsync(again, stop);
            Bytes += again.Length;
            if (pause > TimeSpan.Zero) await Task.Delay(pause, stop);
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

    private static async Task Swallow(NetworkStream stream, CancellationToken stop)
    {
        var buffer = new byte[16_384];
        try
        {
            while (await stream.ReadAsync(buffer, stop) > 0) continue;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Shown out.
        }
    }
}
