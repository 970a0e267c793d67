using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

// OCPP 1.6 §6: what the Central System initiates, and how it is answered.

/// <summary>§6.5</summary>
public sealed record CancelReservationRequest(int ReservationId)
{
    public static CancelReservationRequest Read(Fields f) => new(f.Int("reservationId"));
}

/// <summary>Rejected: the Charge Point has no such reservation.</summary>
public sealed record CancelReservationResponse(CancelReservationStatus Status)
{
    public static CancelReservationResponse Read(Fields f) => new(f.Enum<CancelReservationStatus>("status"));
}

/// <summary>§6.7. Connector 0: the whole Charge Point.</summary>
public sealed record ChangeAvailabilityRequest(int ConnectorId, AvailabilityType Type)
{
    public static ChangeAvailabilityRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Enum<AvailabilityType>("type"));
}

public sealed record ChangeAvailabilityResponse(AvailabilityStatus Status)
{
    public static ChangeAvailabilityResponse Read(Fields f) => new(f.Enum<AvailabilityStatus>("status"));
}

/// <summary>§6.9</summary>
public sealed record ChangeConfigurationRequest(string Key, string Value)
{
    public static ChangeConfigurationRequest Read(Fields f) => new(f.Text("key", 50), f.Text("value", 500));
}

public sealed record ChangeConfigurationResponse(ConfigurationStatus Status)
{
    public static ChangeConfigurationResponse Read(Fields f) => new(f.Enum<ConfigurationStatus>("status"));
}

/// <summary>§6.11</summary>
public sealed record ClearCacheRequest
{
    public static ClearCacheRequest Read(Fields f) => new();
}

public sealed record ClearCacheResponse(ClearCacheStatus Status)
{
    public static ClearCacheResponse Read(Fields f) => new(f.Enum<ClearCacheStatus>("status"));
}

/// <summary>§6.13. Nothing given: every profile.</summary>
public sealed record ClearChargingProfileRequest(
    int? Id = null, int? ConnectorId = null, ChargingProfilePurposeType? ChargingProfilePurpose = null,
    int? StackLevel = null)
{
    public static ClearChargingProfileRequest Read(Fields f) => new(
        f.OptionalInt("id"), f.OptionalInt("connectorId"),
        f.OptionalEnum<ChargingProfilePurposeType>("chargingProfilePurpose"), f.OptionalInt("stackLevel"));
}

public sealed record ClearChargingProfileResponse(ClearChargingProfileStatus Status)
{
    public static ClearChargingProfileResponse Read(Fields f) => new(f.Enum<ClearChargingProfileStatus>("status"));
}

/// <summary>§6.21. Duration in seconds.</summary>
public sealed record GetCompositeScheduleRequest(
    int ConnectorId, int Duration, ChargingRateUnitType? ChargingRateUnit = null)
{
    public static GetCompositeScheduleRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Int("duration"), f.OptionalEnum<ChargingRateUnitType>("chargingRateUnit"));
}

public sealed record GetCompositeScheduleResponse(
    GetCompositeScheduleStatus Status, int? ConnectorId = null, StationTime? ScheduleStart = null,
    ChargingSchedule? ChargingSchedule = null)
{
    public static GetCompositeScheduleResponse Read(Fields f) => new(
        f.Enum<GetCompositeScheduleStatus>("status"), f.OptionalInt("connectorId"), f.OptionalTime("scheduleStart"),
        f.OptionalObject("chargingSchedule", V16.ChargingSchedule.Read));
}

/// <summary>§6.23. No key at all, or none in the list: every key is asked for.</summary>
public sealed record GetConfigurationRequest(IReadOnlyList<string>? Key = null)
{
    public static GetConfigurationRequest Read(Fields f) => new(f.OptionalTexts("key", 50));
}

public sealed record GetConfigurationResponse(
    IReadOnlyList<KeyValue>? ConfigurationKey = null, IReadOnlyList<string>? UnknownKey = null)
{
    public static GetConfigurationResponse Read(Fields f) => new(
        f.OptionalList("configurationKey", KeyValue.Read), f.OptionalTexts("unknownKey"));
}

