using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>A session, and all that it leaves behind, in the documentation's examples.</summary>
internal static class ChargingSamples
{
    private static readonly WireTime Asked = Samples.At("2026-01-02T08:00:00.000Z");
    private static readonly WireTime Started = Samples.At("2026-01-02T08:00:21.000Z");
    private static readonly WireTime Ended = Samples.At("2026-01-02T08:20:21.000Z");

    public static readonly EnergyReportResource Report = new(
        Samples.At("2026-01-02T08:20:00.000Z"), new QuantityResource(155.6m, "A"), new QuantityResource(61.5m, "kW"),
        new QuantityResource(395.2m, "V"), new QuantityResource(1020500, "Wh"), new QuantityResource(80, "Percent"));

    public static readonly CostResource Cost = new(
        10.98m, "eur",
        [
            new CostLineResource(
                20.5m, "kWh", 0.45m, 9.225m, 19, 1.75275m, 10.97775m, "ENERGY", "Standard",
                new PeriodResource(Started.Ms, Ended.Ms)),
        ]);

    public static readonly SessionResource Session = new(
        SampleIds.Session, SampleIds.User, SampleIds.Station, SampleIds.Connector, SampleIds.Rate, SampleIds.Token,
        "Ended", "api", null, null, "target_energy", new TargetResource(120, 20, null, 80, null, null),
        new MetricsResource(Started, Ended, "Europe/Berlin", 1_000_000, 1_020_500, 20_500, 1_190.5m), Report,
        null, null, [new ActivityResource(Started, Ended, "Charging")], Cost, null, [],
        new WireJson("""{"order":"A-1001"}"""), Asked, Ended);

    /// <summary>What POST /sessions answers: nothing has flowed yet.</summary>
    public static SessionResource AsCreated(SessionResource s) => s with
    {
        Status = "created",
        StopReason = null,
        EnergyReport = null,
        ChargingActivity = [],
        Metrics = new MetricsResource(null, null, "Europe/Berlin", null, null, 0, 0),
        Cost = new CostResource(0, "eur", []),
        UpdatedAt = Asked,
    };

    public static readonly ReservationResource Reservation = new(
        SampleIds.Reservation, "used", SampleIds.Station, SampleIds.Connector, SampleIds.User, SampleIds.Token,
        Samples.At("2026-01-02T08:15:00.000Z"), SampleIds.Session, null, new WireJson("""{"order":"A-1001"}"""), Asked,
        Started);

    /// <summary>What POST /reservations answers: the station has not confirmed it.</summary>
    public static ReservationResource AsReserved(ReservationResource r) => r with
    {
        Status = "pending",
        Session = null,
        UpdatedAt = Asked,
    };

    public static readonly ActionResource Action = new(
        SampleIds.Action, "chargestation.reset", "completed", SampleIds.Station, null, null,
        new WireJson("""{"type":"Soft"}"""), new WireJson("""{"status":"Accepted"}"""), null, Asked, Started);

    /// <summary>What a command answers: it is on its way.</summary>
    public static ActionResource ActionOf(string type, string data) => Action with
    {
        Type = type,
        Status = "APIRequested",
        Data = new WireJson(data),
        ResponseData = null,
        UpdatedAt = Asked,
        Connector = type.StartsWith("connector.", StringComparison.Ordinal) ? SampleIds.Connector : null,
        Session = type.StartsWith("session.", StringComparison.Ordinal) ? SampleIds.Session : null,
    };

    public static readonly TimelineEntry TimelineEntry = new(
        Started, "frame", "StartTransaction", "in", null, null, null,
        new WireJson("""{"connectorId":1,"meterStart":1000000}"""));

    public static readonly EventResource Event = new(
        SampleIds.Event, "session", "session.ended", new WireJson(StationJson.Write(Session)), Ended);

    /// <summary>The event on /events/stream.</summary>
    public static string Streamed =>
        $"id: {Event.Id}\nevent: {Event.Type}\n"
        + $"data: {Wire.Write(Event, StationJson.Default.EventResource)}\n\n";
}
