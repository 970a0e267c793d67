using System.Text.Json.Nodes;
using Voltgate.Ocpp.Rpc;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>
/// The same simulated station in 2.0.1 and 2.1. The bench holds every word of it to the edition's rules besides.
/// </summary>
public sealed class V2StationTests
{
    private const string V201 = "2.0.1";
    private const string V21 = "2.1";

    [Theory]
    [InlineData(V201, "ocpp2.0.1")]
    [InlineData(V21, "ocpp2.1")]
    public void It_boots_and_reports_every_connector_of_an_EVSE(string version, string subprotocol)
    {
        Assert.Equal(subprotocol, Wording.Of(version).Subprotocol);
        var bench = new SimulatorBench(version: version);
        bench.Give(new LinkUp());
        var boot = JsonNode.Parse(SimulatorBench.TextOf(bench.Said.Single()))!;
        Assert.Equal(
            "PowerUp Voltgate VS-000001",
            $"{boot["reason"]} {boot["chargingStation"]!["vendorName"]} {boot["chargingStation"]!["serialNumber"]}");
        bench.Answer("""{"status":"Accepted","currentTime":"2026-01-08T12:00:00.000Z","interval":60}""");
        var status = JsonNode.Parse(SimulatorBench.TextOf(bench.Said.Single()))!;
        Assert.Equal("Available 1 1", $"{status["connectorStatus"]} {status["evseId"]} {status["connectorId"]}");
        bench.AnswerAll();
        bench.Pass(61);
        Assert.Equal(["Heartbeat"], bench.AnswerAll());
    }

    [Theory]
    [InlineData(V201)]
    [InlineData(V21)]
    public void A_remote_start_is_one_transaction_told_in_numbered_pieces(string version)
    {
        var bench = SimulatorBench.Booted(version: version);
        Assert.Equal("""{"status":"Accepted"}""", bench.Order("RequestStartTransaction", """
            {"evseId":1,"remoteStartId":41,"idToken":{"idToken":"TAG","type":"eMAID"}}
            """));
        bench.Pass(1);
        Assert.Equal(["StatusNotification"], bench.AnswerAll());
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        var story = bench.Story().ToList();
        bench.Pass(120);
        story.AddRange(bench.Story());
        var id = (string)story[0]["transactionInfo"]!["transactionId"]!;
        Assert.Equal("Accepted", StatusOf(bench.Order(
            "RequestStopTransaction", $$"""{"transactionId":"{{id}}"}""")));
        bench.Pass(1);
        story.AddRange(bench.Story());

        Assert.Equal(
            [
                "0 Started CablePluggedIn Charging 41 TAG/eMAID evse 1,1 -", "1 Updated MeterValuePeriodic Charging",
                "2 Updated MeterValuePeriodic Charging", "3 Ended RemoteStop EVConnected Remote",
            ],
            story.Select(Brief));
        Assert.All(story, e => Assert.Equal(id, (string)e["transactionInfo"]!["transactionId"]!));
        Assert.Equal(36, id.Length);
        Assert.Equal(
            ["Transaction.Begin", "Sample.Periodic", "Sample.Periodic", "Transaction.End"],
            story.Select(e => (string)e["meterValue"]![0]!["sampledValue"]![0]!["context"]!));
        var charge = bench.State.Charges.Single();
        Assert.Equal(RegisterOf(story[^1]) - RegisterOf(story[0]), charge.MeteredWh);
        Assert.InRange(charge.MeteredWh, 300, 370);
    }

    [Fact]
    public void A_cable_that_is_there_before_leaves_the_start_to_the_request()
    {
        var bench = SimulatorBench.Booted(version: V201);
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Order("RequestStartTransaction", """
            {"remoteStartId":41,"idToken":{"idToken":"TAG","type":"Central"}}
            """);
        bench.Pass(1);
        Assert.StartsWith("0 Started RemoteStart", Brief(Assert.Single(bench.Story())));
    }