/// <summary>§7.29. Values may be longer than 500: refusing them would hide the rest of the answer.</summary>
public sealed record KeyValue(string Key, bool Readonly, string? Value = null)
{
    public static KeyValue Read(Fields f) => new(f.Text("key"), f.Flag("readonly"), f.OptionalText("value"));
}

/// <summary>§6.25. Location: a folder or address that the Charge Point uploads to.</summary>
public sealed record GetDiagnosticsRequest(
    string Location, int? Retries = null, int? RetryInterval = null, StationTime? StartTime = null,
    StationTime? StopTime = null)
{
    public static GetDiagnosticsRequest Read(Fields f) => new(
        f.Text("location"), f.OptionalInt("retries"), f.OptionalInt("retryInterval"), f.OptionalTime("startTime"),
        f.OptionalTime("stopTime"));
}

public sealed record GetDiagnosticsResponse(string? FileName = null)
{
    public static GetDiagnosticsResponse Read(Fields f) => new(f.OptionalText("fileName", 255));
}

/// <summary>§6.27</summary>
public sealed record GetLocalListVersionRequest
{
    public static GetLocalListVersionRequest Read(Fields f) => new();
}

/// <summary>0: the list is empty; -1: the Charge Point has none.</summary>
public sealed record GetLocalListVersionResponse(int ListVersion)
{
    public static GetLocalListVersionResponse Read(Fields f) => new(f.Int("listVersion"));
}

/// <summary>§6.33</summary>
public sealed record RemoteStartTransactionRequest(
    string IdTag, int? ConnectorId = null, ChargingProfile? ChargingProfile = null)
{
    public static RemoteStartTransactionRequest Read(Fields f) => new(
        f.Text("idTag", 20), f.OptionalInt("connectorId"),
        f.OptionalObject("chargingProfile", V16.ChargingProfile.Read));
}

public sealed record RemoteStartTransactionResponse(RemoteStartStopStatus Status)
{
    public static RemoteStartTransactionResponse Read(Fields f) => new(f.Enum<RemoteStartStopStatus>("status"));
}

/// <summary>§6.35</summary>
public sealed record RemoteStopTransactionRequest(int TransactionId)
{
    public static RemoteStopTransactionRequest Read(Fields f) => new(f.Int("transactionId"));
}

public sealed record RemoteStopTransactionResponse(RemoteStartStopStatus Status)
{
    public static RemoteStopTransactionResponse Read(Fields f) => new(f.Enum<RemoteStartStopStatus>("status"));
}

/// <summary>§6.37. Connector 0: any of the Charge Point's. A known id: this one takes that one's place.</summary>
public sealed record ReserveNowRequest(
    int ConnectorId, StationTime ExpiryDate, string IdTag, int ReservationId, string? ParentIdTag = null)
{
    public static ReserveNowRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Time("expiryDate"), f.Text("idTag", 20), f.Int("reservationId"),
        f.OptionalText("parentIdTag", 20));
}

public sealed record ReserveNowResponse(ReservationStatus Status)
{
    public static ReserveNowResponse Read(Fields f) => new(f.Enum<ReservationStatus>("status"));
}

/// <summary>§6.39</summary>
public sealed record ResetRequest(ResetType Type)
{
    public static ResetRequest Read(Fields f) => new(f.Enum<ResetType>("type"));
}

public sealed record ResetResponse(ResetStatus Status)
{
    public static ResetResponse Read(Fields f) => new(f.Enum<ResetStatus>("status"));
}

/// <summary>§6.41. No list with a Full update: the list becomes empty.</summary>
public sealed record SendLocalListRequest(
    int ListVersion, UpdateType UpdateType, IReadOnlyList<AuthorizationData>? LocalAuthorizationList = null)
{
    public static SendLocalListRequest Read(Fields f) => new(
        f.Int("listVersion"), f.Enum<UpdateType>("updateType"),
        f.OptionalList("localAuthorizationList", AuthorizationData.Read));
}

public sealed record SendLocalListResponse(UpdateStatus Status)
{
    public static SendLocalListResponse Read(Fields f) => new(f.Enum<UpdateStatus>("status"));
}

