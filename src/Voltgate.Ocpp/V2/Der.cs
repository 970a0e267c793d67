using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, distributed energy resources: blocks Q and R.

/// <summary>R04: how to behave towards the grid. OCPP 2.1.</summary>
public sealed record SetDERControlRequest(
    bool IsDefault, string ControlId, DERControlKind ControlType, DERCurve? Curve = null,
    EnterService? EnterService = null, FixedPF? FixedPFAbsorb = null, FixedPF? FixedPFInject = null,
    FixedVar? FixedVar = null, FreqDroop? FreqDroop = null, Gradient? Gradient = null,
    LimitMaxDischarge? LimitMaxDischarge = null)
{
    public static SetDERControlRequest Read(Fields f) => new(
        f.Flag("isDefault"), f.Text("controlId", 36), f.Enum<DERControlKind>("controlType"),
        f.OptionalObject("curve", DERCurve.Read), f.OptionalObject("enterService", EnterService.Read),
        f.OptionalObject("fixedPFAbsorb", FixedPF.Read), f.OptionalObject("fixedPFInject", FixedPF.Read),
        f.OptionalObject("fixedVar", FixedVar.Read), f.OptionalObject("freqDroop", FreqDroop.Read),
        f.OptionalObject("gradient", Gradient.Read), f.OptionalObject("limitMaxDischarge", LimitMaxDischarge.Read));
}

public sealed record SetDERControlResponse(
    DERControlStatus Status, StatusInfo? StatusInfo = null, ImmutableArray<string>? SupersededIds = null)
{
    public static SetDERControlResponse Read(Fields f) => new(
        f.Enum<DERControlStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.TextsOrNull("supersededIds", 36, most: 24));
}

/// <summary>R04: have the controls reported. OCPP 2.1.</summary>
public sealed record GetDERControlRequest(
    int RequestId, bool? IsDefault = null, DERControlKind? ControlType = null, string? ControlId = null)
{
    public static GetDERControlRequest Read(Fields f) => new(
        f.Int("requestId"), f.OptionalFlag("isDefault"), f.OptionalEnum<DERControlKind>("controlType"),
        f.OptionalText("controlId", 36));
}

