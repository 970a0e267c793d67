using System.Text;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;

namespace Voltgate.Server.Tests.Limits;

/// <summary>
/// Connections that say nothing, or never come to an end: each is cut within its time, and others are served meanwhile.
/// .ci/nightly opens 2,000 of them (VOLTGATE_SLOW_SOCKETS), an ordinary run fewer.
/// </summary>
public sealed class O26_SlowLoris
{
    private static readonly int Sockets =
        int.TryParse(Environment.GetEnvironmentVariable("VOLTGATE_SLOW_SOCKETS"), out var number) ? number : 150;

    [Fact]
    public async Task Slow_heads_handshakes_and_messages_are_cut_while_others_are_served()
    {
        await using var yard = await TlsYard.Open(configure: o => o with
        {
            Server = o.Server with { HeaderSeconds = 1, MaxConnections = 20_000 },
            Ocpp = o.Ocpp with { MessageSeconds = 1 },
        });
        using var box = await Box.Make(yard.Server);
        var silent = await Open(yard.Server.Url, "");
        var heads = await Open(yard.Server.Url, "GET /ocpp/X HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var hellos = await Open(new UriBuilder(yard.Url) { Scheme = "http" }.Uri, "\u0016");
        using var slow = await box.Connect();
        await slow.Frame(RawFrame.Text, "[2,"u8.ToArray(), fin: false);

        using var other = await Box.Make(yard.Server);
        using var served = await other.Connect();
        Assert.StartsWith("[3,", await served.Call("Heartbeat"), StringComparison.Ordinal);
        using var tls = await RawSocket.Open(yard.Url);
        Assert.Equal(401, (await tls.Upgrade("/ocpp/Nobody")).Status);

        Assert.Equal(1008, await slow.CloseCode());
        foreach (var socket in silent.Concat(heads).Concat(hellos))
        {
            await socket.Rest();
            socket.Dispose();
        }

        Assert.StartsWith("[3,", await served.Call("Heartbeat"), StringComparison.Ordinal);
        await O24_Flood.Told(box, "message_too_slow", "Ocpp:MessageSeconds");
    }

    [Fact]
    public async Task One_network_may_hold_so_many_connections_as_the_setting_says_and_stations_are_none_of_them()
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Server = o.Server with { SharedSources = [], MaxConnectionsPerSource = 3 } });
        using var box = await Box.Make(server);
        using var station = await RawSocket.Open(server.Url, from: "127.0.5.9");
        Assert.Equal(101, (await station.Upgrade(box.Target)).Status);
        Assert.StartsWith("[3,", await station.Call("Heartbeat"), StringComparison.Ordinal);
        var held = new List<RawSocket>();
        for (var i = 0; i < 3; i++) held.Add(await RawSocket.Open(server.Url, from: $"127.0.5.{i + 1}"));

        // Whether a connection is counted is known when it is answered.
        foreach (var socket in held) Assert.Equal(401, (await socket.Upgrade("/ocpp/Nobody")).Status);
        using var refused = await RawSocket.Open(server.Url, from: "127.0.5.7");
        Assert.StartsWith("HTTP/1.1 503", await refused.Rest(), StringComparison.Ordinal);
        Assert.Equal(401, (await RawSocket.AskFrom("127.0.6.1", server.Url, "/ocpp/Nobody")).Status);
        Assert.StartsWith("[3,", await station.Call("Heartbeat"), StringComparison.Ordinal);

        held[0].Dispose();
        await Box.Until(() => Serves(server, "127.0.5.8"), "room for another");
        foreach (var socket in held) socket.Dispose();
    }

    [Fact]
    public async Task All_together_may_hold_so_many_connections_as_the_setting_says()
    {
        await using var server = await TestServer.Start(
            configure: o => o with { Server = o.Server with { MaxConnections = 8 } });
        using var box = await Box.Make(server);
        using var station = await box.Connect();
        var held = new List<RawSocket>();
        while (held.Count < 9 && await Holds(server, held)) continue;

        Assert.InRange(held.Count, 1, 8);
        Assert.StartsWith("[3,", await station.Call("Heartbeat"), StringComparison.Ordinal);
        foreach (var socket in held) socket.Dispose();
        await Box.Until(() => Serves(server, "127.0.0.1"), "room again");
    }

    private static async Task<bool> Holds(TestServer server, List<RawSocket> held)
    {
        var socket = await RawSocket.Open(server.Url);
        if ((await socket.Upgrade("/ocpp/Nobody")).Status == 401)
        {
            held.Add(socket);
            return true;
        }

        socket.Dispose();
        return false;
    }

    private static async Task<bool> Serves(TestServer server, string from) =>
        (await RawSocket.AskFrom(from, server.Url, "/ocpp/Nobody")).Status == 401;

    private static async Task<List<RawSocket>> Open(Uri server, string said)
    {
        var sockets = new List<RawSocket>();
        for (var i = 0; i < Sockets; i++)
        {
            sockets.Add(await RawSocket.Open(server));
            if (said.Length > 0) await sockets[^1].Write(Encoding.Latin1.GetBytes(said));
        }

        return sockets;
    }
}
