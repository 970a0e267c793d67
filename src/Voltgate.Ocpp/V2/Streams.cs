using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block N.

/// <summary>N11: a station wants to stream a variable's values. OCPP 2.1.</summary>
public sealed record OpenPeriodicEventStreamRequest(ConstantStreamData ConstantStreamData)
{
    public static OpenPeriodicEventStreamRequest Read(Fields f) => new(
        f.Object("constantStreamData", ConstantStreamData.Read)!);
}

public sealed record OpenPeriodicEventStreamResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static OpenPeriodicEventStreamResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N14: how often a stream flows. OCPP 2.1.</summary>
public sealed record AdjustPeriodicEventStreamRequest(int Id, PeriodicEventStreamParams Params)
{
    public static AdjustPeriodicEventStreamRequest Read(Fields f) => new(
        f.Int("id", min: 0), f.Object("params", PeriodicEventStreamParams.Read)!);
}

public sealed record AdjustPeriodicEventStreamResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static AdjustPeriodicEventStreamResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N13: a stream ends. OCPP 2.1.</summary>
public sealed record ClosePeriodicEventStreamRequest(int Id)
{
    public static ClosePeriodicEventStreamRequest Read(Fields f) => new(f.Int("id", min: 0));
}

/// <summary>N12: which streams are open. OCPP 2.1.</summary>
public sealed record GetPeriodicEventStreamRequest
{
    public static GetPeriodicEventStreamRequest Read(Fields f) => new();
}

public sealed record GetPeriodicEventStreamResponse(ImmutableArray<ConstantStreamData>? ConstantStreamData = null)
{
    public static GetPeriodicEventStreamResponse Read(Fields f) => new(
        f.ListOrNull("constantStreamData", V2.ConstantStreamData.Read));
}

/// <summary>N15: values of a stream; a SEND, never answered. OCPP 2.1.</summary>
public sealed record NotifyPeriodicEventStream(
    ImmutableArray<StreamValue> Data, int Id, int Pending, StationTime Basetime)
{
    public static NotifyPeriodicEventStream Read(Fields f) => new(
        f.FilledList("data", StreamValue.Read), f.Int("id", min: 0), f.Int("pending", min: 0), f.Time("basetime"));
}

public sealed record ConstantStreamData(int Id, PeriodicEventStreamParams Params, int VariableMonitoringId)
{
    public static ConstantStreamData Read(Fields f) => new(
        f.Int("id", min: 0), f.Object("params", PeriodicEventStreamParams.Read)!,
        f.Int("variableMonitoringId", min: 0));
}

/// <summary>StreamDataElementType.</summary>
public sealed record StreamValue(decimal T, string V)
{
    public static StreamValue Read(Fields f) => new(f.Decimal("t"), f.Text("v", 2500));
}
