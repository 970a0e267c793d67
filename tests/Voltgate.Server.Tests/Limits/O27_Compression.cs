using System.IO.Compression;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Limits;

/// <summary>Compression is not agreed to, so nothing is ever inflated (OCPP-J 1.6 knows it as an option).</summary>
public sealed class O27_Compression(SharedServers servers)
{
    [Fact]
    public async Task A_bomb_is_refused_unopened()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        using var socket = await RawSocket.Open(box.Server.Url);
        var answer = await socket.Upgrade(
            box.Target, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
        Assert.Equal((101, null), (answer.Status, answer.Header("Sec-WebSocket-Extensions")));

        await socket.Frame(RawFrame.Text, Bomb(), reserved: 4); // RFC 7692 §6: RSV1 says that it is compressed

        Assert.True(await socket.CloseCode() is null or 1002);
        await box.Becomes(online: false);
    }

    /// <summary>16 MB of nothing in 16 kB.</summary>
    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(new byte[16 * 1_048_576]);
        return packed.ToArray();
    }
}
