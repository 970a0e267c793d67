using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, the variables of a station: block B.

/// <summary>B06: read variables.</summary>
public sealed record GetVariablesRequest(ImmutableArray<GetVariableData> GetVariableData)
{
    public static GetVariablesRequest Read(Fields f) => new(f.FilledList("getVariableData", V2.GetVariableData.Read));
}

public sealed record GetVariablesResponse(ImmutableArray<GetVariableResult> GetVariableResult)
{
    public static GetVariablesResponse Read(Fields f) => new(
        f.FilledList("getVariableResult", V2.GetVariableResult.Read));
}

/// <summary>B05: write variables.</summary>
public sealed record SetVariablesRequest(ImmutableArray<SetVariableData> SetVariableData)
{
    public static SetVariablesRequest Read(Fields f) => new(f.FilledList("setVariableData", V2.SetVariableData.Read));
}

public sealed record SetVariablesResponse(ImmutableArray<SetVariableResult> SetVariableResult)
{
    public static SetVariablesResponse Read(Fields f) => new(
        f.FilledList("setVariableResult", V2.SetVariableResult.Read));
}

/// <summary>B07: have all variables reported.</summary>
public sealed record GetBaseReportRequest(int RequestId, ReportBase ReportBase)
{
    public static GetBaseReportRequest Read(Fields f) => new(f.Int("requestId"), f.Enum<ReportBase>("reportBase"));
}

public sealed record GetBaseReportResponse(GenericDeviceModelStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetBaseReportResponse Read(Fields f) => new(
        f.Enum<GenericDeviceModelStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>B08: have some variables reported.</summary>
public sealed record GetReportRequest(
    int RequestId, ImmutableArray<ComponentVariable>? ComponentVariable = null,
    ImmutableArray<ComponentCriterion>? ComponentCriteria = null)
{
    public static GetReportRequest Read(Fields f) => new(
        f.Int("requestId"), f.ListOrNull("componentVariable", V2.ComponentVariable.Read),
        f.EnumsOrNull<ComponentCriterion>("componentCriteria", most: 4));
}

public sealed record GetReportResponse(GenericDeviceModelStatus Status, StatusInfo? StatusInfo = null)
{
    public static GetReportResponse Read(Fields f) => new(
        f.Enum<GenericDeviceModelStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>B07, B08: one part of a report.</summary>
public sealed record NotifyReportRequest(
    int RequestId, StationTime GeneratedAt, int SeqNo, ImmutableArray<ReportItem>? ReportData = null,
    bool? Tbc = null)
{
    public static NotifyReportRequest Read(Fields f) => new(
        f.Int("requestId"), f.Time("generatedAt"), f.Int("seqNo", min: f.Min(0)),
        f.ListOrNull("reportData", ReportItem.Read), f.OptionalFlag("tbc"));
}

public sealed record GetVariableData(Component Component, Variable Variable, AttributeKind? AttributeType = null)
{
    public static GetVariableData Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.Object("variable", Variable.Read)!,
        f.OptionalEnum<AttributeKind>("attributeType"));
}

public sealed record GetVariableResult(
    GetVariableStatus AttributeStatus, Component Component, Variable Variable, StatusInfo? AttributeStatusInfo = null,
    AttributeKind? AttributeType = null, string? AttributeValue = null)
{
    public static GetVariableResult Read(Fields f) => new(
        f.Enum<GetVariableStatus>("attributeStatus"), f.Object("component", Component.Read)!,
        f.Object("variable", Variable.Read)!, f.OptionalObject("attributeStatusInfo", StatusInfo.Read),
        f.OptionalEnum<AttributeKind>("attributeType"), f.OptionalText("attributeValue", 2500));
}

/// <summary>ReportDataType.</summary>
public sealed record ReportItem(
    Component Component, Variable Variable, ImmutableArray<VariableAttribute> VariableAttribute,
    VariableCharacteristics? VariableCharacteristics = null)
{
    public static ReportItem Read(Fields f) => new(
        f.Object("component", Component.Read)!, f.Object("variable", Variable.Read)!,
        f.FilledList("variableAttribute", V2.VariableAttribute.Read, most: 4),
        f.OptionalObject("variableCharacteristics", VariableCharacteristics.Read));
}

public sealed record VariableAttribute(
    bool? Constant = null, Mutability? Mutability = null, bool? Persistent = null, AttributeKind? Type = null,
    string? Value = null)
{
    public static VariableAttribute Read(Fields f) => new(
        f.OptionalFlag("constant"), f.OptionalEnum<Mutability>("mutability"), f.OptionalFlag("persistent"),
        f.OptionalEnum<AttributeKind>("type"), f.OptionalText("value", 2500));
}

public sealed record VariableCharacteristics(
    VariableType DataType, bool SupportsMonitoring, [Since(Edition.V21)] int? MaxElements = null,
    decimal? MaxLimit = null, decimal? MinLimit = null, string? Unit = null, string? ValuesList = null)
{
    public static VariableCharacteristics Read(Fields f) => new(
        f.Enum<VariableType>("dataType"), f.Flag("supportsMonitoring"), f.OptionalInt("maxElements", min: 1),
        f.OptionalDecimal("maxLimit"), f.OptionalDecimal("minLimit"), f.OptionalText("unit", 16),
        f.OptionalText("valuesList", 1000));
}

public sealed record SetVariableData(
    string AttributeValue, Component Component, Variable Variable, AttributeKind? AttributeType = null)
{
    public static SetVariableData Read(Fields f) => new(
        f.Text("attributeValue", f.Max(1000, 2500)), f.Object("component", Component.Read)!,
        f.Object("variable", Variable.Read)!, f.OptionalEnum<AttributeKind>("attributeType"));
}

public sealed record SetVariableResult(
    SetVariableStatus AttributeStatus, Component Component, Variable Variable, StatusInfo? AttributeStatusInfo = null,
    AttributeKind? AttributeType = null)
{
    public static SetVariableResult Read(Fields f) => new(
        f.Enum<SetVariableStatus>("attributeStatus"), f.Object("component", Component.Read)!,
        f.Object("variable", Variable.Read)!, f.OptionalObject("attributeStatusInfo", StatusInfo.Read),
        f.OptionalEnum<AttributeKind>("attributeType"));
}

public enum ReportBase
{
    ConfigurationInventory, FullInventory, SummaryInventory,
}

public enum ComponentCriterion
{
    Active, Available, Enabled, Problem,
}

/// <summary>AttributeEnumType.</summary>
public enum AttributeKind
{
    Actual, Target, MinSet, MaxSet,
}

public enum GetVariableStatus
{
    Accepted, Rejected, UnknownComponent, UnknownVariable, NotSupportedAttributeType,
}

/// <summary>DataEnumType.</summary>
public enum VariableType
{
    @string, @decimal, integer, dateTime, boolean, OptionList, SequenceList, MemberList,
}

public enum Mutability
{
    ReadOnly, WriteOnly, ReadWrite,
}

public enum SetVariableStatus
{
    Accepted, Rejected, UnknownComponent, UnknownVariable, NotSupportedAttributeType, RebootRequired,
}
