using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x: what messages of several blocks share.

/// <summary>The answer without fields.</summary>
public sealed record EmptyResponse
{
    public static readonly EmptyResponse Instance = new();

    public static EmptyResponse Read(Fields f) => Instance;
}

public sealed record StatusInfo(string ReasonCode, string? AdditionalInfo = null)
{
    public static StatusInfo Read(Fields f) => new(
        f.Text("reasonCode", 20), f.OptionalText("additionalInfo", f.Max(512, 1024)));
}

public sealed record PeriodicEventStreamParams(int? Interval = null, int? Values = null)
{
    public static PeriodicEventStreamParams Read(Fields f) => new(
        f.OptionalInt("interval", min: 0), f.OptionalInt("values", min: 0));
}

public sealed record AdditionalInfo(string AdditionalIdToken, string Type)
{
    public static AdditionalInfo Read(Fields f) => new(
        f.Text("additionalIdToken", f.Max(36, 255)), f.Text("type", 50));
}

/// <summary>IdTokenType.</summary>
public sealed record IdToken(
    [property: JsonPropertyName("idToken")] string Text, string Type,
    ImmutableArray<AdditionalInfo>? AdditionalInfo = null)
{
    public static IdToken Read(Fields f) => new(
        f.Text("idToken", f.Max(36, 255)), f.OpenWord("type", 20, V201Words.IdTokenTypes),
        f.ListOrNull("additionalInfo", V2.AdditionalInfo.Read));
}

public sealed record OCSPRequestData(
    HashAlgorithm HashAlgorithm, string IssuerKeyHash, string IssuerNameHash, string ResponderURL,
    string SerialNumber)
{
    public static OCSPRequestData Read(Fields f) => new(
        f.Enum<HashAlgorithm>("hashAlgorithm"), f.Text("issuerKeyHash", 128), f.Text("issuerNameHash", 128),
        f.Text("responderURL", f.Max(512, 2000)), f.Text("serialNumber", 40));
}

/// <summary>IdTokenInfoType.</summary>
public sealed record IdTokenInfo(
    AuthorizationStatus Status, StationTime? CacheExpiryDateTime = null, int? ChargingPriority = null,
    ImmutableArray<int>? EvseId = null, IdToken? GroupIdToken = null, string? Language1 = null,
    string? Language2 = null, MessageContent? PersonalMessage = null)
{
    public static IdTokenInfo Read(Fields f) => new(
        f.Enum<AuthorizationStatus>("status"), f.OptionalTime("cacheExpiryDateTime"),
        f.OptionalInt("chargingPriority"), f.IntsOrNull("evseId", min: f.Min(0)),
        f.OptionalObject("groupIdToken", IdToken.Read), f.OptionalText("language1", 8),
        f.OptionalText("language2", 8), f.OptionalObject("personalMessage", MessageContent.Read));
}

public sealed record MessageContent(string Content, MessageFormat Format, string? Language = null)
{
    public static MessageContent Read(Fields f) => new(
        f.Text("content", f.Max(512, 1024)), f.Enum<MessageFormat>("format"), f.OptionalText("language", 8));
}

/// <summary>EVSEType.</summary>
public sealed record Evse(int Id, int? ConnectorId = null)
{
    /// <summary>Evse 0, and one that there cannot be, is the station.</summary>
    public Place ToPlace() => Id > 0 ? new Place(Math.Max(ConnectorId ?? 0, 0), Id) : Place.Station;

    public static Evse Read(Fields f) => new(f.Int("id", min: f.Min(0)), f.OptionalInt("connectorId", min: f.Min(0)));
}

public sealed record CertificateHashData(
    HashAlgorithm HashAlgorithm, string IssuerKeyHash, string IssuerNameHash, string SerialNumber)
{
    public static CertificateHashData Read(Fields f) => new(
        f.Enum<HashAlgorithm>("hashAlgorithm"), f.Text("issuerKeyHash", 128), f.Text("issuerNameHash", 128),
        f.Text("serialNumber", 40));
}

