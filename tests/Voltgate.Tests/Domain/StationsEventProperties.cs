using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Whatever way the pieces of a transaction take, they are one session and one bill.</summary>
public sealed class StationsEventProperties
{
    // As many as a log keeps apart.
    private static readonly Gen<int[]> Few =
        Gen.Choose(0, 50).SelectMany(n => Gen.ArrayOf(Gen.Choose(0, 255), n));

    [Fact]
    public void Any_order_and_any_repetition_of_the_pieces_give_the_same_bill()
    {
        var ways =
            from pieces in Gen.Choose(2, 8)
            from first in Gen.Choose(0, 3)
            from extra in Gen.ListOf(Gen.Choose(0, pieces - 1))
            from order in Gen.Shuffle(Enumerable.Range(0, pieces).Concat(extra))
            from tagged in Gen.Choose(0, pieces - 1)
            select (pieces, first, order, tagged);
        Prop.ForAll(ways.ToArbitrary(), way =>
        {
            var (pieces, first, order, tagged) = way;
            var inOrder = Told(pieces, first, tagged, Enumerable.Range(0, pieces));
            var session = Told(pieces, first, tagged, order);

            Assert.Equal(SessionStatus.Ended, session.Status);
            Assert.Equal(
                (inOrder.Consumed, inOrder.CostMicros, inOrder.User, inOrder.MeterStart, inOrder.MeterStop),
                (session.Consumed, session.CostMicros, session.User, session.MeterStart, session.MeterStop));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void A_log_of_numbers_knows_just_those_that_were_put_in()
    {
        Prop.ForAll(Few.ToArbitrary(), numbers =>
        {
            var log = numbers.Aggregate(default(string), (known, n) => SequenceLog.Add(known, n));
            Assert.All(Enumerable.Range(0, 256), n => Assert.Equal(
                numbers.Contains(n), SequenceLog.Contains(log, n)));
            Assert.Equal(numbers.Length == 0 ? default(int?) : numbers.Max(), SequenceLog.Last(log));
            // A station of 2.0.1 may count from below zero.
            var below = numbers.Aggregate(default(string), (known, n) => SequenceLog.Add(known, n - 100));
            Assert.All(Enumerable.Range(-100, 256), n => Assert.Equal(
                numbers.Contains(n + 100), SequenceLog.Contains(below, n)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    /// <summary>The session of pieces that come in this order; each is a minute and a kilowatt-hour later.</summary>
    private static Session Told(int pieces, int first, int tagged, IEnumerable<int> order)
    {
        var story = new Story(Station() with { Protocol = "ocpp2.1" }) { Plan = Plan(), Now = Noon + Hour };
        foreach (var n in order)
        {
            var at = Noon + (n * 5 * Minute);
            var moment = n == 0 ? TransactionMoment.Started
                : n == pieces - 1 ? TransactionMoment.Ended : TransactionMoment.Updated;
            story.Say(new TransactionTold(
                "tx", first + n, moment, StationTime.At(at), new Place(1, 1), [Register(at, 1_000 * n)])
            {
                IdTag = n == tagged ? "CARD" : null,
            });
        }

        return Assert.Single(story.Sessions.Values);
    }
}
