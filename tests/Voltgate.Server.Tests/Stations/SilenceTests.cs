namespace Voltgate.Server.Tests.Stations;

/// <summary>Sockets whose other end is gone without a word, or only seems so (G10, quirks 8, 11).</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task A_silent_socket_is_pinged_and_given_up_within_90_seconds()
    {
        await using var still = await StillServer.Start();
        var (box, clock) = (still.Box, still.Clock);
        var socket = await still.Connect();
        await socket.Call("Heartbeat");
        var from = clock.NowMs;

        await still.Until(async () => !await box.IsOnline(), "offline");

        Assert.InRange(clock.NowMs - from, 60_000, 92_000);
        var pings = 0;
        while (await socket.Read() is { } frame) pings += frame.Opcode == RawFrame.Ping ? 1 : 0;
        Assert.InRange(pings, 1, 3);
        Assert.Contains("chargestation.offline", await box.Events());
    }

    [Fact]
    public async Task A_station_that_never_pongs_stays_as_long_as_it_speaks()
    {
        await using var still = await StillServer.Start();
        var (box, clock) = (still.Box, still.Clock);
        var socket = await still.Connect();
        await socket.Call("BootNotification", """{"chargePointVendor":"v","chargePointModel":"m"}""");

        for (var i = 0; i < 20; i++)
        {
            Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);
            for (var second = 0; second < 50; second++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        Assert.True(await box.IsOnline());
        Assert.DoesNotContain("chargestation.offline", await box.Events());
    }

    [Fact]
    public async Task A_station_that_pongs_stays_though_it_says_nothing()
    {
        await using var still = await StillServer.Start();
        var (box, clock) = (still.Box, still.Clock);
        var socket = await still.Connect();
        await socket.Call("BootNotification", """{"chargePointVendor":"v","chargePointModel":"m"}""");
        await socket.Call("Heartbeat");

        for (var i = 0; i < 5; i++)
        {
            var next = socket.Read();
            await still.Until(() => Task.FromResult(next.IsCompleted), "a ping");
            Assert.Equal(RawFrame.Ping, (await next)!.Opcode);
            await socket.Frame(RawFrame.Pong, []);
            await socket.Call("Heartbeat");
        }

        Assert.True(await box.IsOnline());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_farewell_that_could_not_be_stored_is_stored_later(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server);
        using var socket = await box.Connect();
        await socket.Call("Heartbeat");
        await box.Execute("alter table events rename to hidden");

        socket.Cut();
        await Box.Until(
            () => Task.FromResult(server.Logs.All.Any(l => l.Contains("LinkDown could not be stored"))), "the failure");
        Assert.True(await box.IsOnline());
        await box.Execute("alter table hidden rename to events");

        await box.Becomes(online: false);
        await box.Happens("chargestation.offline");
    }

    [Fact]
    public async Task A_message_that_does_not_end_in_30_seconds_closes_with_1008()
    {
        await using var still = await StillServer.Start();
        var (clock, socket) = (still.Clock, await still.Connect());
        await socket.Call("Heartbeat");
        var from = clock.NowMs;
        await socket.Write(RawSocket.BytesOf(RawFrame.Text, new byte[100])[..50]);

        var code = socket.CloseCode();
        await still.Until(() => Task.FromResult(code.IsCompleted), "a close frame");

        Assert.Equal(1008, await code);
        Assert.InRange(clock.NowMs - from, 30_000, 45_000);
    }

    [Fact]
    public async Task A_station_that_answers_no_call_is_cut_off_so_that_it_dials_again()
    {
        await using var still = await StillServer.Start();
        var (box, clock) = (still.Box, still.Clock);
        var socket = await still.Connect();
        // One that has never said what it is would be asked for that meanwhile.
        await socket.Call("BootNotification", """{"chargePointVendor":"Test","chargePointModel":"One"}""");

        for (var i = 0; i < 4; i++)
        {
            (await box.Api.Post($"/chargestations/{box.Id}/clear_cache")).MustBe(200);
            Assert.Contains("ClearCache", await socket.NextText(), StringComparison.Ordinal);
            clock.Advance(TimeSpan.FromSeconds(31));
            if (i < 3) Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);
        }

        await still.Until(async () => !await box.IsOnline(), "offline");
    }

    [Fact]
    public async Task A_station_that_comes_back_just_as_its_memory_is_let_go_is_let_in()
    {
        await using var still = await StillServer.Start();
        for (var i = 0; i < 20; i++)
        {
            var socket = await still.Connect();
            Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);
            socket.Cut();
            await still.Box.Becomes(online: false);
            still.Clock.Advance(TimeSpan.FromMinutes(11)); // more than an idle one is kept
        }
    }
}
