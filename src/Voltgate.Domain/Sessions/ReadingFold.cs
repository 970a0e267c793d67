using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>Makes one report of what a station measured, whatever phases, locations and measurands it chose.</summary>
public static class ReadingFold
{
    private static readonly ImmutableArray<MeterLocation> Preference =
        [MeterLocation.Outlet, MeterLocation.EV, MeterLocation.Cable, MeterLocation.Body, MeterLocation.Inlet];

    /// <summary>The voltage between two phases is this many times that of one against neutral.</summary>
    private const decimal SqrtOf3 = 1.7320508075688772935m;

    public static EnergyReport Report(MeterReading reading, long atMs)
    {
        var samples = reading.Samples.AsSpan();
        var voltage = Mean(samples, Measurand.Voltage);
        var current = Largest(samples, Measurand.CurrentImport);
        var power = Sum(samples, Measurand.PowerActiveImport) ?? Apparent(samples, voltage);
        var meter = Sum(samples, Measurand.EnergyActiveImportRegister);
        var charge = Largest(samples, Measurand.StateOfCharge);
        return new EnergyReport(
            atMs, Milli(current), Milli(power), Milli(voltage),
            meter is { } wh && InRange(wh) ? Energy.FromWh(wh) : null,
            charge is { } percent and >= 0 and <= 100 ? (int)decimal.Round(percent) : null);
    }

    /// <summary>The sum of what stations that know no register report for intervals, or null.</summary>
    public static Energy? Interval(MeterReading reading) =>
        Sum(reading.Samples.AsSpan(), Measurand.EnergyActiveImportInterval) is { } wh && wh >= 0 && InRange(wh)
            ? Energy.FromWh(wh)
            : null;

    private static bool InRange(decimal wh) => Math.Abs(wh) < 1_000_000_000_000m;

    private static long? Milli(decimal? value) =>
        value is { } v && Math.Abs(v) < 1_000_000_000_000m ? (long)decimal.Round(v * 1000m) : null;

    /// <summary>The total where the station gives one, else the sum of its phases.</summary>
    private static decimal? Sum(ReadOnlySpan<Sample> samples, Measurand measurand)
    {
        var place = PlaceOf(samples, measurand);
        decimal? lines = null;
        decimal? toNeutral = null;
        foreach (var sample in samples)
        {
            if (sample.Measurand != measurand || sample.Location != place) continue;
            if (sample.Phase == Phase.None) return sample.Value;
            if (sample.Phase is Phase.L1 or Phase.L2 or Phase.L3) lines = (lines ?? 0) + sample.Value;
            else if (IsLine(sample.Phase)) toNeutral = (toNeutral ?? 0) + sample.Value;
        }

        return lines ?? toNeutral; // L1 and L1-N are two names of one phase
    }

    /// <summary>The total where given, else the largest phase: what the cable carries.</summary>
    private static decimal? Largest(ReadOnlySpan<Sample> samples, Measurand measurand)
    {
        var place = PlaceOf(samples, measurand);
        decimal? largest = null;
        foreach (var sample in samples)
        {
            if (sample.Measurand != measurand || sample.Location != place) continue;
            if (sample.Phase == Phase.None) return sample.Value;
            if (sample.Phase != Phase.N) largest = Math.Max(largest ?? sample.Value, sample.Value);
        }

        return largest;
    }

    /// <summary>The total where given, else the mean of the phases against neutral, else whatever there is.</summary>
    private static decimal? Mean(ReadOnlySpan<Sample> samples, Measurand measurand)
    {
        var place = PlaceOf(samples, measurand);
        decimal sum = 0;
        var count = 0;
        decimal? other = null;
        foreach (var sample in samples)
        {
            if (sample.Measurand != measurand || sample.Location != place) continue;
            if (sample.Phase == Phase.None) return sample.Value;
            if (IsLine(sample.Phase))
            {
                sum += sample.Value;
                count++;
            }
            else
            {
                other ??= sample.Value;
            }
        }

        return count > 0 ? sum / count : other;
    }

    // Quirk 38: power is often missing and can be had from volts and amperes.
    private static decimal? Apparent(ReadOnlySpan<Sample> samples, decimal? voltage)
    {
        if (voltage is not { } volts || Sum(samples, Measurand.CurrentImport) is not { } amperes) return null;
        if (Math.Abs(volts) >= 100_000m || Math.Abs(amperes) >= 100_000m) return null;
        return IsBetweenPhases(samples) ? volts * amperes / SqrtOf3 : volts * amperes;
    }

    private static bool IsBetweenPhases(ReadOnlySpan<Sample> samples)
    {
        var between = false;
        foreach (var sample in samples)
        {
            if (sample.Measurand != Measurand.Voltage) continue;
            if (sample.Phase is not (Phase.L1L2 or Phase.L2L3 or Phase.L3L1)) return false;
            between = true;
        }

        return between;
    }

    private static bool IsLine(Phase phase) =>
        phase is Phase.L1 or Phase.L2 or Phase.L3 or Phase.L1N or Phase.L2N or Phase.L3N;

    /// <summary>Of the places where it was measured, the one that counts.</summary>
    internal static MeterLocation PlaceOf(ReadOnlySpan<Sample> samples, Measurand measurand)
    {
        var best = Preference.Length;
        foreach (var sample in samples)
            if (sample.Measurand == measurand) best = Math.Min(best, Preference.IndexOf(sample.Location));
        return best < Preference.Length ? Preference[best] : MeterLocation.Outlet;
    }
}
