using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// The price of what was used. The running cost, the final cost and any later recomputation come from here and agree
/// to the last digit: products are exact and each line is rounded once.
/// </summary>
public static class Cost
{
    private const decimal MilliWhPerKWh = 1_000_000;
    private const decimal MsPerHour = 3_600_000;
    private const decimal Micro = 1_000_000;

    /// <summary>
    /// The bill with its lines: FLAT first, then the segments in time order, in the order of their price lists.
    /// Lines without quantity are left out, and so is a FLAT of price 0; energy or time at price 0 is shown.
    /// </summary>
    public static Bill Of(RatePlan plan, ImmutableArray<UsageSegment> usage, long startMs, long endMs)
    {
        var lines = ImmutableArray.CreateBuilder<BillLine>();
        var amount = Amount(plan, usage, startMs, endMs, lines);
        return new Bill(amount, plan.Currency, lines.DrainToImmutable());
    }

    /// <summary>Of(…).AmountMicros without the lines: for every meter value of a running session.</summary>
    public static long AmountOf(RatePlan plan, ImmutableArray<UsageSegment> usage, long startMs) =>
        Amount(plan, usage, startMs, startMs, lines: null);

    private static long Amount(
        RatePlan plan,
        ImmutableArray<UsageSegment> usage,
        long startMs,
        long endMs,
        ImmutableArray<BillLine>.Builder? lines)
    {
        var total = Flat(plan.PricesOf(IndexAtStart(usage, startMs)), startMs, endMs, lines);
        var idleBefore = 0L;
        foreach (var segment in usage.IsDefault ? [] : usage)
        {
            total += Segment(plan.PricesOf(segment.RateIndex), segment, idleBefore, lines);
            idleBefore += segment.IdleMs;
        }

        total = Math.Max(total, plan.MinimumMicros ?? total);
        total = Math.Min(total, plan.MaximumMicros ?? total);
        return Iso4217.Round(total, plan.Currency);
    }

    /// <summary>
    /// The list in force at the session's start: of the last segment that begins no later, else of the first.
    /// Usage.Begin keeps it even if nothing was used then; without any segment it is the plan's default.
    /// </summary>
    private static int IndexAtStart(ImmutableArray<UsageSegment> usage, long startMs)
    {
        if (usage.IsDefaultOrEmpty) return 0;
        var i = 0;
        while (i + 1 < usage.Length && usage[i + 1].FromMs <= startMs) i++;
        return usage[i].RateIndex;
    }

    private static long Flat(PriceList prices, long startMs, long endMs, ImmutableArray<BillLine>.Builder? lines)
    {
        var total = 0L;
        foreach (var component in prices.Components)
            if (component is { Type: PriceType.Flat, PriceMicros: > 0 })
                total += Charge(prices, component, 1, startMs, endMs, lines);
        return total;
    }

    private static long Segment(
        PriceList prices, UsageSegment segment, long idleBefore, ImmutableArray<BillLine>.Builder? lines)
    {
        var total = 0L;
        foreach (var component in prices.Components)
        {
            var quantity = component.Type switch
            {
                PriceType.Energy => segment.Energy.MilliWh,
                PriceType.Time => segment.DrawMs,
                PriceType.ParkingTime => Beyond(component.GracePeriodMs, idleBefore, segment.IdleMs),
                _ => 0,
            };
            if (quantity > 0)
                total += Charge(prices, component, quantity, segment.FromMs, segment.ToMs, lines);
        }

        return total;
    }

    /// <summary>
    /// Grace is spent over the session in the order of time, by idle time under every price list, so a change of
    /// tariff does not grant it again.
    /// </summary>
    private static long Beyond(long graceMs, long idleBefore, long idle) =>
        Math.Clamp(idleBefore + idle - graceMs, 0, idle);

    private static long Charge(
        PriceList prices,
        PriceComponent component,
        long used,
        long fromMs,
        long toMs,
        ImmutableArray<BillLine>.Builder? lines)
    {
        var (perUnit, unit) = UnitOf(component.Type);
        var quantity = SteppedUp(component, used);
        // Multiplied before divided: an hour's third has no decimal, and a lost digit would turn a tie the wrong way.
        var before = HalfEven((decimal)component.PriceMicros * quantity / perUnit);
        var tax = HalfEven((decimal)before * component.TaxMicroPercent / (100 * Micro));

        lines?.Add(new BillLine(
            component.Type,
            prices.Name,
            prices.Rate,
            decimal.Round(quantity / perUnit, 9, MidpointRounding.ToEven),
            unit,
            component.PriceMicros / Micro,
            before / Micro,
            component.TaxMicroPercent / Micro,
            tax / Micro,
            (before + tax) / Micro,
            fromMs,
            toMs));
        return before + tax;
    }

    private static (decimal PerUnit, string Unit) UnitOf(PriceType type) => type switch
    {
        PriceType.Energy => (MilliWhPerKWh, "kWh"),
        PriceType.Flat => (1, "session"),
        _ => (MsPerHour, "hour"),
    };

    /// <summary>step_size counts watt-hours or seconds, quantities thousandths of them.</summary>
    private static long SteppedUp(PriceComponent component, long quantity)
    {
        if (component.Type == PriceType.Flat || component.StepSize is not > 0) return quantity;
        var step = component.StepSize.Value * 1_000;
        return (quantity + step - 1) / step * step;
    }

    private static long HalfEven(decimal micros) => (long)decimal.Round(micros, MidpointRounding.ToEven);
}