public sealed record GetDERControlResponse(DERControlStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetDERControlResponse Read(Fields f) => new(
        f.Enum<DERControlStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>R04: one part of a report of controls. OCPP 2.1.</summary>
public sealed record ReportDERControlRequest(
    int RequestId, ImmutableArray<DERCurveGet>? Curve = null, ImmutableArray<EnterServiceGet>? EnterService = null,
    ImmutableArray<FixedPFGet>? FixedPFAbsorb = null, ImmutableArray<FixedPFGet>? FixedPFInject = null,
    ImmutableArray<FixedVarGet>? FixedVar = null, ImmutableArray<FreqDroopGet>? FreqDroop = null,
    ImmutableArray<GradientGet>? Gradient = null, ImmutableArray<LimitMaxDischargeGet>? LimitMaxDischarge = null,
    bool? Tbc = null)
{
    public static ReportDERControlRequest Read(Fields f) => new(
        f.Int("requestId"), f.ListOrNull("curve", DERCurveGet.Read, most: 24),
        f.ListOrNull("enterService", EnterServiceGet.Read, most: 24),
        f.ListOrNull("fixedPFAbsorb", FixedPFGet.Read, most: 24),
        f.ListOrNull("fixedPFInject", FixedPFGet.Read, most: 24),
        f.ListOrNull("fixedVar", FixedVarGet.Read, most: 24), f.ListOrNull("freqDroop", FreqDroopGet.Read, most: 24),
        f.ListOrNull("gradient", GradientGet.Read, most: 24),
        f.ListOrNull("limitMaxDischarge", LimitMaxDischargeGet.Read, most: 24), f.OptionalFlag("tbc"));
}

/// <summary>R04: take controls away. OCPP 2.1.</summary>
public sealed record ClearDERControlRequest(
    bool IsDefault, DERControlKind? ControlType = null, string? ControlId = null)
{
    public static ClearDERControlRequest Read(Fields f) => new(
        f.Flag("isDefault"), f.OptionalEnum<DERControlKind>("controlType"), f.OptionalText("controlId", 36));
}

public sealed record ClearDERControlResponse(DERControlStatus Status, StatusInfo? StatusInfo = null)
{
    public static ClearDERControlResponse Read(Fields f) => new(
        f.Enum<DERControlStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>R05: the grid is outside of its bounds, or no more. OCPP 2.1.</summary>
public sealed record NotifyDERAlarmRequest(
    DERControlKind ControlType, StationTime Timestamp, GridEventFault? GridEventFault = null, bool? AlarmEnded = null,
    string? ExtraInfo = null)
{
    public static NotifyDERAlarmRequest Read(Fields f) => new(
        f.Enum<DERControlKind>("controlType"), f.Time("timestamp"), f.OptionalEnum<GridEventFault>("gridEventFault"),
        f.OptionalFlag("alarmEnded"), f.OptionalText("extraInfo", 200));
}

/// <summary>R05: a control begins or ends. OCPP 2.1.</summary>
public sealed record NotifyDERStartStopRequest(
    string ControlId, bool Started, StationTime Timestamp, ImmutableArray<string>? SupersededIds = null)
{
    public static NotifyDERStartStopRequest Read(Fields f) => new(
        f.Text("controlId", 36), f.Flag("started"), f.Time("timestamp"),
        f.TextsOrNull("supersededIds", 36, most: 24));
}

/// <summary>Q07: a signal for frequency regulation. OCPP 2.1.</summary>
public sealed record AFRRSignalRequest(StationTime Timestamp, int Signal)
{
    public static AFRRSignalRequest Read(Fields f) => new(f.Time("timestamp"), f.Int("signal"));
}

public sealed record AFRRSignalResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static AFRRSignalResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record DERCurveGet(
    DERCurve Curve, DERControlKind CurveType, string Id, bool IsDefault, bool IsSuperseded)
{
    public static DERCurveGet Read(Fields f) => new(
        f.Object("curve", DERCurve.Read)!, f.Enum<DERControlKind>("curveType"), f.Text("id", 36), f.Flag("isDefault"),
        f.Flag("isSuperseded"));
}

public sealed record DERCurvePoints(decimal X, decimal Y)
{
    public static DERCurvePoints Read(Fields f) => new(f.Decimal("x"), f.Decimal("y"));
}

public sealed record DERCurve(
    ImmutableArray<DERCurvePoints> CurveData, int Priority, DERUnit YUnit, decimal? Duration = null,
    Hysteresis? Hysteresis = null, ReactivePowerParams? ReactivePowerParams = null, decimal? ResponseTime = null,
    StationTime? StartTime = null, VoltageParams? VoltageParams = null)
{
    public static DERCurve Read(Fields f) => new(
        f.FilledList("curveData", DERCurvePoints.Read, most: 10), f.Int("priority", min: 0), f.Enum<DERUnit>("yUnit"),
        f.OptionalDecimal("duration"), f.OptionalObject("hysteresis", Hysteresis.Read),
        f.OptionalObject("reactivePowerParams", ReactivePowerParams.Read), f.OptionalDecimal("responseTime"),
        f.OptionalTime("startTime"), f.OptionalObject("voltageParams", VoltageParams.Read));
}

public sealed record EnterServiceGet(EnterService EnterService, string Id)
{
    public static EnterServiceGet Read(Fields f) => new(
        f.Object("enterService", EnterService.Read)!, f.Text("id", 36));
}

public sealed record EnterService(
    decimal HighFreq, decimal HighVoltage, decimal LowFreq, decimal LowVoltage, int Priority, decimal? Delay = null,
    decimal? RampRate = null, decimal? RandomDelay = null)
{
    public static EnterService Read(Fields f) => new(
        f.Decimal("highFreq"), f.Decimal("highVoltage"), f.Decimal("lowFreq"), f.Decimal("lowVoltage"),
        f.Int("priority", min: 0), f.OptionalDecimal("delay"), f.OptionalDecimal("rampRate"),
        f.OptionalDecimal("randomDelay"));
}

public sealed record FixedPFGet(FixedPF FixedPF, string Id, bool IsDefault, bool IsSuperseded)
{
    public static FixedPFGet Read(Fields f) => new(
        f.Object("fixedPF", FixedPF.Read)!, f.Text("id", 36), f.Flag("isDefault"), f.Flag("isSuperseded"));
}

public sealed record FixedPF(
    decimal Displacement, bool Excitation, int Priority, decimal? Duration = null, StationTime? StartTime = null)
{
    public static FixedPF Read(Fields f) => new(
        f.Decimal("displacement"), f.Flag("excitation"), f.Int("priority", min: 0), f.OptionalDecimal("duration"),
        f.OptionalTime("startTime"));
}

public sealed record FixedVarGet(FixedVar FixedVar, string Id, bool IsDefault, bool IsSuperseded)
{
    public static FixedVarGet Read(Fields f) => new(
        f.Object("fixedVar", FixedVar.Read)!, f.Text("id", 36), f.Flag("isDefault"), f.Flag("isSuperseded"));
}

public sealed record FixedVar(
    int Priority, decimal Setpoint, DERUnit Unit, decimal? Duration = null, StationTime? StartTime = null)
{
    public static FixedVar Read(Fields f) => new(
        f.Int("priority", min: 0), f.Decimal("setpoint"), f.Enum<DERUnit>("unit"), f.OptionalDecimal("duration"),
        f.OptionalTime("startTime"));
}

public sealed record FreqDroopGet(FreqDroop FreqDroop, string Id, bool IsDefault, bool IsSuperseded)
{
    public static FreqDroopGet Read(Fields f) => new(
        f.Object("freqDroop", FreqDroop.Read)!, f.Text("id", 36), f.Flag("isDefault"), f.Flag("isSuperseded"));
}

public sealed record FreqDroop(
    decimal OverDroop, decimal OverFreq, int Priority, decimal ResponseTime, decimal UnderDroop, decimal UnderFreq,
    decimal? Duration = null, StationTime? StartTime = null)
{
    public static FreqDroop Read(Fields f) => new(
        f.Decimal("overDroop"), f.Decimal("overFreq"), f.Int("priority", min: 0), f.Decimal("responseTime"),
        f.Decimal("underDroop"), f.Decimal("underFreq"), f.OptionalDecimal("duration"), f.OptionalTime("startTime"));
}

public sealed record GradientGet(Gradient Gradient, string Id)
{
    public static GradientGet Read(Fields f) => new(f.Object("gradient", Gradient.Read)!, f.Text("id", 36));
}

public sealed record Gradient(
    [property: JsonPropertyName("gradient")] decimal Value, int Priority, decimal SoftGradient)
{
    public static Gradient Read(Fields f) => new(
        f.Decimal("gradient"), f.Int("priority", min: 0), f.Decimal("softGradient"));
}

public sealed record Hysteresis(
    decimal? HysteresisDelay = null, decimal? HysteresisGradient = null, decimal? HysteresisHigh = null,
    decimal? HysteresisLow = null)
{
    public static Hysteresis Read(Fields f) => new(
        f.OptionalDecimal("hysteresisDelay"), f.OptionalDecimal("hysteresisGradient"),
        f.OptionalDecimal("hysteresisHigh"), f.OptionalDecimal("hysteresisLow"));
}

public sealed record LimitMaxDischargeGet(
    string Id, bool IsDefault, bool IsSuperseded, LimitMaxDischarge LimitMaxDischarge)
{
    public static LimitMaxDischargeGet Read(Fields f) => new(
        f.Text("id", 36), f.Flag("isDefault"), f.Flag("isSuperseded"),
        f.Object("limitMaxDischarge", LimitMaxDischarge.Read)!);
}

public sealed record LimitMaxDischarge(
    int Priority, decimal? Duration = null, decimal? PctMaxDischargePower = null,
    DERCurve? PowerMonitoringMustTrip = null, StationTime? StartTime = null)
{
    public static LimitMaxDischarge Read(Fields f) => new(
        f.Int("priority", min: 0), f.OptionalDecimal("duration"), f.OptionalDecimal("pctMaxDischargePower"),
        f.OptionalObject("powerMonitoringMustTrip", DERCurve.Read), f.OptionalTime("startTime"));
}

public sealed record ReactivePowerParams(
    bool? AutonomousVRefEnable = null, decimal? AutonomousVRefTimeConstant = null, decimal? VRef = null)
{
    public static ReactivePowerParams Read(Fields f) => new(
        f.OptionalFlag("autonomousVRefEnable"), f.OptionalDecimal("autonomousVRefTimeConstant"),
        f.OptionalDecimal("vRef"));
}

public sealed record VoltageParams(
    decimal? Hv10MinMeanTripDelay = null, decimal? Hv10MinMeanValue = null,
    PowerDuringCessation? PowerDuringCessation = null)
{
    public static VoltageParams Read(Fields f) => new(
        f.OptionalDecimal("hv10MinMeanTripDelay"), f.OptionalDecimal("hv10MinMeanValue"),
        f.OptionalEnum<PowerDuringCessation>("powerDuringCessation"));
}

public enum DERControlStatus
{
    Accepted, Rejected, NotSupported, NotFound,
}

public enum GridEventFault
{
    CurrentImbalance, LocalEmergency, LowInputPower, OverCurrent, OverFrequency, OverVoltage, PhaseRotation,
    RemoteEmergency, UnderFrequency, UnderVoltage, VoltageImbalance,
}

public enum DERUnit
{
    Not_Applicable, PctMaxW, PctMaxVar, PctWAvail, PctVarAvail, PctEffectiveV,
}

public enum PowerDuringCessation
{
    Active, Reactive,
}
