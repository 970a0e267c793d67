using System.Text.RegularExpressions;
using Voltgate.Domain.Events;

namespace Voltgate.Server.Api;

/// <summary>Which event types a webhook may name (api-contract §4).</summary>
internal static partial class EventNames
{
    private static readonly string[] Edited =
    [
        "organization", "location", "load_group", "chargestation", "connector", "user", "rate", "token", "webhook",
        "api_key", "admin",
    ];

    private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal)
    {
        "*",
        EventTypes.StationOnline, EventTypes.StationOffline, EventTypes.StationBoot, EventTypes.ConnectorStatusUpdated,
        EventTypes.FirmwareStatus, EventTypes.DiagnosticsStatus, EventTypes.SecurityEvent, EventTypes.StationMessage,
        EventTypes.SessionCreated, EventTypes.SessionStarted, EventTypes.SessionUpdated, EventTypes.SessionEnded,
        EventTypes.SessionCancelled, EventTypes.SessionStartFailure, EventTypes.SessionStopFailure,
        EventTypes.SessionEvCharged, EventTypes.SessionTargetReached, EventTypes.TokenUnknown,
        EventTypes.ReservationCreated, EventTypes.ReservationActivated, EventTypes.ReservationUsed,
        EventTypes.ReservationExpired, EventTypes.ReservationCancelled, EventTypes.ReservationRefused,
        EventTypes.PaymentCreated, EventTypes.PaymentAuthorized, EventTypes.PaymentCaptured,
        EventTypes.PaymentCanceled, EventTypes.TopUpCreated, EventTypes.TopUpCompleted, EventTypes.TopUpFailed,
        EventTypes.TopUpCanceled, EventTypes.DeliveryExhausted,
    };

    public static readonly Field Field = Api.Field.Text("event", max: 100, min: 1) with
    {
        Rule = e => IsKnown((string)e!) ? null : "Send a type of event (session.ended), a family (session.*) or *.",
    };

    public static bool IsKnown(string name)
    {
        if (Fixed.Contains(name)) return true;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return false;
        var (kind, rest) = (name[..dot], name[(dot + 1)..]);
        if (Edited.Contains(kind) && rest is "*" or EventTypes.Created or EventTypes.Updated or EventTypes.Deleted)
            return true;
        return kind is "session" or "payment" or "reservation" or "top_up" && rest == "*" || Action().IsMatch(name);
    }

    /// <summary>A command's events: chargestation.reset.accepted, connector.set_power_limit.*, …</summary>
    [GeneratedRegex(
        @"^(session|connector|chargestation)\.[a-z_]+\.(requested|accepted|rejected|\*)\z",
        RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Action();
}
