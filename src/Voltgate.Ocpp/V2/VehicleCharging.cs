using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, what an EV asks for by ISO 15118: blocks K and Q.

/// <summary>K15, Q01: what an EV wants.</summary>
public sealed record NotifyEVChargingNeedsRequest(
    int EvseId, ChargingNeeds ChargingNeeds, int? MaxScheduleTuples = null,
    [Since(Edition.V21)] StationTime? Timestamp = null)
{
    public static NotifyEVChargingNeedsRequest Read(Fields f) => new(
        f.Int("evseId", min: f.Min(1)), f.Object("chargingNeeds", ChargingNeeds.Read)!,
        f.OptionalInt("maxScheduleTuples", min: f.Min(0)), f.OptionalTime("timestamp"));
}

public sealed record NotifyEVChargingNeedsResponse(
    NotifyEVChargingNeedsStatus Status, StatusInfo? StatusInfo = null)
{
    public static NotifyEVChargingNeedsResponse Read(Fields f) => new(
        f.Enum<NotifyEVChargingNeedsStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>K15 to K18: what an EV has chosen.</summary>
public sealed record NotifyEVChargingScheduleRequest(
    StationTime TimeBase, ChargingSchedule ChargingSchedule, int EvseId,
    [Since(Edition.V21)] int? SelectedChargingScheduleId = null,
    [Since(Edition.V21)] bool? PowerToleranceAcceptance = null)
{
    public static NotifyEVChargingScheduleRequest Read(Fields f) => new(
        f.Time("timeBase"), f.Object("chargingSchedule", ChargingSchedule.Read)!, f.Int("evseId", min: f.Min(1)),
        f.OptionalInt("selectedChargingScheduleId", min: 0), f.OptionalFlag("powerToleranceAcceptance"));
}

public sealed record NotifyEVChargingScheduleResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static NotifyEVChargingScheduleResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>Q01: which ways of transfer an EV may use. OCPP 2.1.</summary>
public sealed record NotifyAllowedEnergyTransferRequest(
    string TransactionId, ImmutableArray<EnergyTransferMode> AllowedEnergyTransfer)
{
    public static NotifyAllowedEnergyTransferRequest Read(Fields f) => new(
        f.Text("transactionId", 36), f.Enums<EnergyTransferMode>("allowedEnergyTransfer"));
}

public sealed record NotifyAllowedEnergyTransferResponse(
    NotifyAllowedEnergyTransferStatus Status, StatusInfo? StatusInfo = null)
{
    public static NotifyAllowedEnergyTransferResponse Read(Fields f) => new(
        f.Enum<NotifyAllowedEnergyTransferStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record ACChargingParameters(
    decimal EnergyAmount, decimal EvMaxCurrent, decimal EvMaxVoltage, decimal EvMinCurrent)
{
    public static ACChargingParameters Read(Fields f) => new(
        f.Decimal("energyAmount"), f.Decimal("evMaxCurrent"), f.Decimal("evMaxVoltage"), f.Decimal("evMinCurrent"));
}

public sealed record ChargingNeeds(
    EnergyTransferMode RequestedEnergyTransfer, ACChargingParameters? AcChargingParameters = null,
    [Since(Edition.V21)] ImmutableArray<EnergyTransferMode>? AvailableEnergyTransfer = null,
    [Since(Edition.V21)] ControlMode? ControlMode = null, DCChargingParameters? DcChargingParameters = null,
    StationTime? DepartureTime = null, [Since(Edition.V21)] DERChargingParameters? DerChargingParameters = null,
    [Since(Edition.V21)] EVEnergyOffer? EvEnergyOffer = null,
    [Since(Edition.V21)] MobilityNeedsMode? MobilityNeedsMode = null,
    [Since(Edition.V21)] V2XChargingParameters? V2xChargingParameters = null)
{
    public static ChargingNeeds Read(Fields f) => new(
        f.Enum<EnergyTransferMode>("requestedEnergyTransfer"),
        f.OptionalObject("acChargingParameters", ACChargingParameters.Read),
        f.EnumsOrNull<EnergyTransferMode>("availableEnergyTransfer"), f.OptionalEnum<ControlMode>("controlMode"),
        f.OptionalObject("dcChargingParameters", DCChargingParameters.Read), f.OptionalTime("departureTime"),
        f.OptionalObject("derChargingParameters", DERChargingParameters.Read),
        f.OptionalObject("evEnergyOffer", EVEnergyOffer.Read), f.OptionalEnum<MobilityNeedsMode>("mobilityNeedsMode"),
        f.OptionalObject("v2xChargingParameters", V2XChargingParameters.Read));
}

public sealed record DCChargingParameters(
    decimal EvMaxCurrent, decimal EvMaxVoltage, int? BulkSoC = null, decimal? EnergyAmount = null,
    decimal? EvEnergyCapacity = null, decimal? EvMaxPower = null, int? FullSoC = null, int? StateOfCharge = null)
{
    public static DCChargingParameters Read(Fields f) => new(
        f.Decimal("evMaxCurrent"), f.Decimal("evMaxVoltage"), f.OptionalInt("bulkSoC", min: 0, max: 100),
        f.OptionalDecimal("energyAmount"), f.OptionalDecimal("evEnergyCapacity"), f.OptionalDecimal("evMaxPower"),
        f.OptionalInt("fullSoC", min: 0, max: 100), f.OptionalInt("stateOfCharge", min: 0, max: 100));
}

public sealed record DERChargingParameters(
    decimal? EvDurationLevel1DCInjection = null, decimal? EvDurationLevel2DCInjection = null,
    string? EvInverterHwVersion = null, string? EvInverterManufacturer = null, string? EvInverterModel = null,
    string? EvInverterSerialNumber = null, string? EvInverterSwVersion = null,
    ImmutableArray<IslandingDetection>? EvIslandingDetectionMethod = null, decimal? EvIslandingTripTime = null,
    decimal? EvMaximumLevel1DCInjection = null, decimal? EvMaximumLevel2DCInjection = null,
    decimal? EvOverExcitedMaxDischargePower = null, decimal? EvOverExcitedPowerFactor = null,
    decimal? EvReactiveSusceptance = null, decimal? EvSessionTotalDischargeEnergyAvailable = null,
    ImmutableArray<DERControlKind>? EvSupportedDERControl = null, decimal? EvUnderExcitedMaxDischargePower = null,
    decimal? EvUnderExcitedPowerFactor = null, decimal? MaxApparentPower = null,
    decimal? MaxChargeApparentPower = null,
    [property: JsonPropertyName("maxChargeApparentPower_L2")] decimal? MaxChargeApparentPowerL2 = null,
    [property: JsonPropertyName("maxChargeApparentPower_L3")] decimal? MaxChargeApparentPowerL3 = null,
    decimal? MaxChargeReactivePower = null,
    [property: JsonPropertyName("maxChargeReactivePower_L2")] decimal? MaxChargeReactivePowerL2 = null,
    [property: JsonPropertyName("maxChargeReactivePower_L3")] decimal? MaxChargeReactivePowerL3 = null,
    decimal? MaxDischargeApparentPower = null,
    [property: JsonPropertyName("maxDischargeApparentPower_L2")] decimal? MaxDischargeApparentPowerL2 = null,
    [property: JsonPropertyName("maxDischargeApparentPower_L3")] decimal? MaxDischargeApparentPowerL3 = null,
    decimal? MaxDischargeReactivePower = null,
    [property: JsonPropertyName("maxDischargeReactivePower_L2")] decimal? MaxDischargeReactivePowerL2 = null,
    [property: JsonPropertyName("maxDischargeReactivePower_L3")] decimal? MaxDischargeReactivePowerL3 = null,
    decimal? MaxNominalVoltage = null, decimal? MinChargeReactivePower = null,
    [property: JsonPropertyName("minChargeReactivePower_L2")] decimal? MinChargeReactivePowerL2 = null,
    [property: JsonPropertyName("minChargeReactivePower_L3")] decimal? MinChargeReactivePowerL3 = null,
    decimal? MinDischargeReactivePower = null,
    [property: JsonPropertyName("minDischargeReactivePower_L2")] decimal? MinDischargeReactivePowerL2 = null,
    [property: JsonPropertyName("minDischargeReactivePower_L3")] decimal? MinDischargeReactivePowerL3 = null,
    decimal? MinNominalVoltage = null, decimal? NominalVoltage = null, decimal? NominalVoltageOffset = null)
{
    public static DERChargingParameters Read(Fields f) => new(
        f.OptionalDecimal("evDurationLevel1DCInjection"), f.OptionalDecimal("evDurationLevel2DCInjection"),
        f.OptionalText("evInverterHwVersion", 50), f.OptionalText("evInverterManufacturer", 50),
        f.OptionalText("evInverterModel", 50), f.OptionalText("evInverterSerialNumber", 50),
        f.OptionalText("evInverterSwVersion", 50), f.EnumsOrNull<IslandingDetection>("evIslandingDetectionMethod"),
        f.OptionalDecimal("evIslandingTripTime"), f.OptionalDecimal("evMaximumLevel1DCInjection"),
        f.OptionalDecimal("evMaximumLevel2DCInjection"), f.OptionalDecimal("evOverExcitedMaxDischargePower"),
        f.OptionalDecimal("evOverExcitedPowerFactor"), f.OptionalDecimal("evReactiveSusceptance"),
        f.OptionalDecimal("evSessionTotalDischargeEnergyAvailable"),
        f.EnumsOrNull<DERControlKind>("evSupportedDERControl"), f.OptionalDecimal("evUnderExcitedMaxDischargePower"),
        f.OptionalDecimal("evUnderExcitedPowerFactor"), f.OptionalDecimal("maxApparentPower"),
        f.OptionalDecimal("maxChargeApparentPower"), f.OptionalDecimal("maxChargeApparentPower_L2"),
        f.OptionalDecimal("maxChargeApparentPower_L3"), f.OptionalDecimal("maxChargeReactivePower"),
        f.OptionalDecimal("maxChargeReactivePower_L2"), f.OptionalDecimal("maxChargeReactivePower_L3"),
        f.OptionalDecimal("maxDischargeApparentPower"), f.OptionalDecimal("maxDischargeApparentPower_L2"),
        f.OptionalDecimal("maxDischargeApparentPower_L3"), f.OptionalDecimal("maxDischargeReactivePower"),
        f.OptionalDecimal("maxDischargeReactivePower_L2"), f.OptionalDecimal("maxDischargeReactivePower_L3"),
        f.OptionalDecimal("maxNominalVoltage"), f.OptionalDecimal("minChargeReactivePower"),
        f.OptionalDecimal("minChargeReactivePower_L2"), f.OptionalDecimal("minChargeReactivePower_L3"),
        f.OptionalDecimal("minDischargeReactivePower"), f.OptionalDecimal("minDischargeReactivePower_L2"),
        f.OptionalDecimal("minDischargeReactivePower_L3"), f.OptionalDecimal("minNominalVoltage"),
        f.OptionalDecimal("nominalVoltage"), f.OptionalDecimal("nominalVoltageOffset"));
}

public sealed record EVAbsolutePriceScheduleEntry(int Duration, ImmutableArray<EVPriceRule> EvPriceRule)
{
    public static EVAbsolutePriceScheduleEntry Read(Fields f) => new(
        f.Int("duration"), f.FilledList("evPriceRule", EVPriceRule.Read, most: 8));
}

public sealed record EVAbsolutePriceSchedule(
    string Currency, ImmutableArray<EVAbsolutePriceScheduleEntry> EvAbsolutePriceScheduleEntries,
    string PriceAlgorithm, StationTime TimeAnchor)
{
    public static EVAbsolutePriceSchedule Read(Fields f) => new(
        f.Text("currency", 3),
        f.FilledList("evAbsolutePriceScheduleEntries", EVAbsolutePriceScheduleEntry.Read, most: 1024),
        f.Text("priceAlgorithm", 2000), f.Time("timeAnchor"));
}

public sealed record EVEnergyOffer(
    EVPowerSchedule EvPowerSchedule, EVAbsolutePriceSchedule? EvAbsolutePriceSchedule = null)
{
    public static EVEnergyOffer Read(Fields f) => new(
        f.Object("evPowerSchedule", EVPowerSchedule.Read)!,
        f.OptionalObject("evAbsolutePriceSchedule", EVAbsolutePriceSchedule.Read));
}

public sealed record EVPowerScheduleEntry(int Duration, decimal Power)
{
    public static EVPowerScheduleEntry Read(Fields f) => new(f.Int("duration"), f.Decimal("power"));
}

public sealed record EVPowerSchedule(
    ImmutableArray<EVPowerScheduleEntry> EvPowerScheduleEntries, StationTime TimeAnchor)
{
    public static EVPowerSchedule Read(Fields f) => new(
        f.FilledList("evPowerScheduleEntries", EVPowerScheduleEntry.Read, most: 1024), f.Time("timeAnchor"));
}

public sealed record EVPriceRule(decimal EnergyFee, decimal PowerRangeStart)
{
    public static EVPriceRule Read(Fields f) => new(f.Decimal("energyFee"), f.Decimal("powerRangeStart"));
}

public sealed record V2XChargingParameters(
    decimal? EvMaxEnergyRequest = null, decimal? EvMaxV2XEnergyRequest = null, decimal? EvMinEnergyRequest = null,
    decimal? EvMinV2XEnergyRequest = null, decimal? EvTargetEnergyRequest = null, decimal? MaxChargeCurrent = null,
    decimal? MaxChargePower = null,
    [property: JsonPropertyName("maxChargePower_L2")] decimal? MaxChargePowerL2 = null,
    [property: JsonPropertyName("maxChargePower_L3")] decimal? MaxChargePowerL3 = null,
    decimal? MaxDischargeCurrent = null, decimal? MaxDischargePower = null,
    [property: JsonPropertyName("maxDischargePower_L2")] decimal? MaxDischargePowerL2 = null,
    [property: JsonPropertyName("maxDischargePower_L3")] decimal? MaxDischargePowerL3 = null,
    decimal? MaxVoltage = null, decimal? MinChargeCurrent = null, decimal? MinChargePower = null,
    [property: JsonPropertyName("minChargePower_L2")] decimal? MinChargePowerL2 = null,
    [property: JsonPropertyName("minChargePower_L3")] decimal? MinChargePowerL3 = null,
    decimal? MinDischargeCurrent = null, decimal? MinDischargePower = null,
    [property: JsonPropertyName("minDischargePower_L2")] decimal? MinDischargePowerL2 = null,
    [property: JsonPropertyName("minDischargePower_L3")] decimal? MinDischargePowerL3 = null,
    decimal? MinVoltage = null, int? TargetSoC = null)
{
    public static V2XChargingParameters Read(Fields f) => new(
        f.OptionalDecimal("evMaxEnergyRequest"), f.OptionalDecimal("evMaxV2XEnergyRequest"),
        f.OptionalDecimal("evMinEnergyRequest"), f.OptionalDecimal("evMinV2XEnergyRequest"),
        f.OptionalDecimal("evTargetEnergyRequest"), f.OptionalDecimal("maxChargeCurrent"),
        f.OptionalDecimal("maxChargePower"), f.OptionalDecimal("maxChargePower_L2"),
        f.OptionalDecimal("maxChargePower_L3"), f.OptionalDecimal("maxDischargeCurrent"),
        f.OptionalDecimal("maxDischargePower"), f.OptionalDecimal("maxDischargePower_L2"),
        f.OptionalDecimal("maxDischargePower_L3"), f.OptionalDecimal("maxVoltage"),
        f.OptionalDecimal("minChargeCurrent"), f.OptionalDecimal("minChargePower"),
        f.OptionalDecimal("minChargePower_L2"), f.OptionalDecimal("minChargePower_L3"),
        f.OptionalDecimal("minDischargeCurrent"), f.OptionalDecimal("minDischargePower"),
        f.OptionalDecimal("minDischargePower_L2"), f.OptionalDecimal("minDischargePower_L3"),
        f.OptionalDecimal("minVoltage"), f.OptionalInt("targetSoC", min: 0, max: 100));
}

public enum NotifyAllowedEnergyTransferStatus
{
    Accepted, Rejected,
}

public enum ControlMode
{
    ScheduledControl, DynamicControl,
}

public enum IslandingDetection
{
    NoAntiIslandingSupport, RoCoF, UVP_OVP, UFP_OFP, VoltageVectorShift, ZeroCrossingDetection, OtherPassive,
    ImpedanceMeasurement, ImpedanceAtFrequency, SlipModeFrequencyShift, SandiaFrequencyShift, SandiaVoltageShift,
    FrequencyJump, RCLQFactor, OtherActive,
}

public enum MobilityNeedsMode
{
    EVCC, EVCC_SECC,
}

public enum NotifyEVChargingNeedsStatus
{
    Accepted, Rejected, Processing,
    [Since(Edition.V21)] NoChargingProfile,
}
