using System.Text.Json.Nodes;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>The simulated station keeps places as OCPP 1.6 §5.13 and §5.2 want it.</summary>
public sealed class PlacesTests
{
    private const string Until = "2026-01-08T12:30:00Z";

    [Fact]
    public void A_kept_place_is_Reserved_opens_to_its_tag_only_and_its_start_names_it()
    {
        var bench = SimulatorBench.Booted();
        Assert.Equal("Accepted", Reserve(bench, 1, "ADA"));
        bench.Pass(1);
        Assert.Equal(ChargePointStatus.Reserved, bench.State.Connector(1)!.Status);
        Assert.Equal("Rejected", Start(bench, "EVE"));
        Assert.Equal("Occupied", Reserve(bench, 1, "EVE", number: 8));
        Assert.Equal("Accepted", Start(bench, "ada"));
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        var start = bench.Said.Select(s => s.Saying.Request).OfType<StartTransactionRequest>().Single();
        Assert.Equal(7, start.ReservationId);
        Assert.Empty(bench.State.Kept);
    }

    [Fact]
    public void A_card_of_the_group_is_asked_about_and_let_in()
    {
        var bench = SimulatorBench.Booted();
        bench.Order("ReserveNow", $$"""
            {"connectorId":1,"idTag":"ADA","parentIdTag":"FAMILY","reservationId":7,"expiryDate":"{{Until}}"}
            """);
        bench.Pass(1);
        bench.AnswerAll();
        bench.Order("RemoteStartTransaction", """{"connectorId":1,"idTag":"BOB"}""");
        bench.Pass(1);
        Assert.IsType<AuthorizeRequest>(Assert.Single(bench.Said).Saying.Request);
        bench.Answer("""{"idTagInfo":{"status":"Accepted","parentIdTag":"FAMILY"}}""");
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        var start = bench.Said.Select(s => s.Saying.Request).OfType<StartTransactionRequest>().Single();
        Assert.Equal(7, start.ReservationId);
    }

    [Fact]
    public void It_ends_by_the_clock_by_a_cancel_and_when_the_connector_goes_out_of_service()
    {
        var bench = SimulatorBench.Booted();
        Reserve(bench, 1, "ADA");
        bench.Pass(1_801);
        Assert.Equal(ChargePointStatus.Available, bench.State.Connector(1)!.Status);
        Assert.Equal("Rejected", StatusOf(bench.Order("CancelReservation", """{"reservationId":7}""")));
        Reserve(bench, 1, "ADA", until: "2026-01-08T14:00:00Z");
        Assert.Equal("Accepted", StatusOf(bench.Order("CancelReservation", """{"reservationId":7}""")));
        Reserve(bench, 1, "ADA", until: "2026-01-08T14:00:00Z");
        bench.Order("ChangeAvailability", """{"connectorId":1,"type":"Inoperative"}""");
        bench.Pass(1);
        Assert.Empty(bench.State.Kept);
        Assert.Equal("Unavailable", Reserve(bench, 1, "ADA"));
    }

    [Fact]
    public void A_known_number_replaces_and_connector_zero_keeps_the_last_free_one()
    {
        var bench = SimulatorBench.Booted();
        Reserve(bench, 1, "ADA");
        Assert.Equal("Accepted", Reserve(bench, 0, "ADA"));
        Assert.Equal(0, Assert.Single(bench.State.Kept).Connector);
        Assert.Equal("Occupied", Reserve(bench, 1, "EVE", number: 8));
        Assert.Equal("Rejected", StatusOf(bench.Order("RemoteStartTransaction", """{"idTag":"EVE"}""")));
        Assert.Equal("Rejected", Reserve(bench, 2, "EVE", number: 9));
    }

    private static string Reserve(
        SimulatorBench bench, int connector, string tag, int number = 7, string until = Until) =>
        StatusOf(bench.Order("ReserveNow", $$"""
            {"connectorId":{{connector}},"idTag":"{{tag}}","reservationId":{{number}},"expiryDate":"{{until}}"}
            """));

    private static string Start(SimulatorBench bench, string tag) => StatusOf(
        bench.Order("RemoteStartTransaction", $$"""{"connectorId":1,"idTag":"{{tag}}"}"""));

    private static string StatusOf(string answer) => (string)JsonNode.Parse(answer)!["status"]!;
}
