using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Stations;
using Authorization = Voltgate.Domain.Stations.Authorization;

namespace Voltgate.Tests.Domain;

/// <summary>
/// Whatever is lost on the way, and whatever a station forgets or another writes: once a link stands and the station
/// has booted, it holds the list that is wanted (OCPP 1.6 §5.10, §5.15).
/// </summary>
public sealed class StationsTokenListProperties
{
    private sealed record Happening(int Kind, int A);

    private static readonly Gen<Happening[]> Many = Gen.Choose(1, 40).SelectMany(n => Gen.ArrayOf(
        from kind in Gen.Choose(0, 9)
        from a in Gen.Choose(0, 1_000)
        select new Happening(kind, a), n));

    [Fact]
    public void A_station_that_boots_holds_what_is_wanted() => Prop.ForAll(Many.ToArbitrary(), happenings =>
    {
        var station = Given.Station();
        var box = new Box(new Story(station with
        {
            Configuration = station.Configuration.Add("SendLocalListMaxLength", "2"),
        }));
        box.Write(isFull: true, 7);
        foreach (var happening in happenings) box.Happen(happening.Kind, happening.A);
        box.Link(up: false);
        box.Link(up: true);
        box.Story.Boot();
        box.AnswerAll();
        var list = box.Story.Station.TokenList!;
        Assert.True(list.IsCurrent && list.Sent is null && list.Fault is null, $"{list}");
        Assert.Equal(list.Version, box.Version);
        Assert.Equal(list.Wanted.ToDictionary(t => t.IdTag), box.List);
        Assert.Empty(box.Story.Station.Actions);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>A station with a list, and its link: commands that nobody has answered die with it.</summary>
    private sealed class Box(Story story)
    {
        private int heard;

        public Story Story => story;

        public Dictionary<string, ListedToken> List { get; private set; } = [];

        public int Version { get; private set; }

        public void Happen(int kind, int a)
        {
            switch (kind)
            {
                case 0 or 1:
                    Write(isFull: a % 3 == 0, a);
                    break;
                case 2:
                    Link(up: false);
                    break;
                case 3:
                    Link(up: true);
                    break;
                case 4:
                    story.Boot();
                    break;
                case 5:
                    Link(up: false); // its power is gone, and its memory
                    (List, Version) = ([], 0);
                    break;
                case 6:
                    // Somebody else wrote it, forward: one who goes back to a version of ours nobody can tell (§5.15).
                    (List, Version) = ([], Math.Max(Version, 10_000) + 1_000 + a);
                    break;
                case 7:
                    Hear(isAnswered: false);
                    break;
                case 8:
                    story.Pass(61_000);
                    break;
                default:
                    Hear(isAnswered: true);
                    break;
            }
        }

        public void Write(bool isFull, int a)
        {
            var count = a % 6;
            ImmutableArray<ListedToken> tokens =
            [
                .. Enumerable.Range(a % 4, count).Select(i => new ListedToken(
                    $"T{i}", !isFull && (a + i) % 3 == 0 ? null : Authorization.Accepted, (a + i) % 5)),
            ];
            story.Order(new WriteList(isFull, null, tokens, "{}"));
        }

        public void Link(bool up)
        {
            heard = story.Commands.Count;
            story.Do(up ? new LinkUp("ocpp1.6") : new LinkDown());
        }

        public void AnswerAll()
        {
            for (var steps = 0; heard < story.Commands.Count; steps++)
            {
                Assert.True(steps < 100, "The station is told for ever.");
                Hear(isAnswered: true);
            }
        }

        /// <summary>The station obeys the oldest command; its answer may be lost.</summary>
        private void Hear(bool isAnswered)
        {
            if (heard >= story.Commands.Count || !story.Station.Online) return;
            var told = story.Commands[heard++];
            var receipt = told.Command switch
            {
                ReadTokenList => new Receipt(Answer.Accepted, "Accepted") { ListVersion = Version },
                WriteTokenList write => Obey(write),
                _ => null,
            };
            if (receipt is not null)
                story.Do(new Answered(told.Errand, isAnswered ? receipt : new Receipt(Answer.TimedOut, "NoAnswer")));
        }

        private Receipt Obey(WriteTokenList write)
        {
            Assert.True(write.Tokens.Count <= 2 && write.Version > 0);
            if (!write.IsFull && write.Version <= Version) return new Receipt(Answer.Rejected, "VersionMismatch");
            if (write.IsFull) List = [];
            foreach (var token in write.Tokens)
                if (token.Verdict is null) List.Remove(token.IdTag);
                else List[token.IdTag] = token;
            Version = write.Version;
            return new Receipt(Answer.Accepted, "Accepted");
        }
    }
}
