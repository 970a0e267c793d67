using System.Text.Json.Nodes;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>The simulated station's charging profiles and local list do what OCPP 1.6 says of them.</summary>
public sealed class ProfileTests
{
    [Fact]
    public void The_highest_stack_level_counts_a_TxProfile_overrules_the_default_and_the_maximum_is_a_ceiling()
    {
        var bench = SimulatorBench.Charging();
        bench.Pass(120);
        Assert.Equal(11_000, bench.State.Connector(1)!.PowerW);
        Assert.Equal("Accepted", Set(bench, 1, 1, 0, "TxDefaultProfile", 7_000));
        Assert.Equal("Accepted", Set(bench, 0, 2, 3, "TxDefaultProfile", 2_000)); // its connector's goes before
        Draws(bench, 7_000);
        Set(bench, 1, 3, 2, "TxDefaultProfile", 6_000);
        Draws(bench, 6_000);
        Assert.Equal("Accepted", Set(bench, 1, 4, 0, "TxProfile", 9_000, ",\"transactionId\":77"));
        Draws(bench, 9_000);
        Set(bench, 0, 5, 0, "ChargePointMaxProfile", 5_000);
        Draws(bench, 5_000);
        Set(bench, 0, 5, 0, "ChargePointMaxProfile", 0);
        Draws(bench, 0);
        Assert.Equal(ChargePointStatus.SuspendedEVSE, bench.State.Connector(1)!.Status);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var bench = SimulatorBench.Charging();
        Assert.Equal("Rejected", Set(bench, 1, 1, 0, "ChargePointMaxProfile", 7_000));
        Assert.Equal("Rejected", Set(bench, 1, 1, 11, "TxDefaultProfile", 7_000));
        Assert.Equal("Rejected", Set(bench, 2, 1, 0, "TxDefaultProfile", 7_000));
        Assert.Equal("Rejected", Set(bench, 1, 1, 0, "TxProfile", 7_000, ",\"transactionId\":78"));
        Assert.Equal("Rejected", Set(SimulatorBench.Booted(), 1, 1, 0, "TxProfile", 7_000));
    }

    [Fact]
    public void Clearing_goes_by_id_by_filter_or_takes_all_and_a_TxProfile_ends_with_its_charge()
    {
        var bench = SimulatorBench.Charging();
        Set(bench, 1, 1, 0, "TxDefaultProfile", 7_000);
        Set(bench, 0, 2, 0, "ChargePointMaxProfile", 7_000);
        Set(bench, 1, 3, 0, "TxProfile", 7_000);
        Assert.Equal("Unknown", Clear(bench, """{"id":9}"""));
        Assert.Equal("Accepted", Clear(bench, """{"id":1}"""));
        Assert.Equal("Unknown", Clear(bench, """{"connectorId":1,"chargingProfilePurpose":"TxDefaultProfile"}"""));
        bench.Order("RemoteStopTransaction", """{"transactionId":77}""");
        bench.Pass(1);
        Assert.Equal([2], bench.State.Profiles.Select(p => p.Profile.ChargingProfileId));
        Assert.Equal("Accepted", Clear(bench, "{}"));
        Assert.Empty(bench.State.Profiles);
    }

    [Fact]
    public void A_composite_schedule_tells_every_turn_of_all_profiles_together()
    {
        var bench = SimulatorBench.Booted();
        bench.Order("SetChargingProfile", """
            {"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,
             "chargingProfilePurpose":"TxDefaultProfile","chargingProfileKind":"Recurring","recurrencyKind":"Daily",
             "chargingSchedule":{"chargingRateUnit":"W","startSchedule":"2026-01-01T12:10:00Z","duration":1200,
              "chargingSchedulePeriod":[{"startPeriod":0,"limit":4000},{"startPeriod":600,"limit":9000}]} } }
            """);
        Set(bench, 0, 2, 0, "ChargePointMaxProfile", 8_000);
        var told = JsonNode.Parse(bench.Order(
            "GetCompositeSchedule", """{"connectorId":1,"duration":3600,"chargingRateUnit":"W"}"""))!;
        Assert.Equal("Accepted", (string)told["status"]!);
        Assert.Equal(
            "0:8000 600:4000 1200:8000",
            string.Join(' ', told["chargingSchedule"]!["chargingSchedulePeriod"]!.AsArray()
                .Select(p => $"{p!["startPeriod"]}:{p["limit"]}")));
        Assert.Equal("Rejected", (string)JsonNode.Parse(bench.Order(
            "GetCompositeSchedule", """{"connectorId":4,"duration":60}"""))!["status"]!);
    }

    [Fact]
    public void The_local_list_counts_its_versions_and_turns_cards_away()
    {
        var bench = SimulatorBench.Booted();
        Assert.Equal(0, Version(bench));
        Assert.Equal("Accepted", Send(bench, 3, "Full", """{"idTag":"A","idTagInfo":{"status":"Blocked"}}"""));
        Assert.Equal("VersionMismatch", Send(bench, 3, "Differential", """{"idTag":"A"}"""));
        bench.Give(new LinkDown());
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Give(new CardPresented(1, "a"));
        Assert.Equal(0, bench.State.Connector(1)!.Local);
        Assert.Equal("Accepted", Send(bench, 4, "Differential", """{"idTag":"a"}"""));
        bench.Give(new CardPresented(1, "a"));
        Assert.Equal(1, bench.State.Connector(1)!.Local);
        Assert.Equal((4, 0), (Version(bench), bench.State.List.Count));
        var many = string.Join(',', Enumerable.Range(0, 51).Select(i => $$"""{"idTag":"{{i}}"}"""));
        Assert.Equal("Failed", Send(bench, 5, "Differential", many));
    }

    private static void Draws(SimulatorBench bench, long watts)
    {
        bench.Pass(60);
        Assert.Equal(watts, bench.State.Connector(1)!.PowerW);
    }

    private static string Set(
        SimulatorBench bench, int connector, int id, int level, string purpose, int watts, string more = "") =>
        StatusOf(bench.Order("SetChargingProfile", $$"""
            {"connectorId":{{connector}},"csChargingProfiles":{"chargingProfileId":{{id}},"stackLevel":{{level}},
             "chargingProfilePurpose":"{{purpose}}","chargingProfileKind":"Absolute","chargingSchedule":{
              "chargingRateUnit":"W","startSchedule":"2026-01-01T00:00:00Z",
              "chargingSchedulePeriod":[{"startPeriod":0,"limit":{{watts}}}]}{{more}} } }
            """));

    private static string Clear(SimulatorBench bench, string filter) =>
        StatusOf(bench.Order("ClearChargingProfile", filter));

    private static string Send(SimulatorBench bench, int version, string type, string tags) =>
        StatusOf(bench.Order("SendLocalList", $$"""
            {"listVersion":{{version}},"updateType":"{{type}}","localAuthorizationList":[{{tags}}]}
            """));

    private static int Version(SimulatorBench bench) =>
        (int)JsonNode.Parse(bench.Order("GetLocalListVersion", "{}"))!["listVersion"]!;

    private static string StatusOf(string answer) => (string)JsonNode.Parse(answer)!["status"]!;
}
