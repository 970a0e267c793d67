using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Domain;
using Voltgate.Domain.Rates;

namespace Voltgate.Tests.Domain;

/// <summary>Plans, instants and usage with defaults: prices in units of the currency, taxes in percent.</summary>
internal static class RatesGiven
{
    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    public static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    /// <summary>An instant from UTC text such as 2026-03-29T00:30Z or with its offset, +02:00.</summary>
    public static long At(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public static PriceComponent PerKWh(decimal price, decimal tax = 0, long? step = null) =>
        new(PriceType.Energy, Micros(price), Micros(tax), 0, step);

    public static PriceComponent PerHour(decimal price, decimal tax = 0, long? step = null) =>
        new(PriceType.Time, Micros(price), Micros(tax), 0, step);

    public static PriceComponent Parking(decimal price, decimal graceHours = 0, decimal tax = 0, long? step = null) =>
        new(PriceType.ParkingTime, Micros(price), Micros(tax), (long)(graceHours * 3_600_000), step);

    public static PriceComponent Once(decimal price, decimal tax = 0) =>
        new(PriceType.Flat, Micros(price), Micros(tax));

    public static RatePlan Plan(params PriceComponent[] components) =>
        new("plan", 1, "Plan", "EUR", Prices("day", components), []);

    public static PriceList Prices(string name, params PriceComponent[] components) =>
        new($"{name}-id", name, [.. components]);

    /// <summary>A schedule entry; times as HH:mm, days as 0 Sunday … 6 Saturday (none: every day).</summary>
    public static ScheduleEntry Window(string start, string end, PriceList prices, params int[] days) =>
        new([.. days], Minute(start), Minute(end), null, null, prices);

    public static ScheduleEntry Between(this ScheduleEntry entry, string? first, string? last) => entry with
    {
        StartDate = first is null ? null : DateOnly.Parse(first, CultureInfo.InvariantCulture),
        EndDate = last is null ? null : DateOnly.Parse(last, CultureInfo.InvariantCulture),
    };

    public static UsageSegment Used(decimal kWh = 0, long drawMs = 0, long idleMs = 0, int rate = 0) =>
        new(0, drawMs + idleMs, rate, Energy.FromKWh(kWh), drawMs, idleMs);

    public static decimal AmountOf(RatePlan plan, params ImmutableArray<UsageSegment> usage) =>
        Cost.AmountOf(plan, usage, 0) / 1_000_000m;

    private static int Minute(string text) =>
        RateRules.TryReadMinute(text, out var minute) ? minute : throw new FormatException(text);

    public static long Micros(decimal amount) => (long)(amount * 1_000_000);
}
