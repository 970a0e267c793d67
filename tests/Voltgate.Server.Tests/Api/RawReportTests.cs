using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Api;

/// <summary>
/// raw_energy_report and raw_transction_event: what the station said, word for word, where the organisation asks for
/// it.
/// </summary>
public sealed class RawReportTests
{
    private const string Phases = """
        {"value":"1.50","unit":"kWh"},
        {"value":" 3.45","measurand":"Power.Active.Import","unit":"kW"},
        {"value":"16.0","measurand":"Current.Import","phase":"L1","unit":"A"},
        {"value":"15.9","measurand":"Current.Import","phase":"L2"},
        {"value":"99","measurand":"Current.Import","phase":"L1","location":"Inlet","unit":"A"},
        {"value":"230.1","measurand":"Voltage","phase":"L1-N","unit":"V"},
        {"value":"229.9","measurand":"Voltage","phase":"L2-N","unit":"V"},
        {"value":"broken","measurand":"Voltage","phase":"L3-N","unit":"V"}
        """;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_read_a_list_an_event_and_a_webhook_show_what_the_station_said(string provider)
    {
        await using var sink = await WebhookSink.Start();
        await using var stage = await Stage.Set(provider, configure: o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        await stage.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["session.updated"]}""");
        await Wish(stage, true);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(10);
        var at = stage.Clock.GetUtcNow().AddSeconds(-7);

        await stage.Station.Call("MeterValues", Meter(number, at, Phases));

        var session = Assert.Single((await stage.Api.Get("/sessions")).MustBe(200).Items)!;
        var (said, heard) = (Text(at), Text(stage.Clock.GetUtcNow()));
        Assert.Equal(JsonNode.Parse($$"""
            {"timestamp":"{{said}}","server_timestamp":"{{heard}}",
             "current":[{"value":"16.0","unit":"A","phase":"L1","timestamp":"{{said}}"},
              {"value":"15.9","unit":"A","phase":"L2","timestamp":"{{said}}"}],
             "voltage":[{"value":"230.1","unit":"V","phase":"L1-N","timestamp":"{{said}}"},
              {"value":"229.9","unit":"V","phase":"L2-N","timestamp":"{{said}}"}],
             "power":[{"value":" 3.45","unit":"kW","timestamp":"{{said}}"}],
             "energy_meter":[{"value":"1.50","unit":"kWh","timestamp":"{{said}}"}]}
            """)!.ToJsonString(), session["raw_energy_report"]!.ToJsonString());
        Assert.Equal(1_500, (int)session["energy_report"]!["energy_meter"]!["value"]!);
        var read = (await stage.Api.Get($"/sessions/{session["_id"]}")).MustBe(200).Result.ToJsonString();
        Assert.Equal(read, session.ToJsonString());
        var told = (await stage.Api.Get("/events?type=session.updated")).MustBe(200).Items;
        Assert.Equal(read, Assert.Single(told)!["data"]!.ToJsonString());
        var sent = JsonNode.Parse(Assert.Single(await sink.Wait(1)).Text)!;
        Assert.Equal(read, sent["data"]!.ToJsonString());

        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 1_500));
        var ended = (await stage.Api.Get($"/sessions/{session["_id"]}")).MustBe(200).Result;
        Assert.Equal("Ended", (string)ended["status"]!);
        Assert.Equal(session["raw_energy_report"]!.ToJsonString(), ended["raw_energy_report"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Its_parts_are_the_newest_of_their_kind_and_phases_of_one_moment_stand_together(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await Wish(stage, true);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        stage.Pass(10);
        var first = stage.Clock.GetUtcNow();
        await stage.Station.Call("MeterValues", Meter(number, first, Phases));
        stage.Pass(10);
        var second = stage.Clock.GetUtcNow();

        foreach (var phase in (string[])["L1", "L2", "L2", "L3"])
            await stage.Station.Call("MeterValues", Meter(
                number, second, $$"""{"value":"8","measurand":"Current.Import","phase":"{{phase}}","unit":"A"}"""));
        await stage.Station.Call("MeterValues", Meter(number, first.AddMinutes(-1), """{"value":"1400"}"""));

        var raw = (await stage.Api.Get("/sessions")).Items[0]!["raw_energy_report"]!;
        Assert.Equal(Text(second), (string)raw["timestamp"]!);
        Assert.Equal(
            [("L1", Text(second)), ("L2", Text(second)), ("L3", Text(second))],
            raw["current"]!.AsArray().Select(c => ((string)c!["phase"]!, (string)c["timestamp"]!)));
        Assert.Equal(Text(first), (string)raw["voltage"]![0]!["timestamp"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Nobody_else_has_it_and_the_wish_holds_from_the_next_report_on(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));

        Assert.False(await Shows(stage, number));
        await Wish(stage, true);
        Assert.True(await Shows(stage, number));
        await Wish(stage, false);
        Assert.False(await Shows(stage, number));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Of_2_x_the_newest_piece_of_the_transaction_stands_word_for_word_as_long_as_wished(string provider)
    {
        await using var stage = await Stage.Set(provider, version: "2.0.1");
        await Wish(stage, true);
        await stage.Station.Call("TransactionEvent", Piece(stage, "Started", 0, "\"vendor\" : [1.50]"));
        await stage.Station.Call("TransactionEvent", Piece(stage, "Updated", 2, "\"offline\":false"));
        var newest = (await stage.Api.Get("/sessions")).MustBe(200).Items[0]!["raw_transction_event"]!;
        await stage.Station.Call("TransactionEvent", Piece(stage, "Updated", 1, "\"offline\":true"));

        var session = (await stage.Api.Get("/sessions")).MustBe(200).Items[0]!;
        Assert.Equal(2, (int)newest["seqNo"]!);
        Assert.Equal(newest.ToJsonString(), session["raw_transction_event"]!.ToJsonString());
        var told = (await stage.Api.Get("/events?type=session.updated&sort_order=asc")).MustBe(200).Items;
        Assert.Equal("1.50", told[0]!["data"]!["raw_transction_event"]!["vendor"]![0]!.ToJsonString());

        await stage.Station.Call("TransactionEvent", Piece(stage, "Ended", 3, "\"offline\":false"));
        var ended = (await stage.Api.Get($"/sessions/{session["_id"]}")).MustBe(200).Result;
        Assert.Equal(3, (int)ended["raw_transction_event"]!["seqNo"]!);

        await Wish(stage, false);
        await stage.Station.Call("TransactionEvent", Piece(stage, "Started", 0, "\"offline\":false", "tx-2"));
        var other = (await stage.Api.Get("/sessions?status=Started")).MustBe(200).Items[0]!.AsObject();
        Assert.False(other.TryGetPropertyValue("raw_transction_event", out var shown) && shown is not null);
    }

    [Fact]
    public async Task What_another_process_was_told_is_known_within_five_seconds()
    {
        await using var stage = await Stage.Set(On.Postgres);
        await using var twin = await stage.Server.Twin();
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        Assert.False(await Shows(stage, number));
        using var other = twin.Client(stage.Api.Key);

        await Wish(stage, true, other);
        stage.Clock.Leap(TimeSpan.FromSeconds(5));

        Assert.True(await Shows(stage, number));
    }

    private static async Task<bool> Shows(Stage stage, int number)
    {
        stage.Clock.Leap(TimeSpan.FromMilliseconds(10));
        await stage.Station.Call("MeterValues", Meter(number, stage.Clock.GetUtcNow(), Phases));
        return (await stage.Api.Get("/sessions")).MustBe(200).Items[0]!["raw_energy_report"] is not null;
    }

    private static async Task Wish(Stage stage, bool wanted, ApiClient? by = null)
    {
        var api = by ?? stage.Api;
        var me = (await api.Get("/me")).Result["organization"]!["_id"]!;
        (await api.Patch($"/organizations/{me}", $$"""{"raw_energy_reports":{{(wanted ? "true" : "false")}}}"""))
            .MustBe(200);
    }

    private static string Meter(int number, DateTimeOffset at, string samples) => $$"""
        {"connectorId":1,"transactionId":{{number}},"meterValue":[
         {"timestamp":"{{at:O}}","sampledValue":[{{samples}}]}]}
        """;

    private static string Piece(Stage stage, string type, int sequence, string more, string id = "tx-1") => $$$"""
        {"eventType":"{{{type}}}","timestamp":"{{{stage.Clock.GetUtcNow():O}}}","triggerReason":"Authorized",
         "seqNo":{{{sequence}}},{{{more}}},"transactionInfo":{"transactionId":"{{{id}}}"},"evse":{"id":1},
         "idToken":{"idToken":"{{{stage.Words["card"]}}}","type":"ISO14443"}}
        """;

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
