using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// Folds what a session uses into segments, one for each stretch between two boundaries of its plan's schedule.
/// Time and energy are booked separately, for intervals that may overlap and come in any order: each lands in the
/// segment of its stretch, so the result depends on the intervals only and never on when they were told.
/// </summary>
public static class Usage
{
    /// <summary>An empty segment at the session's start. It keeps which price list was in force then (FLAT).</summary>
    public static ImmutableArray<UsageSegment> Begin(RatePlan plan, TimeZoneInfo zone, long startMs) =>
        [new UsageSegment(startMs, startMs, plan.IndexAt(startMs, zone), Energy.Zero, 0, 0)];

    /// <summary>Books [fromMs, toMs) as drawing or idle. An empty or backward interval changes nothing.</summary>
    public static ImmutableArray<UsageSegment> AddTime(
        RatePlan plan, TimeZoneInfo zone, ImmutableArray<UsageSegment> usage, long fromMs, long toMs, bool drawing)
    {
        var time = toMs - fromMs;
        if (time <= 0) return usage;
        return Add(plan, zone, usage, fromMs, toMs, drawing ? new Use(0, time, 0) : new Use(0, 0, time));
    }

    /// <summary>
    /// Books energy that was metered over [fromMs, toMs), linearly over time: each piece is rounded down to a
    /// milli-watt-hour and the last one takes the rest, so no energy is made or lost. An empty or backward interval
    /// books all of it at fromMs; no energy changes nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The energy is negative.</exception>
    public static ImmutableArray<UsageSegment> AddEnergy(
        RatePlan plan, TimeZoneInfo zone, ImmutableArray<UsageSegment> usage, long fromMs, long toMs, Energy energy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(energy.MilliWh, nameof(energy));
        if (energy.MilliWh == 0) return usage;
        return Add(plan, zone, usage, fromMs, Math.Max(fromMs, toMs), new Use(energy.MilliWh, 0, 0));
    }

    private static ImmutableArray<UsageSegment> Add(
        RatePlan plan, TimeZoneInfo zone, ImmutableArray<UsageSegment> usage, long fromMs, long toMs, Use use)
    {
        if (plan.HasSchedule) return Spread(plan, zone, usage, fromMs, toMs, use);
        return usage.IsDefaultOrEmpty
            ? [use.Over(fromMs, toMs, 0)]
            : [use.Onto(usage[0], fromMs, toMs)];
    }

    private static ImmutableArray<UsageSegment> Spread(
        RatePlan plan, TimeZoneInfo zone, ImmutableArray<UsageSegment> usage, long fromMs, long toMs, Use use)
    {
        var segments = usage.IsDefault ? ImmutableArray.CreateBuilder<UsageSegment>(1) : usage.ToBuilder();
        var rest = use;
        var at = fromMs;
        do
        {
            var end = plan.NextBoundary(at, toMs, zone);
            var piece = end == toMs ? rest : use.Part(end - at, toMs - fromMs);
            rest = rest.Less(piece);
            Place(plan, zone, segments, at, end, piece);
            at = end;
        }
        while (at < toMs);
        return segments.DrainToImmutable();
    }

    private static void Place(
        RatePlan plan,
        TimeZoneInfo zone,
        ImmutableArray<UsageSegment>.Builder segments,
        long fromMs,
        long toMs,
        Use use)
    {
        var i = segments.Count;
        while (i > 0 && segments[i - 1].FromMs > fromMs) i--;

        if (i > 0 && Continues(plan, zone, segments[i - 1], fromMs))
            segments[i - 1] = use.Onto(segments[i - 1], fromMs, toMs);
        else if (i < segments.Count && Joined(plan, zone, fromMs, segments[i].FromMs))
            segments[i] = use.Onto(segments[i], fromMs, toMs);
        else
            segments.Insert(i, use.Over(fromMs, toMs, plan.IndexAt(fromMs, zone)));
    }

    /// <summary>To is exclusive and may itself be a boundary: the last instant inside decides.</summary>
    private static bool Continues(RatePlan plan, TimeZoneInfo zone, UsageSegment segment, long atMs) =>
        atMs == segment.FromMs || atMs < segment.ToMs
        || Joined(plan, zone, Math.Max(segment.FromMs, segment.ToMs - 1), atMs);

    private static bool Joined(RatePlan plan, TimeZoneInfo zone, long earlierMs, long laterMs) =>
        plan.NextBoundary(earlierMs, laterMs + 1, zone) > laterMs;

    private readonly record struct Use(long MilliWh, long DrawMs, long IdleMs)
    {
        public Use Part(long part, long whole) =>
            new(Share(MilliWh, part, whole), Share(DrawMs, part, whole), Share(IdleMs, part, whole));

        public Use Less(Use other) =>
            new(MilliWh - other.MilliWh, DrawMs - other.DrawMs, IdleMs - other.IdleMs);

        public UsageSegment Over(long fromMs, long toMs, int rateIndex) =>
            new(fromMs, toMs, rateIndex, new Energy(MilliWh), DrawMs, IdleMs);

        public UsageSegment Onto(UsageSegment segment, long fromMs, long toMs) => new(
            Math.Min(segment.FromMs, fromMs),
            Math.Max(segment.ToMs, toMs),
            segment.RateIndex,
            new Energy(segment.Energy.MilliWh + MilliWh),
            segment.DrawMs + DrawMs,
            segment.IdleMs + IdleMs);

        // 128 bits: a megawatt-hour in milli-Wh times a month in milliseconds is more than a long holds.
        private static long Share(long amount, long part, long whole) => (long)((Int128)amount * part / whole);
    }
}
