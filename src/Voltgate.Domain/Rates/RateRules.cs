using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>What is wrong with a rate: the field by its path on the wire, and a sentence saying what to do.</summary>
public sealed record RateProblem(string Field, string Message);

/// <summary>What a rate must be before it may bill anybody. Every problem is told, none throws.</summary>
public static class RateRules
{
    /// <summary>A million units per kWh or hour: more is a slip of the decimal point in any currency.</summary>
    public const long HighestPriceMicros = 1_000_000_000_000;

    private const long FullTaxMicroPercent = 100_000_000;
    private const long LongestGraceMs = 366L * 24 * 3_600_000;
    private const long LargestStep = 1_000_000_000;

    /// <summary>Currency, minimum and maximum, default prices (as <c>price_components</c>) and layout.</summary>
    public static ImmutableArray<RateProblem> Of(RatePlan plan) =>
    [
        .. OfAmounts(plan.Currency, plan.MinimumMicros, plan.MaximumMicros),
        .. OfComponents(plan.Default.Components),
        .. OfLayout(plan.Schedule),
    ];

    public static ImmutableArray<RateProblem> OfAmounts(string currency, long? minimumMicros, long? maximumMicros)
    {
        var problems = ImmutableArray.CreateBuilder<RateProblem>();
        void Check(bool fine, string field, string message) => Add(problems, fine, field, message);

        Check(Iso4217.Knows(currency), "currency", "Give a currency code of ISO 4217, such as EUR.");
        Check(minimumMicros is not < 0, "minimum_amount", "Give 0 or more, or leave it out.");
        Check(maximumMicros is not < 0, "maximum_amount", "Give 0 or more, or leave it out.");
        Check(!(maximumMicros < minimumMicros), "maximum_amount", "Give no less than minimum_amount.");
        return problems.DrainToImmutable();
    }

    public static ImmutableArray<RateProblem> OfComponents(ImmutableArray<PriceComponent> components)
    {
        var problems = ImmutableArray.CreateBuilder<RateProblem>();
        if (components.IsDefault) return [];
        for (var i = 0; i < components.Length; i++)
        {
            var component = components[i];
            var first = components.Select(c => c.Type).ToList().IndexOf(component.Type);
            var path = $"price_components[{i}]";
            Add(problems, first == i, $"{path}.type", $"Give each type once: it is that of price_components[{first}].");
            Component(problems, path, component);
        }

        return problems.DrainToImmutable();
    }

    /// <summary>Each entry by itself, then, if none is wrong, each pair for overlap. Prices are not read.</summary>
    public static ImmutableArray<RateProblem> OfLayout(ImmutableArray<ScheduleEntry> layout)
    {
        var problems = ImmutableArray.CreateBuilder<RateProblem>();
        if (layout.IsDefault) return [];
        for (var i = 0; i < layout.Length; i++)
            Entry(problems, $"layout[{i}].target", layout[i]);
        if (problems.Count > 0) return problems.DrainToImmutable();

        for (var later = 1; later < layout.Length; later++)
            for (var earlier = 0; earlier < later; earlier++)
                Add(
                    problems,
                    !ScheduleOverlap.Between(layout[earlier], layout[later]),
                    $"layout[{later}].target.start_time",
                    $"Choose times, days or dates that do not overlap those of layout[{earlier}].");
        return problems.DrainToImmutable();
    }

    /// <summary>Reads a time of day, 00:00 to 24:00, as the minute of the day.</summary>
    public static bool TryReadMinute(string text, out int minute)
    {
        minute = 0;
        if (text is not [var h1, var h2, ':', var m1, var m2]) return false;
        if (!char.IsAsciiDigit(h1) || !char.IsAsciiDigit(h2) || !char.IsAsciiDigit(m1) || !char.IsAsciiDigit(m2))
            return false;
        minute = ((h1 - '0') * 10 + h2 - '0') * 60 + (m1 - '0') * 10 + m2 - '0';
        return m1 <= '5' && minute <= 1_440;
    }

    private static void Component(ImmutableArray<RateProblem>.Builder problems, string path, PriceComponent component)
    {
        void Check(bool fine, string field, string message) => Add(problems, fine, $"{path}.{field}", message);

        var parking = component.Type == PriceType.ParkingTime;
        var flat = component.Type == PriceType.Flat;
        Check(component.PriceMicros is >= 0 and <= HighestPriceMicros, "price", "Give a price from 0 to 1000000.");
        Check(component.TaxMicroPercent is >= 0 and <= FullTaxMicroPercent, "tax", "Give a percentage from 0 to 100.");
        Check(component.GracePeriodMs is >= 0 and <= LongestGraceMs, "grace_period", "Give hours from 0 to 8784.");
        Check(parking || component.GracePeriodMs == 0, "grace_period", "Only PARKING_TIME has a grace period.");
        Check(component.StepSize is null or (> 0 and <= LargestStep), "step_size", "Give 1 or more, or leave it out.");
        Check(!flat || component.StepSize is null, "step_size", "A FLAT price has no step size: leave it out.");
    }

    private static void Entry(ImmutableArray<RateProblem>.Builder problems, string path, ScheduleEntry entry)
    {
        void Check(bool fine, string field, string message) => Add(problems, fine, $"{path}.{field}", message);

        var days = entry.DaysOfWeek.IsDefault ? [] : entry.DaysOfWeek;
        Check(days.All(d => d is >= 0 and <= 6), "day_of_week", "Give days from 0 (Sunday) to 6 (Saturday).");
        Check(entry.StartMinute is >= 0 and < 1_440, "start_time", "Give a time from 00:00 to 23:59.");
        Check(entry.EndMinute is >= 0 and <= 1_440, "end_time", "Give a time from 00:00 to 24:00.");
        Check(
            entry.StartMinute != entry.EndMinute,
            "end_time",
            "Give another time than start_time; a whole day is 00:00 to 24:00.");
        Check(!(entry.EndDate < entry.StartDate), "end_date", "Give a date no earlier than start_date.");
    }

    private static void Add(
        ImmutableArray<RateProblem>.Builder problems, bool fine, string field, string message)
    {
        if (!fine) problems.Add(new RateProblem(field, message));
    }
}
