using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain;
using Voltgate.Domain.Rates;
using static Voltgate.Tests.Domain.RatesGiven;

namespace Voltgate.Tests.Domain;

/// <summary>What holds for every session: here over random schedules and zones, across both clock changes.</summary>
public sealed class RatesProperties
{
    private static readonly long Year = At("2026-01-01T00:00Z");

    /// <summary>A stretch of a session as it is told: milliseconds, energy, drawing or not.</summary>
    internal sealed record Chunk(long Ms, long MilliWh, bool Drawing);

    internal sealed record Story(RatePlan Plan, TimeZoneInfo Zone, long StartMs, ImmutableArray<Chunk> Chunks)
    {
        public long EndMs => StartMs + Chunks.Sum(c => c.Ms);

        public IEnumerable<(long From, long To, Chunk Chunk)> Told()
        {
            var at = StartMs;
            foreach (var chunk in Chunks)
            {
                yield return (at, at + chunk.Ms, chunk);
                at += chunk.Ms;
            }
        }

        public ImmutableArray<UsageSegment> Fold() => Told().Aggregate(
            Usage.Begin(Plan, Zone, StartMs), (usage, told) => Energy(Time(usage, told), told));

        public ImmutableArray<UsageSegment> Time(
            ImmutableArray<UsageSegment> usage, (long From, long To, Chunk Chunk) told) =>
            Usage.AddTime(Plan, Zone, usage, told.From, told.To, told.Chunk.Drawing);

        public ImmutableArray<UsageSegment> Energy(
            ImmutableArray<UsageSegment> usage, (long From, long To, Chunk Chunk) told) =>
            Usage.AddEnergy(Plan, Zone, usage, told.From, told.To, new Energy(told.Chunk.MilliWh));
    }

    private static Gen<PriceComponent> Component(PriceType type) =>
        from price in Gen.Choose(0, 3_000_000)
        from tax in Gen.Elements(0, 7_000_000, 8_875_000, 19_000_000, 100_000_000)
        from grace in Gen.Choose(0, 7_200_000)
        from step in Gen.Elements<long?>(null, 1, 60, 1_000)
        select new PriceComponent(
            type, price, tax, type == PriceType.ParkingTime ? grace : 0, type == PriceType.Flat ? null : step);

    private static Gen<PriceList> List(string name) =>
        from energy in Component(PriceType.Energy)
        from time in Component(PriceType.Time)
        from parking in Component(PriceType.ParkingTime)
        from flat in Component(PriceType.Flat)
        from kept in Gen.Choose(0, 15)
        select new PriceList(
            name, name, [.. new[] { energy, time, parking, flat }.Where((_, i) => (kept >> i & 1) == 1)]);

    private static readonly Gen<ScheduleEntry> Entry =
        from start in Gen.Choose(0, 95)
        from length in Gen.Choose(1, 95)
        from days in Gen.Choose(0, 127)
        from prices in List("entry")
        select new ScheduleEntry(
            [.. Enumerable.Range(0, 7).Where(d => (days >> d & 1) == 1)],
            start * 15,
            (start + length) * 15 % 1_440,
            null,
            null,
            prices);

    internal static readonly Gen<Story> Stories =
        from prices in List("default")
        from entries in Gen.Choose(0, 3).SelectMany(n => Gen.ArrayOf(Entry, n))
        from currency in Gen.Elements("EUR", "JPY", "KWD")
        from minimum in Gen.Elements<long?>(null, 2_000_000)
        from maximum in Gen.Elements<long?>(null, 9_000_000)
        from zone in Gen.Elements(Berlin, NewYork, TimeZoneInfo.Utc)
        from day in Gen.OneOf(Gen.Elements(66, 87, 296, 303), Gen.Choose(0, 364))
        from intoDay in Gen.Choose(0, 86_400_000)
        from count in Gen.Choose(1, 12)
        from chunks in Gen.ArrayOf(ChunkGen, count)
        select new Story(
            new RatePlan("p", 1, "P", currency, prices, [.. entries], minimum, maximum),
            zone,
            Year + day * 86_400_000L + intoDay,
            [.. chunks]);

