using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>Two sockets for one station: which one stands for it (quirk 10, reliability O13 to O16).</summary>
public sealed class TakeoverTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task While_the_old_socket_lives_the_new_one_is_refused_and_reported(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using var old = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password);
        await old.Call("Heartbeat", "{}");

        using var second = await box.Connect();
        await second.Send("""[2,"x","Heartbeat",{}]""");

        Assert.Equal(4009, await second.CloseCode());
        await box.Happens("chargestation.security_event");
        await old.Call("Heartbeat", "{}");
        Assert.True(await box.IsOnline());
        Assert.DoesNotContain("chargestation.offline", await box.Events());
    }

    [Fact]
    public async Task A_second_socket_with_a_wrong_password_never_disturbs_the_first()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), security: "basic_auth");
        using var old = await box.Connect();
        await old.Call("Heartbeat");

        for (var i = 0; i < 50; i++)
            Assert.Equal(401, (await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, "0123456789abcdef"))).Status);

        // Not even a ping: the next frame is the answer to its own call.
        await old.Send("""[2,"mine","Heartbeat",{}]""");
        var next = await old.Read();
        Assert.Equal(RawFrame.Text, next!.Opcode);
        Assert.DoesNotContain("chargestation.security_event", await box.Events());
    }

    [Fact]
    public async Task A_new_socket_replaces_an_old_one_that_answers_no_ping_within_5_seconds()
    {
        await using var still = await StillServer.Start();
        var box = still.Box;
        var old = await still.Connect();
        await old.Call("Heartbeat");

        var fresh = await still.Connect();
        var answer = fresh.Call("Heartbeat");
        Assert.Equal(RawFrame.Ping, (await old.Read())!.Opcode);
        still.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(answer.IsCompleted);
        await still.Until(() => Task.FromResult(answer.IsCompleted), "an answer on the new socket");

        Assert.StartsWith("[3,", await answer, StringComparison.Ordinal);
        Assert.Null(await old.CloseCode());
        Assert.True(await box.IsOnline());
        Assert.DoesNotContain("chargestation.offline", await box.Events());
        Assert.DoesNotContain("chargestation.security_event", await box.Events());
    }

    [Fact]
    public async Task A_station_that_said_farewell_on_its_old_socket_is_let_in_at_once()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        for (var i = 0; i < 20; i++)
        {
            using var old = await box.Connect();
            await old.Call("Heartbeat");
            await old.Frame(RawFrame.Close, [3, 232]);

            using var fresh = await box.Connect();
            Assert.StartsWith("[3,", await fresh.Call("Heartbeat"), StringComparison.Ordinal);
            fresh.Cut();
            await box.Becomes(online: false);
        }
    }

    [Fact]
    public async Task Of_many_sockets_at_once_one_is_let_in()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var stations = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => ScriptedStation.Connect(box.Server.Url, box.Endpoint)));

        var refused = stations.Select(s => s.Closed).ToList();
        await Box.Until(() => Task.FromResult(refused.Count(r => r.IsCompleted) == 9), "nine refused");
        var only = Assert.Single(stations, s => s.CloseStatus is null);
        await only.Call("Heartbeat", "{}");
        Assert.True(await box.IsOnline());
        foreach (var station in stations) await station.DisposeAsync();
    }

    [Fact]
    public async Task An_old_socket_s_late_end_never_takes_the_new_one_offline()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        var old = await box.Connect();
        await old.Call("Heartbeat");
        for (var i = 0; i < 200; i++)
        {
            var cut = Task.Run(old.Cut);
            var fresh = await box.Connect();
            await cut;
            Assert.StartsWith("[3,", await fresh.Call("Heartbeat"), StringComparison.Ordinal);
            old = fresh;
        }

        Assert.StartsWith("[3,", await old.Call("Heartbeat"), StringComparison.Ordinal);
        var events = (await box.Events()).Where(e => e is "chargestation.online" or "chargestation.offline").ToList();
        Assert.Equal("chargestation.online", events[^1]);
        Assert.True(await box.IsOnline());
        var order = await box.Api.Post($"/chargestations/{box.Id}/clear_cache");
        order.MustBe(200);
        Assert.Contains("ClearCache", await old.NextText(), StringComparison.Ordinal);
        old.Dispose();
    }
}
