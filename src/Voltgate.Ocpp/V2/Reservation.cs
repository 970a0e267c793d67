using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block H.

/// <summary>H01: keep a place.</summary>
public sealed record ReserveNowRequest(
    int Id, StationTime ExpiryDateTime, IdToken IdToken, string? ConnectorType = null, int? EvseId = null,
    IdToken? GroupIdToken = null)
{
    public static ReserveNowRequest Read(Fields f) => new(
        f.Int("id", min: f.Min(0)), f.Time("expiryDateTime"), f.Object("idToken", IdToken.Read)!,
        f.OptionalOpenWord("connectorType", 20, V201Words.ConnectorTypes), f.OptionalInt("evseId", min: f.Min(0)),
        f.OptionalObject("groupIdToken", IdToken.Read));
}

public sealed record ReserveNowResponse(ReserveNowStatus Status, StatusInfo? StatusInfo = null)
{
    public static ReserveNowResponse Read(Fields f) => new(
        f.Enum<ReserveNowStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>H02: give a place back.</summary>
public sealed record CancelReservationRequest(int ReservationId)
{
    public static CancelReservationRequest Read(Fields f) => new(f.Int("reservationId", min: f.Min(0)));
}

public sealed record CancelReservationResponse(CancelReservationStatus Status, StatusInfo? StatusInfo = null)
{
    public static CancelReservationResponse Read(Fields f) => new(
        f.Enum<CancelReservationStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>H04: a reservation has ended.</summary>
public sealed record ReservationStatusUpdateRequest(
    int ReservationId, ReservationUpdateStatus ReservationUpdateStatus)
{
    public static ReservationStatusUpdateRequest Read(Fields f) => new(
        f.Int("reservationId", min: f.Min(0)), f.Enum<ReservationUpdateStatus>("reservationUpdateStatus"));
}

public enum CancelReservationStatus
{
    Accepted, Rejected,
}

public enum ReservationUpdateStatus
{
    Expired, Removed,
    [Since(Edition.V21)] NoTransaction,
}

public enum ReserveNowStatus
{
    Accepted, Faulted, Occupied, Rejected, Unavailable,
}
