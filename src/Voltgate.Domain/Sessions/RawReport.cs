using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>A value as the station wrote it, in its own unit.</summary>
/// <param name="Unit">Where the station named none: what the specification says it means then.</param>
public readonly record struct RawValue(string Value, string Unit, Phase Phase, long AtMs);

/// <summary>
/// The newest report word for word, beside the one that is reckoned with. As there, what a reading leaves out stands as
/// it was said last, which its time tells.
/// </summary>
/// <param name="AtMs">The station's time of the newest reading.</param>
/// <param name="HeardAtMs">When it came in.</param>
public sealed record RawReport(
    long AtMs,
    long HeardAtMs,
    ImmutableArray<RawValue> Current,
    ImmutableArray<RawValue> Voltage,
    ImmutableArray<RawValue> Power,
    ImmutableArray<RawValue> EnergyMeter)
{
    /// <summary>The report with one more reading; <paramref name="before"/> is null for the first.</summary>
    public static RawReport Add(RawReport? before, MeterReading reading, long atMs, long nowMs) => new(
        atMs,
        nowMs,
        Merge(before?.Current, reading, Measurand.CurrentImport, "A", atMs),
        Merge(before?.Voltage, reading, Measurand.Voltage, "V", atMs),
        Merge(before?.Power, reading, Measurand.PowerActiveImport, "W", atMs),
        Merge(before?.EnergyMeter, reading, Measurand.EnergyActiveImportRegister, "Wh", atMs));

    // One value a phase, so that what lies with the session stays small whatever the station repeats.
    private static ImmutableArray<RawValue> Merge(
        ImmutableArray<RawValue>? before, MeterReading reading, Measurand measurand, string unit, long atMs)
    {
        var place = ReadingFold.PlaceOf(reading.Samples.AsSpan(), measurand);
        var now = reading.Samples
            .Where(s => s.Measurand == measurand && s.Location == place)
            .DistinctBy(s => s.Phase)
            .Select(s => new RawValue(s.Raw, s.RawUnit ?? unit, s.Phase, atMs))
            .ToImmutableArray();
        if (before is not { } said) return now;
        if (now.IsEmpty) return said;
        // Stations that give each phase a reading of its own give them all the same time.
        return [.. said.Where(s => s.AtMs == atMs && now.All(n => n.Phase != s.Phase)), .. now];
    }
}