/// <summary>§7.1. No IdTagInfo: the tag leaves the list (Differential only).</summary>
public sealed record AuthorizationData(string IdTag, IdTagInfo? IdTagInfo = null)
{
    public static AuthorizationData Read(Fields f) => new(
        f.Text("idTag", 20), f.OptionalObject("idTagInfo", V16.IdTagInfo.Read));
}

/// <summary>§6.43</summary>
public sealed record SetChargingProfileRequest(int ConnectorId, ChargingProfile CsChargingProfiles)
{
    public static SetChargingProfileRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Object("csChargingProfiles", ChargingProfile.Read)!);
}

public sealed record SetChargingProfileResponse(ChargingProfileStatus Status)
{
    public static SetChargingProfileResponse Read(Fields f) => new(f.Enum<ChargingProfileStatus>("status"));
}

/// <summary>§6.51</summary>
public sealed record TriggerMessageRequest(MessageTrigger RequestedMessage, int? ConnectorId = null)
{
    public static TriggerMessageRequest Read(Fields f) => new(
        f.Enum<MessageTrigger>("requestedMessage"), f.OptionalInt("connectorId"));
}

public sealed record TriggerMessageResponse(TriggerMessageStatus Status)
{
    public static TriggerMessageResponse Read(Fields f) => new(f.Enum<TriggerMessageStatus>("status"));
}

/// <summary>§6.53</summary>
public sealed record UnlockConnectorRequest(int ConnectorId)
{
    public static UnlockConnectorRequest Read(Fields f) => new(f.Int("connectorId", min: 1));
}

public sealed record UnlockConnectorResponse(UnlockStatus Status)
{
    public static UnlockConnectorResponse Read(Fields f) => new(f.Enum<UnlockStatus>("status"));
}

/// <summary>§6.55. Answered without a word; FirmwareStatusNotification tells what comes of it.</summary>
public sealed record UpdateFirmwareRequest(
    string Location, StationTime RetrieveDate, int? Retries = null, int? RetryInterval = null)
{
    public static UpdateFirmwareRequest Read(Fields f) => new(
        f.Text("location"), f.Time("retrieveDate"), f.OptionalInt("retries"), f.OptionalInt("retryInterval"));
}

/// <summary>§7.8</summary>
public sealed record ChargingProfile(
    int ChargingProfileId, int StackLevel, ChargingProfilePurposeType ChargingProfilePurpose,
    ChargingProfileKindType ChargingProfileKind, ChargingSchedule ChargingSchedule, int? TransactionId = null,
    RecurrencyKindType? RecurrencyKind = null, StationTime? ValidFrom = null, StationTime? ValidTo = null)
{
    public static ChargingProfile Read(Fields f) => new(
        f.Int("chargingProfileId"), f.Int("stackLevel", min: 0),
        f.Enum<ChargingProfilePurposeType>("chargingProfilePurpose"),
        f.Enum<ChargingProfileKindType>("chargingProfileKind"),
        f.Object("chargingSchedule", V16.ChargingSchedule.Read)!, f.OptionalInt("transactionId"),
        f.OptionalEnum<RecurrencyKindType>("recurrencyKind"), f.OptionalTime("validFrom"), f.OptionalTime("validTo"));
}

/// <summary>§7.13. Duration in seconds; null: to the end of the transaction.</summary>
public sealed record ChargingSchedule(
    ChargingRateUnitType ChargingRateUnit, IReadOnlyList<ChargingSchedulePeriod> ChargingSchedulePeriod,
    int? Duration = null, StationTime? StartSchedule = null, decimal? MinChargingRate = null)
{
    public static ChargingSchedule Read(Fields f) => new(
        f.Enum<ChargingRateUnitType>("chargingRateUnit"),
        f.List("chargingSchedulePeriod", V16.ChargingSchedulePeriod.Read), f.OptionalInt("duration"),
        f.OptionalTime("startSchedule"), f.OptionalDecimal("minChargingRate"));
}

/// <summary>§7.14. StartPeriod: seconds after the schedule's start. Limit: in the schedule's unit.</summary>
public sealed record ChargingSchedulePeriod(int StartPeriod, decimal Limit, int? NumberPhases = null)
{
    public static ChargingSchedulePeriod Read(Fields f) => new(
        f.Int("startPeriod"), f.Decimal("limit"), f.OptionalInt("numberPhases"));
}
