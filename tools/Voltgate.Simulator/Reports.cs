using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>What a station says of itself.</summary>
internal static class Reports
{
    public static Saying Boot(StationOptions options) => new(
        "BootNotification",
        new BootNotificationRequest(
            options.Vendor, options.Model, options.SerialNumber ?? $"VS-{options.Seed:D6}",
            FirmwareVersion: options.Firmware));

    public static Saying Heartbeat() => new("Heartbeat", new HeartbeatRequest());

    public static Saying Status(Turn turn, int connector) => new(
        "StatusNotification",
        new StatusNotificationRequest(
            connector, ChargePointErrorCode.NoError,
            turn.State.Connector(connector)?.Status
                ?? (turn.State.StationOperative ? ChargePointStatus.Available : ChargePointStatus.Unavailable),
            Timestamp: turn.Stamp(turn.NowMs)));

    /// <summary>Connector 0 and then each of them.</summary>
    public static void AllStatus(Turn turn)
    {
        for (var number = 0; number <= turn.State.Connectors.Length; number++) turn.Say(Status(turn, number));
    }
}
