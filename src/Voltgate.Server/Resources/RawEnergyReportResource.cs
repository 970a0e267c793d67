using System.Collections.Immutable;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Resources;

/// <summary>
/// What energy_report was made of, as the station said it; only where the organisation set raw_energy_reports.
/// Timestamp: the station's; server_timestamp: when it came in.
/// </summary>
internal sealed record RawEnergyReportResource(
    WireTime Timestamp,
    WireTime ServerTimestamp,
    IReadOnlyList<RawValueResource> Current,
    IReadOnlyList<RawValueResource> Voltage,
    IReadOnlyList<RawValueResource> Power,
    IReadOnlyList<RawValueResource> EnergyMeter)
{
    public static RawEnergyReportResource? Of(RawReport? r) => r is null ? null : new(
        new WireTime(r.AtMs), new WireTime(r.HeardAtMs), Of(r.Current), Of(r.Voltage), Of(r.Power), Of(r.EnergyMeter));

    private static IReadOnlyList<RawValueResource> Of(ImmutableArray<RawValue> values) =>
        [.. values.Select(RawValueResource.Of)];
}

/// <summary>A value in the station's own words and unit.</summary>
internal sealed record RawValueResource(string Value, string Unit, string? Phase, WireTime Timestamp)
{
    public static RawValueResource Of(RawValue v) => new(v.Value, v.Unit, WordOf(v.Phase), new WireTime(v.AtMs));

    /// <summary>As OCPP writes them.</summary>
    private static string? WordOf(Phase phase) => phase switch
    {
        Domain.Stations.Phase.None => null,
        Domain.Stations.Phase.L1N => "L1-N",
        Domain.Stations.Phase.L2N => "L2-N",
        Domain.Stations.Phase.L3N => "L3-N",
        Domain.Stations.Phase.L1L2 => "L1-L2",
        Domain.Stations.Phase.L2L3 => "L2-L3",
        Domain.Stations.Phase.L3L1 => "L3-L1",
        _ => phase.ToString(),
    };
}
