using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// Whether two schedule entries ever apply in the same minute. A window past midnight is two spans, the second on
/// the day after the one it belongs to, so days and dates of that span are moved by one.
/// </summary>
internal static class ScheduleOverlap
{
    private const int DaysInWeek = 7;

    public static bool Between(ScheduleEntry a, ScheduleEntry b) =>
        Spans(a).Any(x => Spans(b).Any(y => x.Meets(y) && ShareADay(a, x.DaysLater, b, y.DaysLater)));

    private static ImmutableArray<Span> Spans(ScheduleEntry entry) => entry.PastMidnight
        ? [new Span(entry.StartMinute, 1_440, 0), new Span(0, entry.EndMinute, 1)]
        : [new Span(entry.StartMinute, entry.EndMinute, 0)];

    /// <summary>
    /// Among the days that both date limits leave, the days of the week decide, and those come round in seven.
    /// Without a first day any week will do.
    /// </summary>
    private static bool ShareADay(ScheduleEntry a, int aLater, ScheduleEntry b, int bLater)
    {
        var first = Math.Max(First(a) + aLater, First(b) + bLater);
        var last = Math.Min(Last(a) + aLater, Last(b) + bLater);
        for (var day = first; day <= Math.Min(last, first + DaysInWeek - 1); day++)
            if (OnDayOfWeek(a, day - aLater) && OnDayOfWeek(b, day - bLater))
                return true;
        return false;
    }

    private static int First(ScheduleEntry entry) => entry.StartDate?.DayNumber ?? 0;

    private static int Last(ScheduleEntry entry) => entry.EndDate?.DayNumber ?? DateOnly.MaxValue.DayNumber;

    /// <summary>Day number 0, 1 January of the year 1, is a Monday.</summary>
    private static bool OnDayOfWeek(ScheduleEntry entry, int dayNumber) =>
        entry.DaysOfWeek.IsDefaultOrEmpty
        || entry.DaysOfWeek.Contains((dayNumber + 1 + DaysInWeek) % DaysInWeek);

    private readonly record struct Span(int From, int To, int DaysLater)
    {
        public bool Meets(Span other) => From < other.To && other.From < To;
    }
}