    private static Gen<Chunk> ChunkGen =>
        from ms in Gen.OneOf(Gen.Choose(0, 60_000), Gen.Choose(0, 20_000_000))
        from energy in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 30_000_000))
        from drawing in Gen.Elements(true, false)
        select new Chunk(ms, energy, drawing);

    private static void ForEach(Action<Story> check) =>
        Prop.ForAll(Stories.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public void Nothing_told_is_lost_and_nothing_is_made() => ForEach(story =>
    {
        var usage = story.Fold();

        Assert.Equal(story.Chunks.Sum(c => c.MilliWh), usage.Sum(s => s.Energy.MilliWh));
        Assert.Equal(story.Chunks.Where(c => c.Drawing).Sum(c => c.Ms), usage.Sum(s => s.DrawMs));
        Assert.Equal(story.Chunks.Where(c => !c.Drawing).Sum(c => c.Ms), usage.Sum(s => s.IdleMs));
    });

    [Fact]
    public void Time_told_in_chunks_equals_time_told_at_once() => ForEach(story =>
    {
        var chunked = story.Told().Aggregate(
            ImmutableArray<UsageSegment>.Empty,
            (usage, told) => Usage.AddTime(story.Plan, story.Zone, usage, told.From, told.To, drawing: true));

        Assert.Equal(Usage.AddTime(story.Plan, story.Zone, [], story.StartMs, story.EndMs, drawing: true), chunked);
    });

    [Fact]
    public void The_order_of_telling_changes_neither_segments_nor_amount() => ForEach(story =>
    {
        var begun = Usage.Begin(story.Plan, story.Zone, story.StartMs);
        var energyLast = story.Told().Aggregate(
            story.Told().Aggregate(begun, story.Time), story.Energy);
        var backwards = story.Told().Reverse().Aggregate(begun, (u, told) => story.Time(story.Energy(u, told), told));

        Assert.Equal(story.Fold(), energyLast);
        Assert.Equal(story.Fold(), backwards);
        Assert.Equal(
            Cost.AmountOf(story.Plan, story.Fold(), story.StartMs),
            Cost.AmountOf(story.Plan, backwards, story.StartMs));
    });

    [Fact]
    public void Segments_follow_one_another_and_each_has_one_price_list_throughout() => ForEach(story =>
    {
        var usage = story.Fold();
        foreach (var (segment, next) in usage.Zip(usage.Skip(1)))
        {
            Assert.True(segment.ToMs <= next.FromMs);
            Assert.True(story.Plan.NextBoundary(segment.FromMs, next.FromMs + 1, story.Zone) <= next.FromMs);
        }

        // The boundaries are searched for; this asks the schedule at every quarter of an hour instead.
        foreach (var segment in usage)
            for (var at = segment.FromMs; at < segment.ToMs; at += 900_000)
                Assert.Equal(segment.RateIndex, story.Plan.IndexAt(at, story.Zone));
    });

    [Fact]
    public void The_running_amount_is_the_bill_s_amount_and_the_bill_adds_up() => ForEach(story =>
    {
        var usage = story.Fold();
        var bill = Cost.Of(story.Plan, usage, story.StartMs, story.EndMs);

        Assert.Equal(Cost.AmountOf(story.Plan, usage, story.StartMs), bill.AmountMicros);
        Assert.True(bill.AmountMicros >= 0);
        Assert.All(bill.Lines, l => Assert.Equal(l.BeforeTax + l.TotalTax, l.TotalCost));
        var sum = bill.Lines.Sum(l => l.TotalCost);
        sum = Math.Max(sum, (story.Plan.MinimumMicros ?? 0) / 1_000_000m);
        sum = Math.Min(sum, (story.Plan.MaximumMicros ?? long.MaxValue) / 1_000_000m);
        var decimals = Iso4217.MinorUnits(story.Plan.Currency);
        Assert.Equal(decimal.Round(sum, decimals, MidpointRounding.ToEven), bill.AmountMicros / 1_000_000m);
    });
}