    [Theory]
    [InlineData(V201)]
    [InlineData(V21)]
    public void A_card_is_asked_about_starts_and_stops(string version)
    {
        var bench = SimulatorBench.Booted(version: version);
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Give(new CardPresented(1, "04A1B2C3"));
        Assert.Contains(
            """{"idToken":{"idToken":"04A1B2C3","type":"ISO14443"}}""", bench.Said.Select(SimulatorBench.TextOf));
        var story = bench.Story().ToList();
        bench.Give(new CardPresented(1, "04A1B2C3"));
        story.AddRange(bench.Story());
        Assert.Equal(
            [
                "0 Started Authorized Charging - 04A1B2C3/ISO14443 evse 1,1 -",
                "1 Ended StopAuthorized EVConnected Local 04A1B2C3/ISO14443",
            ],
            story.Select(Brief));
    }

    [Theory]
    [InlineData(V201)]
    [InlineData(V21)]
    public void What_happens_offline_is_numbered_then_and_sent_again_as_it_was(string version)
    {
        var bench = SimulatorBench.Charging(version: version);
        bench.Pass(60);
        var lost = bench.Settle(new CallCutOff());
        bench.Give(new LinkDown());
        bench.Pass(60);
        bench.Give(new Unplugged(1));
        Assert.Empty(bench.Said);

        bench.Give(new LinkUp());
        var again = bench.Said.Single(s => s.FromQueue);
        Assert.Equal(SimulatorBench.TextOf(lost), SimulatorBench.TextOf(again));
        Assert.Equal(lost.Id, again.Id);
        var story = bench.Story();
        Assert.Equal(
            [
                "1 Updated MeterValuePeriodic Charging", "2 Updated MeterValuePeriodic Charging offline",
                "3 Ended EVCommunicationLost Idle EVDisconnected offline",
            ],
            story.Select(Brief));
        Assert.Empty(bench.State.Queue);
    }

    [Theory]
    [InlineData(V201, "Blocked")]
    [InlineData(V21, "NotAtThisTime")]
    public void A_token_that_the_platform_refuses_ends_the_transaction(string version, string verdict)
    {
        var bench = SimulatorBench.Booted(version: version);
        bench.Order("RequestStartTransaction", """
            {"evseId":1,"remoteStartId":41,"idToken":{"idToken":"TAG","type":"Central"}}
            """);
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Said.RemoveAll(s => !s.FromQueue);
        bench.Answer($$"""{"idTokenInfo":{"status":"{{verdict}}"} }""");
        Assert.Equal("1 Ended Deauthorized EVConnected DeAuthorized", Brief(Assert.Single(bench.Story())));
        Assert.Empty(bench.State.Queue);
    }

    [Theory]
    [InlineData(V201)]
    [InlineData(V21)]
    public void An_immediate_reset_ends_the_transaction_and_the_next_boot_tells_why(string version)
    {
        var bench = SimulatorBench.Charging(version: version);
        Assert.Equal("Accepted", StatusOf(bench.Order("Reset", """{"type":"Immediate"}""")));
        bench.Pass(1);
        Assert.Equal("1 Ended ResetCommand EVConnected ImmediateReset", Brief(Assert.Single(bench.Story())));
        bench.Pass(1);
        Assert.Contains(bench.Others, e => e is GoDown);
        bench.Give(new LinkDown());
        bench.Give(new LinkUp());
        Assert.Contains("\"reason\":\"RemoteReset\"", SimulatorBench.TextOf(bench.Said.Single()));
    }

    [Fact]
    public void A_reset_on_idle_waits_for_the_transaction()
    {
        var bench = SimulatorBench.Charging(version: V201);
        Assert.Equal("Scheduled", StatusOf(bench.Order("Reset", """{"type":"OnIdle"}""")));
        bench.Pass(60);
        Assert.DoesNotContain(bench.Others, e => e is GoDown);
        bench.Give(new Unplugged(1));
        bench.AnswerAll();
        bench.Pass(1);
        Assert.Contains(bench.Others, e => e is GoDown);
    }

