using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

public enum PriceType
{
    Energy,
    Time,
    ParkingTime,
    Flat,
}

/// <summary>One price of a rate (api-contract §3 Rate). Price: millionths of the currency per kWh, hour or session.</summary>
/// <param name="TaxMicroPercent">Tax in millionths of a percent: 19 % is 19,000,000.</param>
/// <param name="GracePeriodMs">PARKING_TIME: idle time that costs nothing.</param>
/// <param name="StepSize">Quantities are rounded up to multiples of this: Wh for ENERGY, seconds for the times.</param>
public sealed record PriceComponent(
    PriceType Type, long PriceMicros, long TaxMicroPercent = 0, long GracePeriodMs = 0, long? StepSize = null);

/// <summary>A price list: at most one component of each type.</summary>
public sealed record PriceList(string Rate, string Name, ImmutableArray<PriceComponent> Components);

/// <summary>When a scheduled price list applies, in the location's own time.</summary>
/// <param name="DaysOfWeek">0 Sunday … 6 Saturday; empty: every day.</param>
/// <param name="StartMinute">Minute of the day, inclusive.</param>
/// <param name="EndMinute">Minute of the day, exclusive; 1440 is midnight. Less than StartMinute: past midnight.</param>
/// <param name="StartDate">First day it applies (yyyy-MM-dd), or null.</param>
/// <param name="EndDate">Last day it applies, inclusive, or null.</param>
public sealed record ScheduleEntry(
    ImmutableArray<int> DaysOfWeek, int StartMinute, int EndMinute, DateOnly? StartDate, DateOnly? EndDate, PriceList Prices);

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
    /// <summary>The price list of a usage segment: 0 the default, n the n-th schedule entry.</summary>
    public PriceList PricesOf(int rateIndex) => rateIndex == 0 ? Default : Schedule[rateIndex - 1].Prices;
}
