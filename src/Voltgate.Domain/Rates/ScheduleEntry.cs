using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// When a scheduled price list applies, in the location's own time. A window past midnight belongs to the day on
/// which it begins: Friday 22:00 to 06:00 reaches into Saturday, whatever the entry says of Saturdays.
/// </summary>
/// <param name="DaysOfWeek">0 Sunday … 6 Saturday; empty: every day.</param>
/// <param name="StartMinute">Minute of the day, inclusive.</param>
/// <param name="EndMinute">Minute of the day, exclusive; 1440 is midnight. Less than the start: past midnight.</param>
/// <param name="StartDate">First day it applies (yyyy-MM-dd), or null.</param>
/// <param name="EndDate">Last day it applies, inclusive, or null.</param>
public sealed record ScheduleEntry(
    ImmutableArray<int> DaysOfWeek,
    int StartMinute,
    int EndMinute,
    DateOnly? StartDate,
    DateOnly? EndDate,
    PriceList Prices)
{
    internal bool PastMidnight => EndMinute < StartMinute;

    internal bool Covers(DateOnly day, int minute) => PastMidnight
        ? (minute >= StartMinute && BeginsOn(day)) || (minute < EndMinute && BeginsOn(day.AddDays(-1)))
        : minute >= StartMinute && minute < EndMinute && BeginsOn(day);

    internal bool BeginsOn(DateOnly day) =>
        (StartDate is null || day >= StartDate)
        && (EndDate is null || day <= EndDate)
        && (DaysOfWeek.IsDefaultOrEmpty || DaysOfWeek.Contains((int)day.DayOfWeek));
}