    [Fact]
    public void A_power_failure_ends_the_transaction_after_the_next_boot()
    {
        var bench = SimulatorBench.Charging(Mishaps.Restarts, version: V21);
        bench.Pass(125);
        bench.Said.Clear();
        bench.Give(new LinkDown());
        bench.Give(new LinkUp());
        bench.Answer("""{"status":"Accepted","currentTime":"2026-01-08T12:00:00.000Z","interval":60}""");
        Assert.Equal("3 Ended AbnormalCondition EVConnected PowerLoss offline", Brief(bench.Story()[^1]));
    }

    [Theory]
    [InlineData(V201)]
    [InlineData(V21)]
    public void A_limit_lowers_the_power_and_none_at_all_suspends(string version)
    {
        var bench = SimulatorBench.Charging(version: version);
        bench.Pass(120);
        Assert.Equal(11_000, bench.State.Connector(1)!.PowerW);
        Assert.Equal("Rejected", Limit(bench, "another", 6_000));
        Assert.Equal("Accepted", Limit(bench, bench.State.Charges[0].Id, 6_000));
        bench.Pass(60);
        Assert.Equal(6_000, bench.State.Connector(1)!.PowerW);
        Assert.Equal("Accepted", Limit(bench, bench.State.Charges[0].Id, 0));
        bench.AnswerAll();
        bench.Pass(30);
        Assert.Equal("4 Updated ChargingStateChanged SuspendedEVSE", Brief(Assert.Single(bench.Story())));
        var told = JsonNode.Parse(bench.Order("GetCompositeSchedule", """{"evseId":1,"duration":600}"""))!;
        Assert.Equal("0", told["schedule"]!["chargingSchedulePeriod"]![0]!["limit"]!.ToJsonString());
        Assert.Equal("Accepted", StatusOf(bench.Order("ClearChargingProfile", """{"chargingProfileId":1}""")));
        Assert.Empty(bench.State.Profiles);
    }

    private static string Limit(SimulatorBench bench, string transaction, int watts) =>
        StatusOf(bench.Order("SetChargingProfile", $$"""
            {"evseId":1,"chargingProfile":{"id":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile",
             "chargingProfileKind":"Absolute","transactionId":"{{transaction}}","chargingSchedule":[{"id":1,
              "chargingRateUnit":"W","startSchedule":"2026-01-01T00:00:00Z",
              "chargingSchedulePeriod":[{"startPeriod":0,"limit":{{watts}} }] }] } }
            """));

    /// <summary>What of a piece tells it from others, in one line.</summary>
    private static string Brief(JsonNode e)
    {
        var (info, token) = (e["transactionInfo"]!, e["idToken"]);
        var words = new List<string> { $"{e["seqNo"]} {e["eventType"]} {e["triggerReason"]} {info["chargingState"]}" };
        if ((string)e["eventType"]! == "Started") words.Add($"{info["remoteStartId"]?.ToString() ?? "-"}");
        if (info["stoppedReason"] is { } reason) words.Add($"{reason}");
        if (token is not null) words.Add($"{token["idToken"]}/{token["type"]}");
        if (e["evse"] is { } evse) words.Add($"evse {evse["id"]},{evse["connectorId"]}");
        if ((string)e["eventType"]! == "Started") words.Add($"{e["reservationId"]?.ToString() ?? "-"}");
        if (e["offline"] is not null) words.Add("offline");
        return string.Join(' ', words);
    }

    private static decimal RegisterOf(JsonNode e) => (decimal)e["meterValue"]![0]!["sampledValue"]![0]!["value"]!;

    private static string StatusOf(string answer) => (string)JsonNode.Parse(answer)!["status"]!;
}
