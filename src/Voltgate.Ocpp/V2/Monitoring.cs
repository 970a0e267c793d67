using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block N.

/// <summary>N03: which monitors are on.</summary>
public sealed record SetMonitoringBaseRequest(MonitoringBase MonitoringBase)
{
    public static SetMonitoringBaseRequest Read(Fields f) => new(f.Enum<MonitoringBase>("monitoringBase"));
}

public sealed record SetMonitoringBaseResponse(GenericDeviceModelStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetMonitoringBaseResponse Read(Fields f) => new(
        f.Enum<GenericDeviceModelStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N05: from which severity on events are reported.</summary>
public sealed record SetMonitoringLevelRequest(int Severity)
{
    public static SetMonitoringLevelRequest Read(Fields f) => new(f.Int("severity", min: f.Min(0)));
}

public sealed record SetMonitoringLevelResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetMonitoringLevelResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N04: watch variables.</summary>
public sealed record SetVariableMonitoringRequest(ImmutableArray<SetMonitoringData> SetMonitoringData)
{
    public static SetVariableMonitoringRequest Read(Fields f) => new(
        f.FilledList("setMonitoringData", V2.SetMonitoringData.Read));
}

public sealed record SetVariableMonitoringResponse(ImmutableArray<SetMonitoringResult> SetMonitoringResult)
{
    public static SetVariableMonitoringResponse Read(Fields f) => new(
        f.FilledList("setMonitoringResult", V2.SetMonitoringResult.Read));
}

/// <summary>N06: watch no more.</summary>
public sealed record ClearVariableMonitoringRequest(ImmutableArray<int> Id)
{
    public static ClearVariableMonitoringRequest Read(Fields f) => new(f.Ints("id", min: f.Min(0)));
}

public sealed record ClearVariableMonitoringResponse(ImmutableArray<ClearMonitoringResult> ClearMonitoringResult)
{
    public static ClearVariableMonitoringResponse Read(Fields f) => new(
        f.FilledList("clearMonitoringResult", V2.ClearMonitoringResult.Read));
}

/// <summary>N02: have the monitors reported.</summary>
public sealed record GetMonitoringReportRequest(
    int RequestId, ImmutableArray<ComponentVariable>? ComponentVariable = null,
    ImmutableArray<MonitoringCriterion>? MonitoringCriteria = null)
{
    public static GetMonitoringReportRequest Read(Fields f) => new(
        f.Int("requestId"), f.ListOrNull("componentVariable", V2.ComponentVariable.Read),
        f.EnumsOrNull<MonitoringCriterion>("monitoringCriteria", most: 3));
}

public sealed record GetMonitoringReportResponse(GenericDeviceModelStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetMonitoringReportResponse Read(Fields f) => new(
        f.Enum<GenericDeviceModelStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N02: one part of a report of monitors.</summary>
public sealed record NotifyMonitoringReportRequest(
    int RequestId, int SeqNo, StationTime GeneratedAt, ImmutableArray<MonitoringItem>? Monitor = null,
    bool? Tbc = null)
{
    public static NotifyMonitoringReportRequest Read(Fields f) => new(
        f.Int("requestId"), f.Int("seqNo", min: f.Min(0)), f.Time("generatedAt"),
        f.ListOrNull("monitor", MonitoringItem.Read), f.OptionalFlag("tbc"));
}

/// <summary>N07, N08: something happened that is watched.</summary>
public sealed record NotifyEventRequest(
    StationTime GeneratedAt, int SeqNo, ImmutableArray<EventItem> EventData, bool? Tbc = null)
{
    public static NotifyEventRequest Read(Fields f) => new(
        f.Time("generatedAt"), f.Int("seqNo", min: f.Min(0)), f.FilledList("eventData", EventItem.Read),
        f.OptionalFlag("tbc"));
}

public sealed record ClearMonitoringResult(int Id, ClearMonitoringStatus Status, StatusInfo? StatusInfo = null)
{
    public static ClearMonitoringResult Read(Fields f) => new(
        f.Int("id", min: f.Min(0)), f.Enum<ClearMonitoringStatus>("status"),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>EventDataType.</summary>
public sealed record EventItem(
    string ActualValue, Component Component, int EventId, EventNotification EventNotificationType,
    StationTime Timestamp, EventTrigger Trigger, Variable Variable, int? Cause = null, bool? Cleared = null,
    [Since(Edition.V21)] int? Severity = null, string? TechCode = null, string? TechInfo = null,
    string? TransactionId = null, int? VariableMonitoringId = null)
{
    public static EventItem Read(Fields f) => new(
        f.Text("actualValue", 2500), f.Object("component", Component.Read)!, f.Int("eventId", min: f.Min(0)),
        f.Enum<EventNotification>("eventNotificationType"), f.Time("timestamp"), f.Enum<EventTrigger>("trigger"),
        f.Object("variable", Variable.Read)!, f.OptionalInt("cause", min: f.Min(0)), f.OptionalFlag("cleared"),
        f.OptionalInt("severity", min: 0), f.OptionalText("techCode", 50), f.OptionalText("techInfo", 500),
        f.OptionalText("transactionId", 36), f.OptionalInt("variableMonitoringId", min: f.Min(0)));
}

/// <summary>MonitoringDataType.</summary>
public sealed record MonitoringItem(
    Component Component, Variable Variable, ImmutableArray<VariableMonitoring> VariableMonitoring)
{
    public static MonitoringItem Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.Object("variable", Variable.Read)!,
        f.FilledList("variableMonitoring", V2.VariableMonitoring.Read));
}

public sealed record VariableMonitoring(
    int Id, int Severity, bool Transaction, MonitorKind Type, decimal Value,
    [Since(Edition.V21)] EventNotification? EventNotificationType = null)
{
    public static VariableMonitoring Read(Fields f) => new(
        f.Int("id", min: f.Min(0)), f.Int("severity", min: f.Min(0)), f.Flag("transaction"),
        f.Enum<MonitorKind>("type"), f.Decimal("value"),
        f.Is(Edition.V21)
            ? f.Enum<EventNotification>("eventNotificationType")
            : f.OptionalEnum<EventNotification>("eventNotificationType"));
}

public sealed record SetMonitoringData(
    Component Component, int Severity, MonitorKind Type, decimal Value, Variable Variable, int? Id = null,
    [Since(Edition.V21)] PeriodicEventStreamParams? PeriodicEventStream = null, bool? Transaction = null)
{
    public static SetMonitoringData Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.Int("severity", min: f.Min(0)), f.Enum<MonitorKind>("type"),
        f.Decimal("value"), f.Object("variable", Variable.Read)!, f.OptionalInt("id", min: f.Min(0)),
        f.OptionalObject("periodicEventStream", PeriodicEventStreamParams.Read), f.OptionalFlag("transaction"));
}

public sealed record SetMonitoringResult(
    Component Component, int Severity, SetMonitoringStatus Status, MonitorKind Type, Variable Variable,
    int? Id = null, StatusInfo? StatusInfo = null)
{
    public static SetMonitoringResult Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.Int("severity", min: f.Min(0)), f.Enum<SetMonitoringStatus>("status"),
        f.Enum<MonitorKind>("type"), f.Object("variable", Variable.Read)!, f.OptionalInt("id", min: f.Min(0)),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

public enum ClearMonitoringStatus
{
    Accepted, Rejected, NotFound,
}

public enum MonitoringCriterion
{
    ThresholdMonitoring, DeltaMonitoring, PeriodicMonitoring,
}

/// <summary>EventNotificationEnumType.</summary>
public enum EventNotification
{
    HardWiredNotification, HardWiredMonitor, PreconfiguredMonitor, CustomMonitor,
}

public enum EventTrigger
{
    Alerting, Delta, Periodic,
}

/// <summary>MonitorEnumType.</summary>
public enum MonitorKind
{
    UpperThreshold, LowerThreshold, Delta, Periodic, PeriodicClockAligned,
    [Since(Edition.V21)] TargetDelta,
    [Since(Edition.V21)] TargetDeltaRelative,
}

public enum MonitoringBase
{
    All, FactoryDefault, HardWiredOnly,
}

public enum SetMonitoringStatus
{
    Accepted, UnknownComponent, UnknownVariable, UnsupportedMonitorType, Rejected, Duplicate,
}
