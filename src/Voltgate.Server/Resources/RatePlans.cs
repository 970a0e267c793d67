using System.Globalization;
using Voltgate.Domain.Rates;

namespace Voltgate.Server.Resources;

/// <summary>
/// Reads a rate of the wire as the plan that sessions are billed by: decimals become whole millionths.
/// </summary>
internal static class RatePlans
{
    private const decimal Million = 1_000_000m;
    private const decimal HourMs = 3_600_000m;

    public static RatePlan Of(RateResource rate, long version) => new(
        rate.Id,
        (int)version,
        rate.Name,
        rate.Currency,
        Prices(rate.DefaultRate ?? rate),
        [.. (rate.Layout ?? []).Select(Entry)],
        Micros(rate.MinimumAmount),
        Micros(rate.MaximumAmount));

    private static PriceList Prices(RateResource rate) =>
        new(rate.Id, rate.Name, [.. (rate.PriceComponents ?? []).Select(Component)]);

    private static PriceComponent Component(PriceComponentResource c) => new(
        c.Type switch
        {
            "TIME" => PriceType.Time,
            "PARKING_TIME" => PriceType.ParkingTime,
            "FLAT" => PriceType.Flat,
            _ => PriceType.Energy,
        },
        Micros(c.Price)!.Value,
        Micros(c.Tax) ?? 0,
        (long)((c.GracePeriod ?? 0) * HourMs),
        c.StepSize);

    private static ScheduleEntry Entry(LayoutEntryResource entry) => new(
        [.. entry.Target.DayOfWeek ?? []],
        Minute(entry.Target.StartTime),
        Minute(entry.Target.EndTime),
        Date(entry.Target.StartDate),
        Date(entry.Target.EndDate),
        Prices(entry.Rate));

    private static int Minute(string text) => RateRules.TryReadMinute(text, out var minute) ? minute : -1;

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    private static long? Micros(decimal? amount) => amount is { } a ? (long)(a * Million) : null;
}
