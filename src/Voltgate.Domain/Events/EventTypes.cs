namespace Voltgate.Domain.Events;

/// <summary>The names of everything that can happen (api-contract §4), past tense, <c>resource.happened</c>.</summary>
public static class EventTypes
{
    public const string StationOnline = "chargestation.online";
    public const string StationOffline = "chargestation.offline";
    public const string StationBoot = "chargestation.boot";
    public const string ConnectorStatusUpdated = "chargestation.connector_status.updated";
    public const string FirmwareStatus = "chargestation.firmware_status";
    public const string DiagnosticsStatus = "chargestation.diagnostics_status";
    public const string SecurityEvent = "chargestation.security_event";
    public const string StationMessage = "chargestation.message";

    public const string SessionCreated = "session.created";
    public const string SessionStarted = "session.started";
    public const string SessionUpdated = "session.updated";
    public const string SessionEnded = "session.ended";
    public const string SessionCancelled = "session.cancelled";
    public const string SessionStartFailure = "session.start_failure";
    public const string SessionStopFailure = "session.stop_failure";
    public const string SessionEvCharged = "session.ev_charged";
    public const string SessionTargetReached = "session.target_reached";

    public const string ReservationCreated = "reservation.created";
    public const string ReservationActivated = "reservation.activated";
    public const string ReservationUsed = "reservation.used";
    public const string ReservationExpired = "reservation.expired";
    public const string ReservationCancelled = "reservation.cancelled";
    public const string ReservationRefused = "reservation.refused";

    public const string PaymentCreated = "payment.created";
    public const string PaymentAuthorized = "payment.authorized";
    public const string PaymentCaptured = "payment.captured";
    public const string PaymentCanceled = "payment.canceled";

    public const string TopUpCreated = "top_up.created";
    public const string TopUpCompleted = "top_up.completed";
    public const string TopUpFailed = "top_up.failed";
    public const string TopUpCanceled = "top_up.canceled";

    public const string TokenUnknown = "token.unknown";

    /// <summary>A delivery to a webhook was given up after its last attempt.</summary>
    public const string DeliveryExhausted = "webhook.delivery_exhausted";

    /// <summary>Suffixes of an edited resource: <c>user.created</c>, <c>rate.updated</c>, …</summary>
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Deleted = "deleted";

    /// <summary>Suffixes of an action: <c>chargestation.reset.requested</c>, …</summary>
    public const string Requested = "requested";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";
}
