using System.Text;
using Voltgate.Server.Tests.Peers;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Limits;

/// <summary>Messages that are too large, however they come: closed within their limit, at no cost of memory.</summary>
public sealed class O25_BigFrames
{
    private const string Boot = """{"chargePointVendor":"Test","chargePointModel":"One"}""";
    private const int Hostile = 40;

    /// <summary>Of three attacks: less than half of what their messages may have before they are shown out.</summary>
    private const int MostGrowth = 5 * 1_048_576;

    [Fact]
    public async Task Settings_say_how_large_a_message_may_be_before_and_after_the_boot()
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Ocpp = o.Ocpp with { MaxMessageBytes = 3_000, MaxMessageBytesBeforeBoot = 2_000 },
        });
        foreach (var (boots, limit) in new[] { (false, 2_000), (true, 3_000) })
        {
            using var box = await Box.Make(server);
            using var socket = await box.Connect();
            if (boots) await socket.Call("BootNotification", Boot);
            await socket.Send(Heartbeat(limit));
            Assert.StartsWith("[3,", await socket.NextText(), StringComparison.Ordinal);
            await socket.Send(Heartbeat(limit + 1));
            Assert.Equal(1009, await socket.CloseCode());
            await O24_Flood.Told(box, "message_too_big", "MaxMessageBytes");
        }
    }

    [Fact]
    public async Task What_waits_may_have_a_megabyte_together()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { MessagesPerSecond = 1, MessageBurst = 1 } });
        var socket = await still.Connect();
        await socket.Call("BootNotification", Boot);

        for (var i = 0; i < 3; i++) await socket.Send(Heartbeat(600_000)); // one held, two behind it

        Assert.Equal(1008, await socket.CloseCode());
    }

    [Fact]
    public async Task Memory_does_not_grow_with_what_is_announced_or_dripped()
    {
        await using var server = await BuiltServer.Start(On.Sqlite);
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        for (var i = 0; i < Hostile; i++)
            await api.Make(
                "/chargestations", $$"""{"name":"Big","security":{"type":"none"},"endpoint":"BIG-{{i}}"}""");
        // The compiler and the collector take what they like at first. Then memory comes to rest; what is kept of an
        // attack would not.
        await Attack(server.Url);
        var after = new List<long>();
        while (after.Count < 4 || after[^1] - after[^4] > MostGrowth)
        {
            Assert.True(after.Count < 20, "It goes on growing: " + string.Join(", ", after));
            await Attack(server.Url);
            after.Add(server.ResidentBytes);
        }
    }

    /// <summary>Everybody announces 2^63-1 bytes and sends more than may be, or goes on in pieces of a byte.</summary>
    private static async Task Attack(Uri server)
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, Hostile).Select(async i =>
        {
            using var socket = await RawSocket.Connect(server, $"BIG-{i}");
            if (i % 2 == 0)
            {
                await socket.Write([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
                await socket.Write(new byte[100_000]);
                return await socket.CloseCode();
            }

            var piece = RawSocket.BytesOf(0, " "u8.ToArray(), fin: false);
            await socket.Frame(RawFrame.Text, "["u8.ToArray(), fin: false);
            await socket.Write([.. Enumerable.Repeat(piece, 9_000).SelectMany(p => p)]);
            return await socket.CloseCode();
        }));
        Assert.All(codes.Index(), c => Assert.Equal(c.Index % 2 == 0 ? 1009 : 1008, c.Item));
    }

    private static string Heartbeat(int length)
    {
        const string head = """[2,"a","Heartbeat",{"x":" """;
        const string tail = "\"}]";
        return new StringBuilder(head).Append('x', length - head.Length - tail.Length).Append(tail).ToString();
    }
}