public sealed record ChargingSchedulePeriod(
    int StartPeriod, [Since(Edition.V21)] decimal? DischargeLimit = null,
    [Since(Edition.V21)][property: JsonPropertyName("dischargeLimit_L2")] decimal? DischargeLimitL2 = null,
    [Since(Edition.V21)][property: JsonPropertyName("dischargeLimit_L3")] decimal? DischargeLimitL3 = null,
    [Since(Edition.V21)] bool? EvseSleep = null, decimal? Limit = null,
    [Since(Edition.V21)][property: JsonPropertyName("limit_L2")] decimal? LimitL2 = null,
    [Since(Edition.V21)][property: JsonPropertyName("limit_L3")] decimal? LimitL3 = null, int? NumberPhases = null,
    [Since(Edition.V21)] OperationMode? OperationMode = null, int? PhaseToUse = null,
    [Since(Edition.V21)] bool? PreconditioningRequest = null, [Since(Edition.V21)] decimal? Setpoint = null,
    [Since(Edition.V21)] decimal? SetpointReactive = null,
    [Since(Edition.V21)][property: JsonPropertyName("setpointReactive_L2")] decimal? SetpointReactiveL2 = null,
    [Since(Edition.V21)][property: JsonPropertyName("setpointReactive_L3")] decimal? SetpointReactiveL3 = null,
    [Since(Edition.V21)][property: JsonPropertyName("setpoint_L2")] decimal? SetpointL2 = null,
    [Since(Edition.V21)][property: JsonPropertyName("setpoint_L3")] decimal? SetpointL3 = null,
    [Since(Edition.V21)] decimal? V2xBaseline = null,
    [Since(Edition.V21)] ImmutableArray<V2XFreqWattPoint>? V2xFreqWattCurve = null,
    [Since(Edition.V21)] ImmutableArray<V2XSignalWattPoint>? V2xSignalWattCurve = null)
{
    public static ChargingSchedulePeriod Read(Fields f) => new(
        f.Int("startPeriod"), f.OptionalDecimal("dischargeLimit", max: 0),
        f.OptionalDecimal("dischargeLimit_L2", max: 0), f.OptionalDecimal("dischargeLimit_L3", max: 0),
        f.OptionalFlag("evseSleep"), f.Is(Edition.V21) ? f.OptionalDecimal("limit") : f.Decimal("limit"),
        f.OptionalDecimal("limit_L2"), f.OptionalDecimal("limit_L3"),
        f.OptionalInt("numberPhases", min: f.Min(0), max: f.Max(int.MaxValue, 3)),
        f.OptionalEnum<OperationMode>("operationMode"),
        f.OptionalInt("phaseToUse", min: f.Min(0), max: f.Max(int.MaxValue, 3)),
        f.OptionalFlag("preconditioningRequest"), f.OptionalDecimal("setpoint"),
        f.OptionalDecimal("setpointReactive"), f.OptionalDecimal("setpointReactive_L2"),
        f.OptionalDecimal("setpointReactive_L3"), f.OptionalDecimal("setpoint_L2"), f.OptionalDecimal("setpoint_L3"),
        f.OptionalDecimal("v2xBaseline"), f.ListOrNull("v2xFreqWattCurve", V2XFreqWattPoint.Read, most: 20),
        f.ListOrNull("v2xSignalWattCurve", V2XSignalWattPoint.Read, most: 20));
}

public sealed record V2XFreqWattPoint(decimal Frequency, decimal Power)
{
    public static V2XFreqWattPoint Read(Fields f) => new(f.Decimal("frequency"), f.Decimal("power"));
}

public sealed record V2XSignalWattPoint(decimal Power, int Signal)
{
    public static V2XSignalWattPoint Read(Fields f) => new(f.Decimal("power"), f.Int("signal"));
}

public sealed record Component(string Name, Evse? Evse = null, string? Instance = null)
{
    public static Component Read(Fields f) => new(
        f.Text("name", 50), f.OptionalObject("evse", Evse.Read), f.OptionalText("instance", 50));
}

public sealed record ComponentVariable(Component Component, Variable? Variable = null)
{
    public static ComponentVariable Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.OptionalObject("variable", Variable.Read));
}

public sealed record Variable(string Name, string? Instance = null)
{
    public static Variable Read(Fields f) => new(f.Text("name", 50), f.OptionalText("instance", 50));
}

