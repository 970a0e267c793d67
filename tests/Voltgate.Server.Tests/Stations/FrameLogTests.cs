using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>GET /chargestations/{id}/messages: what was said, in both directions.</summary>
public sealed class FrameLogTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_a_station_said_and_was_told_is_listed_newest_first(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var path = $"/chargestations/{stage.Words["s1"]}/messages";
        var session = await stage.Api.Make(
            "/sessions", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        var number = Talk.Number(await stage.Station.Ask(
            "StartTransaction", Talk.Start(stage, tag: stage.Words["tag"]), id: "start-1"));
        stage.Pass(1);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 10));

        var all = (await stage.Api.Get(path + "?session=" + session)).MustBe(200);
        var said = all.Items.Select(f => $"{f!["direction"]} {f["action"]}").ToList();
        Assert.Equal("in StopTransaction", said[0]);
        Assert.Equal("out RemoteStartTransaction", said[^1]);
        // The station's answer to the remote start, and what it said next, may change places.
        Assert.Equal(["in RemoteStartTransaction", "in StartTransaction"], said[1..^1].Order(StringComparer.Ordinal));
        var start = (await stage.Api.Get(path + "?action=StartTransaction")).MustBe(200).Items.Single()!;
        Assert.Equal("start-1", (string)start["message_id"]!);
        Assert.Equal(stage.Words["tag"], (string)start["payload"]!["idTag"]!);
        Assert.Contains(
            (await stage.Api.Get(path + "?direction=in&paginate_limit=1000")).MustBe(200).Items,
            f => (string)f!["action"]! == "BootNotification");

        var first = (await stage.Api.Get(path + "?paginate_limit=2")).MustBe(200);
        var second = await stage.Api.Get(
            $"{path}?paginate_limit=2&paginate_cursor={Uri.EscapeDataString((string)first.Json["nextCursor"]!)}");
        Assert.NotEqual(first.Items[1]!.ToJsonString(), second.MustBe(200).Items[0]!.ToJsonString());
        using var stranger = await stage.Server.Tenant("Stranger");
        (await stranger.Get(path)).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_call_tells_its_answer_how_long_that_took_and_what_was_doubtful(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var start = Talk.Start(stage, tag: stage.Words["tag"]);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", start, id: "start-1"));
        await stage.Station.Call("StartTransaction", start, id: "start-2");
        stage.Pass(1);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 100), id: "meter-1");
        await stage.Station.Call(
            "MeterValues", """{"connectorId":2,"transactionId":4711,"zzz":1,"meterValue":[]}""", id: "stray-1");
        var stop = Talk.Stop(stage, number, 10).Replace("Local", "Whim", StringComparison.Ordinal);
        await stage.Station.Call("StopTransaction", stop, id: "stop-1");

        var first = await One(stage, "message_id=start-1");
        Assert.Equal("CALL accepted ", $"{(string)first["type"]!} {Judged(first)}");
        Assert.Equal(1, (int)first["times"]!);
        Assert.Equal(number, (int)first["answer"]!["transactionId"]!);
        Assert.InRange((double)first["latency_ms"]!, 0.001, 60_000);
        var again = await One(stage, "message_id=start-2");
        Assert.Equal("soft repeated", Judged(again));
        Assert.Equal(number, (int)again["answer"]!["transactionId"]!);
        Assert.Equal("accepted ", Judged(await One(stage, "message_id=meter-1")));
        Assert.Equal("{}", (await One(stage, "message_id=meter-1"))["answer"]!.ToJsonString());
        Assert.Equal("soft unknown_fields no_session", Judged(await One(stage, "message_id=stray-1")));
        Assert.Equal(
            "soft reason: is none of the words allowed here meter_rollback",
            Judged(await One(stage, "message_id=stop-1")));
        Assert.Equal(3, (await Get(stage, "verdict=soft")).Count);
        Assert.Single(await Get(stage, "search=whim"));
        Assert.Empty(await Get(stage, "search=wh%25m"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_is_refused_is_there_with_its_reason_and_a_flood_of_it_is_one_entry(string provider)
    {
        await using var stage = await Stage.Set(provider);
        for (var i = 0; i < 30; i++) await stage.Station.Ask("StatusNotification", """{"connectorId":1}""");
        await stage.Station.Ask("MakeCoffee", """{"cups":2}""", id: "coffee-1");
        await stage.Station.Send("no frame at all");
        await stage.Station.Send("""[3,"never-asked",{}]""");
        for (var i = 0; i < 3; i++) await stage.Station.Call("Heartbeat", "{}");

        var refused = await One(stage, "action=StatusNotification&verdict=hard");
        Assert.Equal("hard OccurenceConstraintViolation: errorCode: is required", Judged(refused));
        Assert.Equal((30, 1), ((int)refused["times"]!, (int)refused["payload"]!["connectorId"]!));
        Assert.Null(refused["answer"]);
        var coffee = await One(stage, "action=MakeCoffee");
        Assert.Equal("hard NotImplemented: ocpp1.6 has no such action", Judged(coffee));
        Assert.Equal("coffee-1", (string)coffee["message_id"]!);
        Assert.Equal("hard not a JSON array", Judged(await One(stage, "type=INVALID")));
        Assert.Equal("hard unknown_answer", Judged(await One(stage, "message_id=never-asked")));
        var pulse = await One(stage, "action=Heartbeat");
        Assert.Equal((3, "accepted "), ((int)pulse["times"]!, Judged(pulse)));
        Assert.NotNull(pulse["answer"]!["currentTime"]);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_command_and_its_answer_share_a_message_id_and_silence_is_told(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var station = $"/chargestations/{stage.Words["s1"]}";
        (await stage.Api.Post(station + "/clear_cache", "{}")).MustBe(200);
        var cache = await stage.NextCall();
        await stage.Station.Answer(cache, """{"status":"Rejected"}""");
        (await stage.Api.Post(station + "/reset", """{"type":"Soft"}""")).MustBe(200);
        var reset = await stage.NextCall();
        await stage.Station.Send($"""[4,"{(string)reset[1]!}","NotSupported","",{"{}"}]""");
        (await stage.Api.Post(station + "/get_diagnostics", "{}")).MustBe(200);
        var upload = await stage.NextCall();
        await stage.Station.Cut();

        await Talk.Until(async () => (await Get(stage, "type=SILENCE")).Count == 1);
        var pair = await Get(stage, $"message_id={(string)cache[1]!}");
        Assert.Equal(["in CALLRESULT soft Rejected", "out CALL accepted "], pair.Select(
            f => $"{(string)f["direction"]!} {(string)f["type"]!} {Judged(f)}"));
        Assert.InRange((double)pair[0]["latency_ms"]!, 0.001, 60_000);
        var refused = await One(stage, "type=CALLERROR");
        Assert.Equal("hard NotSupported", Judged(refused));
        Assert.Equal((string)reset[1]!, (string)refused["message_id"]!);
        var silence = await One(stage, "type=SILENCE");
        Assert.Equal("hard ConnectionLost", Judged(silence));
        Assert.Equal((string)upload[1]!, (string)silence["message_id"]!);
        var told = await One(stage, "action=GetDiagnostics&direction=out");
        Assert.Contains("/upload", (string)upload[3]!["location"]!, StringComparison.Ordinal);
        Assert.EndsWith("/***", (string)told["payload"]!["location"]!, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Pulses_come_into_the_log_by_themselves_after_a_while(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Station.Call("Heartbeat", "{}");
        await stage.Station.Call("Heartbeat", "{}");
        const string Written = "messages where action = 'Heartbeat' and times = 2";
        Assert.Equal(0, await stage.Count(Written));

        await Talk.Until(async () =>
        {
            stage.Pass(1);
            return await stage.Count(Written) == 1;
        });
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Frames_of_before_are_shown_as_far_as_they_tell(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Execute(
            "insert into messages (chargestation, seq, at, direction, action, message_id, body) values "
            + $"('{stage.Words["s1"]}', 900001, 5, 'in', 'StartTransaction', 'old-1', '{{\"old\":1}}'), "
            + $"('{stage.Words["s1"]}', 900002, 6, 'in', 'ClearCache', '', '{{\"status\":\"Accepted\"}}')");

        var call = await One(stage, "message_id=old-1");
        Assert.Equal(("CALL", "accepted"), ((string)call["type"]!, (string)call["verdict"]!));
        Assert.Equal("ClearCache", (string)(await One(stage, "type=CALLRESULT"))["action"]!);
    }

    private static string Judged(JsonNode frame) =>
        $"{(string)frame["verdict"]!} {string.Join(' ', frame["reasons"]!.AsArray().Select(r => (string)r!))}";

    private static async Task<IReadOnlyList<JsonNode>> Get(Stage stage, string query) =>
        [.. (await stage.Api.Get($"/chargestations/{stage.Words["s1"]}/messages?{query}")).MustBe(200).Items!];

    private static async Task<JsonNode> One(Stage stage, string query) => Assert.Single(await Get(stage, query));
}
