using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// Instants and what a clock on the location's wall shows at them. Only this direction is asked, from the instant to
/// the wall, so there is never a local time to resolve that does not exist or exists twice: a window inside the hour
/// that spring skips does not happen, one inside the hour that autumn repeats happens twice.
/// </summary>
public static class WallClock
{
    private const long MinuteMs = 60_000;
    private const long DayMs = 24 * 60 * MinuteMs;

    /// <param name="atMs">Unix milliseconds.</param>
    public static DateTime At(long atMs, TimeZoneInfo zone)
    {
        var utc = Utc(atMs);
        return utc + zone.GetUtcOffset(utc);
    }

    /// <summary>
    /// The next instant at which the schedule may change its answer: a start or end of an entry, midnight, or a
    /// change of the zone's offset. Never more than a day ahead.
    /// </summary>
    public static long NextEdge(ImmutableArray<ScheduleEntry> schedule, long atMs, TimeZoneInfo zone)
    {
        var offset = Offset(atMs, zone);
        var intoDay = WallMs(atMs, offset);
        var step = DayMs - intoDay;
        foreach (var entry in schedule)
        {
            step = Math.Min(step, Until(entry.StartMinute * MinuteMs, intoDay));
            step = Math.Min(step, Until(entry.EndMinute * MinuteMs, intoDay));
        }

        var edge = atMs + step;
        return Offset(edge, zone) == offset ? edge : OffsetChange(atMs, edge, zone);
    }

    private static long Until(long edge, long intoDay) => edge > intoDay ? edge - intoDay : edge - intoDay + DayMs;

    private static long WallMs(long atMs, TimeSpan offset)
    {
        var intoDay = (atMs + offset.Ticks / TimeSpan.TicksPerMillisecond) % DayMs;
        return intoDay < 0 ? intoDay + DayMs : intoDay;
    }

    /// <summary>Halves (before, after] until the one instant is left at which the offset becomes another.</summary>
    private static long OffsetChange(long beforeMs, long afterMs, TimeZoneInfo zone)
    {
        var offset = Offset(beforeMs, zone);
        while (afterMs - beforeMs > 1)
        {
            var middle = beforeMs + (afterMs - beforeMs) / 2;
            if (Offset(middle, zone) == offset) beforeMs = middle;
            else afterMs = middle;
        }

        return afterMs;
    }

    private static TimeSpan Offset(long atMs, TimeZoneInfo zone) => zone.GetUtcOffset(Utc(atMs));

    private static DateTime Utc(long atMs) =>
        new(DateTime.UnixEpoch.Ticks + atMs * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
