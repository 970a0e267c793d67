using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>Commands and calls of one station go in order; another station never waits for it.</summary>
public sealed class OrderTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Commands_go_out_one_at_a_time_in_the_order_they_were_given(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        using var socket = await box.Connect();
        await socket.Call("Heartbeat");
        string[] keys = ["One", "Two", "Three"];
        foreach (var key in keys)
        {
            var given = await box.Api.Post(
                $"/chargestations/{box.Id}/configurations", $$"""{"key":"{{key}}","value":"1"}""");
            given.MustBe(200);
        }

        foreach (var key in keys)
        {
            var call = JsonNode.Parse(await socket.NextText())!;
            Assert.Equal(key, (string)call[3]!["key"]!);
            // Nothing else comes before this one is answered: the next text is the answer to our own call.
            Assert.StartsWith("[3,\"own\",", await socket.Call("Heartbeat", id: "own"), StringComparison.Ordinal);
            await socket.Send($$"""[3,"{{(string)call[1]!}}",{"status":"Accepted"}]""");
        }
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_changes_nothing()
    {
        await using var still = await StillServer.Start();
        var (box, socket) = (still.Box, await still.Connect());
        await socket.Call("Heartbeat");
        var first = (await box.Api.Post($"/chargestations/{box.Id}/clear_cache")).MustBe(200).Text("_id");
        var late = JsonNode.Parse(await socket.NextText())!;
        await box.Api.Post($"/chargestations/{box.Id}/reset", """{"type":"Soft"}""");
        var next = socket.NextText();
        await still.Until(() => Task.FromResult(next.IsCompleted), "the next command");
        Assert.Contains("Reset", await next, StringComparison.Ordinal);
        Assert.Equal("requested", await Status(box, first));
        await socket.Send($$"""[3,"{{(string)JsonNode.Parse(await next)![1]!}}",{"status":"Accepted"}]""");
        await still.Until(async () => (await box.Events()).Contains("chargestation.reset.accepted"), "the second one");

        await still.Until(async () => await Status(box, first) == "failed", "the failure");
        await socket.Send($$"""[3,"{{(string)late[1]!}}",{"status":"Accepted"}]""");
        await socket.Call("Heartbeat");
        Assert.Equal("failed", await Status(box, first));
        Assert.DoesNotContain("chargestation.clear_cache.accepted", await box.Events());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_station_that_answers_a_reset_and_is_gone_at_once_has_answered(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        for (var round = 1; round <= 20; round++)
        {
            await using (var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint))
            {
                await station.Call("Heartbeat", "{}");
                (await box.Api.Post($"/chargestations/{box.Id}/reset")).MustBe(200);
                await station.Answer(await station.Expect(), """{"status":"Accepted"}""");
            }

            await box.Becomes(online: false);
        }

        var told = (await box.Events()).Where(e => e.StartsWith("chargestation.reset", StringComparison.Ordinal)
            || e == "chargestation.offline");
        Assert.All(told.Chunk(3), round => Assert.Equal(
            ["chargestation.reset.requested", "chargestation.reset.accepted", "chargestation.offline"], round));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_a_station_says_is_taken_in_in_its_order(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        using var socket = await box.Connect();
        string[] said = ["Preparing", "Charging", "SuspendedEV", "Charging", "Finishing", "Available"];
        var calls = said.Select((status, i) => RawSocket.BytesOf(RawFrame.Text, Encoding.UTF8.GetBytes(
            $$"""[2,"{{i}}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"{{status}}"}]""")));

        await socket.Write([.. calls.SelectMany(c => c)]);

        for (var i = 0; i < said.Length; i++)
            Assert.StartsWith($"[3,\"{i}\",", await socket.NextText(), StringComparison.Ordinal);
        var station = (await box.Api.Get($"/chargestations/{box.Id}")).Result;
        Assert.Equal("Available", (string)station["connectors"]![0]!["status"]!);
        Assert.Equal(
            said.Length, (await box.Events()).Count(e => e == "chargestation.connector_status.updated"));
    }

    [Fact]
    public async Task A_station_that_reads_and_answers_nothing_holds_up_nobody_else()
    {
        var server = await servers.Get(On.Sqlite);
        using var hanging = await Box.Make(server);
        using var stuck = await hanging.Connect();
        await stuck.Call("Heartbeat");
        using var box = await Box.Make(server);
        await using var station = await ScriptedStation.Connect(server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");

        for (var i = 0; i < 20; i++)
            await hanging.Api.Post(
                $"/chargestations/{hanging.Id}/data_transfer",
                $$"""{"vendorId":"org.example","data":"{{new string('x', 50_000)}}"}""");
        var order = await box.Api.Post($"/chargestations/{box.Id}/clear_cache");

        order.MustBe(200);
        Assert.Equal("ClearCache", (string)(await station.Expect(TimeSpan.FromSeconds(2)))[2]!);
        await station.Call("Heartbeat", "{}");
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_on_a_station_that_went_away_is_refused(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        var user = await Driver(box);
        (await Start(box, user)).MustBe(409);
        using (var socket = await box.Connect()) await socket.Call("Heartbeat");
        await box.Becomes(online: false);

        Assert.Equal("chargestation_offline", (await Start(box, user)).MustBe(409).Code);
    }

    [Fact]
    public async Task A_station_that_goes_away_before_it_answers_may_have_heard_and_has_its_120_seconds()
    {
        await using var still = await StillServer.Start();
        var (box, socket) = (still.Box, await still.Connect());
        await socket.Call("Heartbeat");
        var asked = still.Clock.NowMs;

        var session = (await Start(box, await Driver(box))).MustBe(201).Text("_id");
        Assert.Contains("RemoteStartTransaction", await socket.NextText(), StringComparison.Ordinal);
        socket.Cut();
        await box.Becomes(online: false);

        Assert.Equal("created", (await box.Api.Get($"/sessions/{session}")).Text("status"));
        await still.Until(async () => (await box.Events()).Contains("session.cancelled"), "the end of patience");
        Assert.InRange(still.Clock.NowMs - asked, 120_000, 130_000);
        Assert.DoesNotContain("session.start_failure", await box.Events());
    }

    private static Task<ApiAnswer> Start(Box box, string user) =>
        box.Api.Post("/sessions", $$"""{"connector":"{{box.Connector}}","user":"{{user}}"}""");

    private static Task<string> Driver(Box box) =>
        box.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron","email":"ada@example.org"}""");

    private static async Task<string> Status(Box box, string action) =>
        (await box.Api.Get($"/actions/{action}")).Text("status");
}
