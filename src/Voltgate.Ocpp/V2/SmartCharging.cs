using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block K.

/// <summary>K01: how much may be drawn when.</summary>
public sealed record SetChargingProfileRequest(int EvseId, ChargingProfile ChargingProfile)
{
    public static SetChargingProfileRequest Read(Fields f) => new(
        f.Int("evseId", min: f.Min(0)), f.Object("chargingProfile", ChargingProfile.Read)!);
}

public sealed record SetChargingProfileResponse(ChargingProfileStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetChargingProfileResponse Read(Fields f) => new(
        f.Enum<ChargingProfileStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K08: what a station makes of all its profiles.</summary>
public sealed record GetCompositeScheduleRequest(
    int Duration, int EvseId, ChargingRateUnit? ChargingRateUnit = null)
{
    public static GetCompositeScheduleRequest Read(Fields f) => new(
        f.Int("duration"), f.Int("evseId", min: f.Min(0)), f.OptionalEnum<ChargingRateUnit>("chargingRateUnit"));
}

public sealed record GetCompositeScheduleResponse(
    GenericStatus Status, StatusInfo? StatusInfo = null, CompositeSchedule? Schedule = null)
{
    public static GetCompositeScheduleResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.OptionalObject("schedule", CompositeSchedule.Read));
}

/// <summary>K09: have the profiles reported.</summary>
public sealed record GetChargingProfilesRequest(
    int RequestId, ChargingProfileCriterion ChargingProfile, int? EvseId = null)
{
    public static GetChargingProfilesRequest Read(Fields f) => new(
        f.Int("requestId"), f.Object("chargingProfile", ChargingProfileCriterion.Read)!,
        f.OptionalInt("evseId", min: f.Min(0)));
}

public sealed record GetChargingProfilesResponse(GetChargingProfileStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetChargingProfilesResponse Read(Fields f) => new(
        f.Enum<GetChargingProfileStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K09: one part of a report of profiles.</summary>
public sealed record ReportChargingProfilesRequest(
    int RequestId, string ChargingLimitSource, ImmutableArray<ChargingProfile> ChargingProfile, int EvseId,
    bool? Tbc = null)
{
    public static ReportChargingProfilesRequest Read(Fields f) => new(
        f.Int("requestId"), f.OpenWord("chargingLimitSource", 20, V201Words.ChargingLimitSources),
        f.FilledList("chargingProfile", V2.ChargingProfile.Read), f.Int("evseId", min: f.Min(0)),
        f.OptionalFlag("tbc"));
}

/// <summary>K10: take profiles away.</summary>
public sealed record ClearChargingProfileRequest(
    int? ChargingProfileId = null, ClearChargingProfile? ChargingProfileCriteria = null)
{
    public static ClearChargingProfileRequest Read(Fields f) => new(
        f.OptionalInt("chargingProfileId"), f.OptionalObject("chargingProfileCriteria", ClearChargingProfile.Read));
}

public sealed record ClearChargingProfileResponse(ClearChargingProfileStatus Status, StatusInfo? StatusInfo = null)
{
    public static ClearChargingProfileResponse Read(Fields f) => new(
        f.Enum<ClearChargingProfileStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K11, K12: another system limits the station.</summary>
public sealed record NotifyChargingLimitRequest(
    ChargingLimit ChargingLimit, ImmutableArray<ChargingSchedule>? ChargingSchedule = null, int? EvseId = null)
{
    public static NotifyChargingLimitRequest Read(Fields f) => new(
        f.Object("chargingLimit", ChargingLimit.Read)!, f.ListOrNull("chargingSchedule", V2.ChargingSchedule.Read),
        f.OptionalInt("evseId", min: f.Min(0)));
}

/// <summary>K13: another system limits it no more.</summary>
public sealed record ClearedChargingLimitRequest(string ChargingLimitSource, int? EvseId = null)
{
    public static ClearedChargingLimitRequest Read(Fields f) => new(
        f.OpenWord("chargingLimitSource", 20, V201Words.ChargingLimitSources), f.OptionalInt("evseId", min: f.Min(0)));
}

/// <summary>K28: new values of a dynamic profile. OCPP 2.1.</summary>
public sealed record UpdateDynamicScheduleRequest(int ChargingProfileId, ChargingScheduleUpdate ScheduleUpdate)
{
    public static UpdateDynamicScheduleRequest Read(Fields f) => new(
        f.Int("chargingProfileId"), f.Object("scheduleUpdate", ChargingScheduleUpdate.Read)!);
}

public sealed record UpdateDynamicScheduleResponse(ChargingProfileStatus Status, StatusInfo? StatusInfo = null)
{
    public static UpdateDynamicScheduleResponse Read(Fields f) => new(
        f.Enum<ChargingProfileStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K28: a station asks for the values of a dynamic profile. OCPP 2.1.</summary>
public sealed record PullDynamicScheduleUpdateRequest(int ChargingProfileId)
{
    public static PullDynamicScheduleUpdateRequest Read(Fields f) => new(f.Int("chargingProfileId"));
}

public sealed record PullDynamicScheduleUpdateResponse(
    ChargingProfileStatus Status, ChargingScheduleUpdate? ScheduleUpdate = null, StatusInfo? StatusInfo = null)
{
    public static PullDynamicScheduleUpdateResponse Read(Fields f) => new(
        f.Enum<ChargingProfileStatus>("status"), f.OptionalObject("scheduleUpdate", ChargingScheduleUpdate.Read),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K21: go before others, or no more. OCPP 2.1.</summary>
public sealed record UsePriorityChargingRequest(string TransactionId, bool Activate)
{
    public static UsePriorityChargingRequest Read(Fields f) => new(f.Text("transactionId", 36), f.Flag("activate"));
}

public sealed record UsePriorityChargingResponse(PriorityChargingStatus Status, StatusInfo? StatusInfo = null)
{
    public static UsePriorityChargingResponse Read(Fields f) => new(
        f.Enum<PriorityChargingStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K22: somebody at the station chose to go before others. OCPP 2.1.</summary>
public sealed record NotifyPriorityChargingRequest(string TransactionId, bool Activated)
{
    public static NotifyPriorityChargingRequest Read(Fields f) => new(
        f.Text("transactionId", 36), f.Flag("activated"));
}

public sealed record ClearChargingProfile(
    ChargingProfilePurpose? ChargingProfilePurpose = null, int? EvseId = null, int? StackLevel = null)
{
    public static ClearChargingProfile Read(Fields f) => new(
        f.OptionalEnum<ChargingProfilePurpose>("chargingProfilePurpose"), f.OptionalInt("evseId", min: f.Min(0)),
        f.OptionalInt("stackLevel", min: f.Min(0)));
}

public sealed record ChargingProfileCriterion(
    ImmutableArray<string>? ChargingLimitSource = null, ImmutableArray<int>? ChargingProfileId = null,
    ChargingProfilePurpose? ChargingProfilePurpose = null, int? StackLevel = null)
{
    public static ChargingProfileCriterion Read(Fields f) => new(
        f.OpenWordsOrNull("chargingLimitSource", 20, V201Words.ChargingLimitSources, most: 4),
        f.IntsOrNull("chargingProfileId"), f.OptionalEnum<ChargingProfilePurpose>("chargingProfilePurpose"),
        f.OptionalInt("stackLevel", min: f.Min(0)));
}

public sealed record CompositeSchedule(
    ChargingRateUnit ChargingRateUnit, ImmutableArray<ChargingSchedulePeriod> ChargingSchedulePeriod, int Duration,
    int EvseId, StationTime ScheduleStart)
{
    public static CompositeSchedule Read(Fields f) => new(
        f.Enum<ChargingRateUnit>("chargingRateUnit"),
        f.FilledList("chargingSchedulePeriod", V2.ChargingSchedulePeriod.Read), f.Int("duration"),
        f.Int("evseId", min: f.Min(0)), f.Time("scheduleStart"));
}

public sealed record ChargingLimit(
    string ChargingLimitSource, bool? IsGridCritical = null, [Since(Edition.V21)] bool? IsLocalGeneration = null)
{
    public static ChargingLimit Read(Fields f) => new(
        f.OpenWord("chargingLimitSource", 20, V201Words.ChargingLimitSources), f.OptionalFlag("isGridCritical"),
        f.OptionalFlag("isLocalGeneration"));
}

public sealed record ChargingScheduleUpdate(
    decimal? DischargeLimit = null,
    [property: JsonPropertyName("dischargeLimit_L2")] decimal? DischargeLimitL2 = null,
    [property: JsonPropertyName("dischargeLimit_L3")] decimal? DischargeLimitL3 = null, decimal? Limit = null,
    [property: JsonPropertyName("limit_L2")] decimal? LimitL2 = null,
    [property: JsonPropertyName("limit_L3")] decimal? LimitL3 = null, decimal? Setpoint = null,
    decimal? SetpointReactive = null,
    [property: JsonPropertyName("setpointReactive_L2")] decimal? SetpointReactiveL2 = null,
    [property: JsonPropertyName("setpointReactive_L3")] decimal? SetpointReactiveL3 = null,
    [property: JsonPropertyName("setpoint_L2")] decimal? SetpointL2 = null,
    [property: JsonPropertyName("setpoint_L3")] decimal? SetpointL3 = null)
{
    public static ChargingScheduleUpdate Read(Fields f) => new(
        f.OptionalDecimal("dischargeLimit", max: 0), f.OptionalDecimal("dischargeLimit_L2", max: 0),
        f.OptionalDecimal("dischargeLimit_L3", max: 0), f.OptionalDecimal("limit"), f.OptionalDecimal("limit_L2"),
        f.OptionalDecimal("limit_L3"), f.OptionalDecimal("setpoint"), f.OptionalDecimal("setpointReactive"),
        f.OptionalDecimal("setpointReactive_L2"), f.OptionalDecimal("setpointReactive_L3"),
        f.OptionalDecimal("setpoint_L2"), f.OptionalDecimal("setpoint_L3"));
}

public enum ClearChargingProfileStatus
{
    Accepted, Unknown,
}

public enum GetChargingProfileStatus
{
    Accepted, NoProfiles,
}

public enum ChargingProfileStatus
{
    Accepted, Rejected,
}

public enum PriorityChargingStatus
{
    Accepted, Rejected, NoProfile,
}