public sealed record ChargingSchedule(
    ChargingRateUnit ChargingRateUnit, ImmutableArray<ChargingSchedulePeriod> ChargingSchedulePeriod, int Id,
    [Since(Edition.V21)] AbsolutePriceSchedule? AbsolutePriceSchedule = null,
    [Since(Edition.V21)] string? DigestValue = null, int? Duration = null,
    [Since(Edition.V21)] LimitAtSoC? LimitAtSoC = null, decimal? MinChargingRate = null,
    [Since(Edition.V21)] decimal? PowerTolerance = null,
    [Since(Edition.V21)] PriceLevelSchedule? PriceLevelSchedule = null,
    [Since(Edition.V21)] int? RandomizedDelay = null, SalesTariff? SalesTariff = null,
    [Since(Edition.V21)] int? SignatureId = null, StationTime? StartSchedule = null,
    [Since(Edition.V21)] bool? UseLocalTime = null)
{
    public static ChargingSchedule Read(Fields f) => new(
        f.Enum<ChargingRateUnit>("chargingRateUnit"),
        f.FilledList("chargingSchedulePeriod", V2.ChargingSchedulePeriod.Read, most: 1024), f.Int("id"),
        f.OptionalObject("absolutePriceSchedule", AbsolutePriceSchedule.Read), f.OptionalText("digestValue", 88),
        f.OptionalInt("duration"), f.OptionalObject("limitAtSoC", LimitAtSoC.Read),
        f.OptionalDecimal("minChargingRate"), f.OptionalDecimal("powerTolerance"),
        f.OptionalObject("priceLevelSchedule", PriceLevelSchedule.Read), f.OptionalInt("randomizedDelay", min: 0),
        f.OptionalObject("salesTariff", SalesTariff.Read), f.OptionalInt("signatureId", min: 0),
        f.OptionalTime("startSchedule"), f.OptionalFlag("useLocalTime"));
}

public sealed record ConsumptionCost(ImmutableArray<Cost> Cost, decimal StartValue)
{
    public static ConsumptionCost Read(Fields f) => new(
        f.FilledList("cost", V2.Cost.Read, most: 3), f.Decimal("startValue"));
}

public sealed record LimitAtSoC(decimal Limit, int Soc)
{
    public static LimitAtSoC Read(Fields f) => new(f.Decimal("limit"), f.Int("soc", min: 0, max: 100));
}

public sealed record RelativeTimeInterval(int Start, int? Duration = null)
{
    public static RelativeTimeInterval Read(Fields f) => new(f.Int("start"), f.OptionalInt("duration"));
}

public sealed record SalesTariffEntry(
    RelativeTimeInterval RelativeTimeInterval, ImmutableArray<ConsumptionCost>? ConsumptionCost = null,
    int? EPriceLevel = null)
{
    public static SalesTariffEntry Read(Fields f) => new(
        f.Object("relativeTimeInterval", RelativeTimeInterval.Read)!,
        f.ListOrNull("consumptionCost", V2.ConsumptionCost.Read, most: 3), f.OptionalInt("ePriceLevel", min: 0));
}

public sealed record SalesTariff(
    int Id, ImmutableArray<SalesTariffEntry> SalesTariffEntry, int? NumEPriceLevels = null,
    string? SalesTariffDescription = null)
{
    public static SalesTariff Read(Fields f) => new(
        f.Int("id", min: f.Min(0)), f.FilledList("salesTariffEntry", V2.SalesTariffEntry.Read, most: 1024),
        f.OptionalInt("numEPriceLevels", min: f.Min(0)), f.OptionalText("salesTariffDescription", 32));
}

public sealed record ChargingProfile(
    ChargingProfileKind ChargingProfileKind, ChargingProfilePurpose ChargingProfilePurpose,
    ImmutableArray<ChargingSchedule> ChargingSchedule, int Id, int StackLevel,
    [Since(Edition.V21)] int? DynUpdateInterval = null, [Since(Edition.V21)] StationTime? DynUpdateTime = null,
    [Since(Edition.V21)] bool? InvalidAfterOfflineDuration = null,
    [Since(Edition.V21)] int? MaxOfflineDuration = null, [Since(Edition.V21)] string? PriceScheduleSignature = null,
    RecurrencyKind? RecurrencyKind = null, string? TransactionId = null, StationTime? ValidFrom = null,
    StationTime? ValidTo = null)
{
    public static ChargingProfile Read(Fields f) => new(
        f.Enum<ChargingProfileKind>("chargingProfileKind"), f.Enum<ChargingProfilePurpose>("chargingProfilePurpose"),
        f.FilledList("chargingSchedule", V2.ChargingSchedule.Read, most: 3), f.Int("id"),
        f.Int("stackLevel", min: f.Min(0)),
        f.OptionalInt("dynUpdateInterval"), f.OptionalTime("dynUpdateTime"),
        f.OptionalFlag("invalidAfterOfflineDuration"), f.OptionalInt("maxOfflineDuration"),
        f.OptionalText("priceScheduleSignature", 256), f.OptionalEnum<RecurrencyKind>("recurrencyKind"),
        f.OptionalText("transactionId", 36), f.OptionalTime("validFrom"), f.OptionalTime("validTo"));
}
