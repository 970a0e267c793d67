using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Told = Voltgate.Tests.Domain.RatesProperties.Story;

namespace Voltgate.Tests.Domain;

/// <summary>
/// A charge costs the same whoever asks and when: the preview, the running cost, the final cost and a recomputation,
/// over random sessions, schedules and zones, across both clock changes.
/// </summary>
public sealed class RatesAgreementProperties
{
    private const long LatestMs = 7_200_000;

    /// <summary>Something that a station says after a while; Late: how long ago it says that it was.</summary>
    internal sealed record Word(int Kind, long AfterMs, long LateMs, decimal Wh, ConnectorStatus Status);

    private static readonly Gen<Word> Words =
        from kind in Gen.Choose(0, 9)
        from after in Gen.OneOf(Gen.Choose(0, 90_000), Gen.Choose(0, 20_000_000))
        from late in Gen.OneOf(Gen.Constant(0), Gen.Choose(0, (int)LatestMs))
        from wh in Gen.OneOf(Gen.Choose(0, 40_000), Gen.Choose(0, 2_000_000))
        from status in Gen.Elements(
            ConnectorStatus.Charging, ConnectorStatus.SuspendedEV, ConnectorStatus.SuspendedEVSE,
            ConnectorStatus.Preparing, ConnectorStatus.Finishing)
        select new Word(kind, after, late, wh / 7m, status);

    private static readonly Gen<(Told Told, Told Other)> Pairs =
        RatesProperties.Stories.SelectMany(_ => RatesProperties.Stories, (told, other) => (told, other));

    [Fact]
    public void Preview_running_cost_final_cost_and_recomputation_agree() => ForEach(Pairs, pair =>
    {
        var (told, other) = pair;
        var story = Begin(told, told.Plan);
        foreach (var (_, to, chunk) in told.Told())
        {
            story.Status(chunk.Drawing ? ConnectorStatus.Charging : ConnectorStatus.SuspendedEV);
            story.Pass(to - story.Now);
            story.Shows(WhBy(told, to));
            AssertAgreed(story);
        }

        story.Stop(wh: WhBy(told, told.EndMs));
        AssertAgreed(story);
        Assert.Equal(LinesOf(Tariffing.BillOf(story.Session)!), LinesOf(QuoteOf(told, told.Plan)));
        Assert.Equal(LinesOf(QuoteOf(told, other.Plan)), LinesOf(BillUnder(other.Plan, story)));
        Assert.Equal(told.Chunks.Sum(c => c.MilliWh), story.Session.Consumed.MilliWh);
    });

    [Fact]
    public void A_recomputation_agrees_whatever_the_station_said() => ForEach(
        Pairs.SelectMany(p => Gen.Choose(1, 20).SelectMany(n => Gen.ArrayOf(Words, n)), (p, w) => (p.Told, p.Other, w)),
        all =>
        {
            var (told, other, words) = all;
            var (story, rival) = (Begin(told, told.Plan), Begin(told, other.Plan));
            foreach (var word in words)
            {
                Say(story, word);
                Say(rival, word);
                AssertAgreed(story);
            }

            foreach (var (session, twin) in story.Sessions.Values.Zip(rival.Sessions.Values))
                Assert.Equal(LinesOf(Tariffing.BillOf(twin)!), LinesOf(BillUnder(other.Plan, story, session)));
        });

    private static Story Begin(Told told, RatePlan plan)
    {
        var story = new Story(Given.Station(powerW: null)) { Now = told.StartMs, Plan = plan, Zone = told.Zone };
        story.Start(wh: 0);
        return story;
    }

    private static void Say(Story story, Word word)
    {
        var open = story.Station.Sessions.FirstOrDefault(s => s.Status == SessionStatus.Started);
        story.Pass(word.AfterMs);
        var atMs = story.Now - word.LateMs;
        var in1970 = word.LateMs;
        if (open is null) story.Start(wh: word.Wh, at: StationTime.At(word.Kind == 0 ? in1970 : atMs));
        else if (word.Kind == 0) story.Stop(open.Number, word.Wh, StationTime.At(atMs));
        else if (word.Kind == 1) story.Stop(open.Number, word.Wh, StationTime.At(in1970));
        else if (word.Kind == 2) story.Start(wh: word.Wh, at: StationTime.At(story.Now)); // it supersedes
        else if (word.Kind == 3) story.Meter(open.Number, Given.Register(in1970, word.Wh));
        else if (word.Kind < 7) story.Status(word.Status, atMs);
        else story.Meter(open.Number, Given.Register(atMs, word.Wh), Given.Register(story.Now, word.Wh + 1_000));
    }

    /// <summary>Each session of the story costs what it is shown to cost, by each way of reckoning it.</summary>
    private static void AssertAgreed(Story story)
    {
        foreach (var session in story.Sessions.Values)
        {
            var bill = Tariffing.BillOf(session)!;
            Assert.Equal(bill.AmountMicros, session.CostMicros);
            Assert.Equal(LinesOf(bill), LinesOf(BillUnder(session.Plan!, story, session)));
        }
    }

    private static Bill BillUnder(RatePlan plan, Story story, Session? session = null)
    {
        session ??= story.Session;
        return Tariffing.BillOf(Repricing.Under(plan, session, story.HistoryOf(session))!)!;
    }

    private static Bill QuoteOf(Told told, RatePlan plan) => Quote.Of(
        plan, told.Zone,
        [.. told.Told().Select(t => new Stretch(t.From, t.To, new Energy(t.Chunk.MilliWh), t.Chunk.Drawing))]);

    private static decimal WhBy(Told told, long atMs) =>
        told.Told().Where(t => t.To <= atMs).Sum(t => t.Chunk.MilliWh) / 1_000m;

    /// <summary>All that is in a bill, so that it can be compared as a value.</summary>
    private static IEnumerable<object> LinesOf(Bill bill) => [bill.AmountMicros, bill.Currency, .. bill.Lines];

    private static void ForEach<T>(Gen<T> stories, Action<T> check) =>
        Prop.ForAll(stories.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
