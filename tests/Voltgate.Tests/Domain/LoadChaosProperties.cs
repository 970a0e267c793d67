using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Load;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>
/// A group of stations to which everything happens: sessions begin and end, links break, answers are lost, people set
/// limits. What the stations let flow together stays within the supply, apart from who has just plugged in.
/// </summary>
public sealed class LoadChaosProperties
{
    private const int Stations = 4;
    private static readonly LoadGroup Group = new(40_000, 4_000, 100, Stations);

    private enum Kind
    {
        Start,
        Stop,
        Meter,
        Cut,
        Return,
        Boot,
        Limit,
        Accept,
        Lose,
        LoseAfterHearing,
    }

    private static readonly Gen<(Kind Kind, int Who, int Watts)[]> Lives = (
        from kind in Gen.Frequency(
            (2, Gen.Constant(Kind.Start)), (1, Gen.Constant(Kind.Stop)), (2, Gen.Constant(Kind.Meter)),
            (1, Gen.Constant(Kind.Cut)), (1, Gen.Constant(Kind.Return)), (1, Gen.Constant(Kind.Boot)),
            (1, Gen.Constant(Kind.Limit)), (8, Gen.Constant(Kind.Accept)), (1, Gen.Constant(Kind.Lose)),
            (1, Gen.Constant(Kind.LoseAfterHearing)))
        from who in Gen.Choose(0, Stations - 1)
        from watts in Gen.Choose(0, 22_000)
        select (kind, who, watts)).ListOf().Select(l => l.ToArray());

