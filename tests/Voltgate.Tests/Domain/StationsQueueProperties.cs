using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>
/// A few true sessions, told in any order, any message several times: what is billed is what was metered. The laws of
/// <see cref="StationsLaws"/> hold after each message.
/// </summary>
public sealed class StationsQueueProperties
{
    private const int Retold = 3;

    /// <summary>What happened: registers a minute apart, the first the start's, the last the stop's.</summary>
    internal sealed record Truth(string Tag, int Connector, long StartMs, ImmutableArray<int> Registers)
    {
        public long EndMs => StartMs + (Registers.Length - 1) * Minute;

        public decimal Consumed => Registers[^1] - Registers[0];
    }

    /// <param name="Part">0: the start; the last: the stop; between them: readings.</param>
    internal readonly record struct Told(int Session, int Part);

    internal sealed record Tale(ImmutableArray<Truth> Truths, ImmutableArray<Told> Messages, long GapMs);

    private static readonly Gen<Tale> Tales =
        from count in Gen.Choose(1, 4)
        from lengths in Gen.ArrayOf(Gen.Choose(2, 6), count)
        from steps in Gen.ArrayOf(Gen.Choose(0, 360), 6 * count)
        from connectors in Gen.ArrayOf(Gen.Choose(1, 2), count)
        from gap in Gen.Elements(0, 1, 1_000, 60_000)
        let truths = Truths(lengths, steps, connectors)
        let messages = Enumerable.Range(0, count)
            .SelectMany(s => Enumerable.Range(0, lengths[s]).Select(part => new Told(s, part)))
            .SelectMany(told => Enumerable.Repeat(told, Retold)).ToArray()
        from order in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), messages.Length)
        from kept in Gen.Choose(1, messages.Length)
        from isShuffled in Gen.Elements(true, true, false)
        select new Tale(
            truths,
            [.. (isShuffled ? messages.Zip(order).OrderBy(m => m.Second).Select(m => m.First) : messages).Take(kept)],
            gap);

    private static ImmutableArray<Truth> Truths(int[] lengths, int[] steps, int[] connectors)
    {
        var truths = ImmutableArray.CreateBuilder<Truth>();
        var (at, register, next) = (Noon - 2 * Day, 1_000, 0);
        for (var i = 0; i < lengths.Length; i++)
        {
            var registers = ImmutableArray.CreateBuilder<int>();
            for (var n = 0; n < lengths[i]; n++) registers.Add(register += steps[next++]);
            truths.Add(new Truth($"TAG{i}", connectors[i], at, registers.DrainToImmutable()));
            at = truths[^1].EndMs + 1_000;
        }

        return truths.DrainToImmutable();
    }

    private static Story Tell(Tale tale)
    {
        var story = new Story(Given.Station(connectors: 2)) { Plan = Plan() };
        var numbers = new Dictionary<int, int>();
        foreach (var (index, part) in tale.Messages)
        {
            var truth = tale.Truths[index];
            var number = numbers.GetValueOrDefault(index, -1); // the station knows it from our answer only
            var at = StationTime.At(truth.StartMs + part * Minute);
            if (part == 0)
            {
                var opened = story.Start(truth.Tag, truth.Registers[0], at, truth.Connector).Number;
                numbers.TryAdd(index, opened);
                Assert.Equal(numbers[index], opened); // a retry gets the first answer
            }
            else if (part == truth.Registers.Length - 1)
            {
                story.Stop(number, truth.Registers[part], at, truth.Tag);
            }
            else if (number > 0)
            {
                story.Meter(truth.Connector, number, Register(at.AtMs!.Value, truth.Registers[part]));
            }

            story.Now += tale.GapMs;
        }

        return story;
    }

    private static void ForEach(Action<Tale> check) =>
        Prop.ForAll(Tales.ToArbitrary(), check).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void However_it_is_told_each_session_is_one_session() => ForEach(tale =>
    {
        var story = Tell(tale);

        Assert.Equal(
            tale.Messages.Where(m => m.Part == 0).Select(m => tale.Truths[m.Session].Tag).Distinct().Order(),
            story.Sessions.Values.Select(s => s.IdTag).Order());
    });

    [Fact]
    public void What_was_metered_is_billed_once_and_nothing_else() => ForEach(tale =>
    {
        var story = Tell(tale);

        foreach (var session in story.Sessions.Values)
        {
            var index = int.Parse(session.IdTag[3..]);
            var truth = tale.Truths[index];
            var isStopHeard = tale.Messages.Contains(new Told(index, truth.Registers.Length - 1));
            if (isStopHeard)
            {
                Assert.Equal((Wh(truth.Consumed), truth.EndMs), (session.Consumed, session.EndedAtMs));
                Assert.Equal(SessionStatus.Ended, session.Status);
            }

            Assert.True(session.Consumed <= Wh(truth.Consumed), "Never more than was metered.");
            Assert.Equal(Wh(truth.Registers[0]) + session.Consumed, session.LastMeter);
            Assert.DoesNotContain("meter_rollback", session.Review);
            Assert.DoesNotContain("meter_jump", session.Review);
        }
    });
}
