using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

public enum PriceType
{
    Energy,
    Time,
    ParkingTime,
    Flat,
}

/// <summary>One price of a rate. Price: millionths of the currency per kWh, hour or session.</summary>
/// <param name="TaxMicroPercent">Tax in millionths of a percent: 19 % is 19,000,000.</param>
/// <param name="GracePeriodMs">PARKING_TIME: idle time that costs nothing.</param>
/// <param name="StepSize">Quantities are rounded up to multiples of this: Wh for ENERGY, seconds for the times.</param>
public sealed record PriceComponent(
    PriceType Type, long PriceMicros, long TaxMicroPercent = 0, long GracePeriodMs = 0, long? StepSize = null);

/// <summary>A price list: at most one component of each type. Rate: the id of the rate it was taken from.</summary>
public sealed record PriceList(string Rate, string Name, ImmutableArray<PriceComponent> Components);

/// <summary>
/// What a session is billed by, frozen when the session begins: one price list, or a schedule of them.
/// Currency: ISO 4217, upper case. Minimum and maximum: millionths, on the amount of the whole session.
/// </summary>
public sealed record RatePlan(
    string Id,
    int Version,
    string Name,
    string Currency,
    PriceList Default,
    ImmutableArray<ScheduleEntry> Schedule,
    long? MinimumMicros = null,
    long? MaximumMicros = null)
{
    internal bool HasSchedule => !Schedule.IsDefaultOrEmpty;

    /// <summary>The price list of a usage segment: 0 the default, n the n-th schedule entry.</summary>
    public PriceList PricesOf(int rateIndex) => rateIndex == 0 ? Default : Schedule[rateIndex - 1].Prices;

    /// <summary>The price list in force at an instant, by what a clock on the location's wall shows then.</summary>
    /// <param name="atMs">Unix milliseconds.</param>
    /// <param name="zone">The location's time zone.</param>
    public int IndexAt(long atMs, TimeZoneInfo zone)
    {
        if (!HasSchedule) return 0;
        var local = WallClock.At(atMs, zone);
        var day = DateOnly.FromDateTime(local);
        var minute = local.Hour * 60 + local.Minute;
        for (var i = 0; i < Schedule.Length; i++)
            if (Schedule[i].Covers(day, minute))
                return i + 1;
        return 0;
    }

    /// <summary>
    /// The first instant after afterMs and before beforeMs at which another price list comes into force;
    /// beforeMs when there is none. Both are unix milliseconds.
    /// </summary>
    public long NextBoundary(long afterMs, long beforeMs, TimeZoneInfo zone)
    {
        if (!HasSchedule) return beforeMs;
        var edge = WallClock.NextEdge(Schedule, afterMs, zone);
        if (edge >= beforeMs) return beforeMs;

        var index = IndexAt(afterMs, zone);
        while (edge < beforeMs && IndexAt(edge, zone) == index)
            edge = WallClock.NextEdge(Schedule, edge, zone);
        return Math.Min(edge, beforeMs);
    }
}