    [Fact]
    public void What_flows_stays_within_the_supply() =>
        Prop.ForAll(Lives.ToArbitrary(), life => new Site().Live(life))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(60));

    /// <summary>A station as it really is: which limits it holds.</summary>
    private sealed class Box
    {
        public Box(int number) => Story = new Story(Given.Station() with
        {
            Id = $"station{number}",
            Connectors = [Given.Connector(1) with { Id = $"c{number}" }],
        });

        public Story Story { get; }

        public decimal? Default { get; set; }

        public Dictionary<int, decimal> Profiles { get; } = [];

        public Queue<Telling> Waiting { get; } = [];

        public Session? Session => Story.Station.Sessions.FirstOrDefault(s => s.Status == SessionStatus.Started);

        public decimal Flows => Session is not { } session ? 0
            : Math.Min(22_000, Profiles.TryGetValue(session.Number, out var own) ? own : Default ?? 22_000);

        public bool HasMore =>
            Session is { } session && Profiles.TryGetValue(session.Number, out var own) && own > Group.StartW;

        public void Hear(StationCommand command)
        {
            if (command is not SetProfile { Profile: var profile }) return;
            if (profile.Purpose == ProfilePurpose.SessionDefault) Default = profile.Periods[0].Limit;
            else Profiles[profile.Number!.Value] = profile.Periods[0].Limit;
        }
    }

    private sealed class Site
    {
        private readonly Box[] boxes = [.. Enumerable.Range(1, Stations).Select(n => new Box(n))];
        private readonly List<string> log = [];
        private long now = Given.Noon;

        public void Live((Kind Kind, int Who, int Watts)[] life)
        {
            Settle();
            foreach (var (kind, who, watts) in life)
            {
                log.Add($"{kind} {who} {watts}");
                Happen(kind, boxes[who], watts);
                Share();
                Hold(kind, who);
            }

            foreach (var box in boxes) Happen(Kind.Return, box, 0);
            Settle();
            Assert.True(boxes.Sum(b => b.Flows) <= Group.SharedW, "In the end too much.\n" + string.Join("\n", log));
        }

        private void Hold(Kind kind, int who)
        {
            // Whoever has just begun, or begins anew after a restart, draws no more than that on top of the shares.
            var newcomers = boxes.Where(b => b.Session is not null && !b.HasMore).Sum(b => b.Flows);
            var others = boxes.Where(b => b.HasMore).Sum(b => b.Flows);
            Assert.True(others <= Group.SharedW, $"{others} W flow after {kind} of {who}.\n" + string.Join("\n", log));
            Assert.True(newcomers <= Stations * Group.StartW, $"Newcomers draw {newcomers} W after {kind} of {who}.");
        }

        private void Happen(Kind kind, Box box, int watts)
        {
            var story = box.Story;
            switch (kind)
            {
                case Kind.Start when box.Session is null:
                    story.Start();
                    break;
                case Kind.Stop when box.Session is { } session:
                    story.Stop(session.Number);
                    break;
                case Kind.Meter when box.Session is { } session:
                    story.Meter(session.Number, Given.Reading(now, Given.Power(Math.Min(watts, box.Flows))));
                    break;
                case Kind.Cut when story.Station.Online:
                    Lose(box, isHeard: watts % 2 == 0);
                    story.Do(new LinkDown());
                    break;
                case Kind.Return when !story.Station.Online:
                    story.Do(new LinkUp("ocpp1.6"));
                    break;
                case Kind.Limit when box.Session is { } session && story.Station.Online:
                    Allow(box, session, watts);
                    break;
                case Kind.Accept:
                    Answer(box, Voltgate.Domain.Stations.Answer.Accepted, isHeard: true);
                    break;
                case Kind.Lose:
                    Answer(box, Voltgate.Domain.Stations.Answer.TimedOut, isHeard: false);
                    break;
                case Kind.LoseAfterHearing:
                    Answer(box, Voltgate.Domain.Stations.Answer.TimedOut, isHeard: true);
                    break;
                case Kind.Boot when story.Station.Online:
                    box.Profiles.Clear(); // OCPP 1.6 §3.13.1: a TxProfile does not outlive a restart, a default does
                    story.Boot();
                    break;
            }
        }

        /// <summary>As the API does it: no further than the group.</summary>
        private static void Allow(Box box, Session session, int watts)
        {
            var connector = box.Story.Station.Connectors[0];
            var limit = new PowerLimit(RateUnit.W, watts);
            var under = PowerLimits.Under(limit, connector, session);
            var profile = PowerLimits.OfSession(box.Story.Station, connector, session, under, box.Story.Now)!;
            box.Story.Order(new RunCommand(
                "session.set_power_limit", new SetProfile(connector.Place, profile), connector.Id, "{}", session.Id)
            {
                Limit = limit,
            });
            box.Waiting.Enqueue(box.Story.Last.Commands[^1]);
        }

        private static void Answer(Box box, Answer answer, bool isHeard)
        {
            if (!box.Waiting.TryDequeue(out var told)) return;
            if (isHeard) box.Hear(told.Command);
            box.Story.Do(new Answered(told.Errand, new Receipt(answer, answer.ToString())));
        }

        private static void Lose(Box box, bool isHeard)
        {
            while (box.Waiting.TryDequeue(out var told))
                if (isHeard) box.Hear(told.Command);
        }

        private void Share()
        {
            log.Add(string.Join(" | ", boxes.Select(b => $"{b.Flows} W {b.Story.Station.Connectors[0].Load}")));
            now += 5_000;
            foreach (var box in boxes) box.Story.Now = now;
            var seats = boxes.Select(b => new LoadSeat(b.Story.Station, b.Story.Station.Connectors[0])).ToList();
            foreach (var (seat, turn) in LoadRound.Of(Group, seats, now).Turns)
            {
                var box = boxes.Single(b => b.Story.Station.Id == seat.Station.Id);
                box.Story.Do(turn);
                foreach (var told in box.Story.Last.Commands) box.Waiting.Enqueue(told);
            }
        }

        private void Settle()
        {
            for (var i = 0; i < 40; i++)
            {
                Share();
                foreach (var box in boxes)
                    while (box.Waiting.Count > 0) Answer(box, Voltgate.Domain.Stations.Answer.Accepted, isHeard: true);
            }
        }
    }
}
