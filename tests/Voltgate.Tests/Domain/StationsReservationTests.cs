using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Access;
using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>
/// Places that are kept for somebody (OCPP 1.6 §5.13, §5.2), and what no order of events may do to them.
/// </summary>
public sealed class StationsReservationTests
{
    [Fact]
    public void A_release_that_nobody_answers_is_said_again_until_the_place_is_free_by_itself()
    {
        var story = new Story();
        var id = Reserve(story).Id;
        story.Answer(Answer.Accepted);
        story.Order(new CancelReservation(id));
        story.Pass(31 * Minute);
        Assert.InRange(story.Commands.Count(c => c.Command is ReleasePlace), 10, 16);
        Assert.Empty(story.Station.Reservations);
    }

    [Fact]
    public void An_answer_that_comes_after_it_was_given_up_changes_nothing()
    {
        var story = new Story();
        Reserve(story);
        var errand = story.Commands[^1].Errand;
        story.Pass(61_000);
        story.Do(new Answered(errand, new Receipt(Answer.Accepted, "Accepted")));
        Assert.Equal(ReservationStatus.Refused, Assert.Single(story.Reservations.Values).Status);
        Assert.IsType<ReleasePlace>(story.Commands[^1].Command);
    }

    [Fact]
    public void A_repeated_start_uses_a_reservation_once()
    {
        var story = new Story();
        var number = Reserve(story).Number;
        story.Answer(Answer.Accepted);
        var start = new TransactionStarted(new Place(1), "VIRTUAL", Wh(0), StationTime.At(story.Now), number);
        story.Say(start);
        story.Say(start);
        Assert.Single(story.Events.OfType<ReservationEvent>(), e => e.Type == EventTypes.ReservationUsed);
    }

    [Fact]
    public void One_that_is_said_again_and_told_Occupied_because_of_itself_stands()
    {
        var story = new Story();
        Reserve(story);
        story.Answer(Answer.Accepted);
        story.Status(ConnectorStatus.Reserved);
        story.Boot();
        Assert.IsType<ReservePlace>(story.Commands[^1].Command);
        story.Answer(Answer.Rejected, "Occupied");
        Assert.Equal(ReservationStatus.Active, Assert.Single(story.Reservations.Values).Status);
    }

    [Fact]
    public void The_whole_station_going_out_of_service_ends_all_of_them()
    {
        var story = new Story(Given.Station(connectors: 2));
        Reserve(story, connector: null);
        story.Answer(Answer.Accepted);
        story.Say(new ConnectorReported(
            Place.Station, ConnectorStatus.Unavailable, "NoError", null, null, StationTime.At(story.Now)));
        Assert.Equal(ReservationStatus.Cancelled, Assert.Single(story.Reservations.Values).Status);
    }

    private sealed record Happening(int Kind, int A, int B);

    private static readonly Gen<Happening[]> Many = Gen.Choose(1, 50).SelectMany(n => Gen.ArrayOf(
        from kind in Gen.Choose(0, 13)
        from a in Gen.Choose(0, 1_000)
        from b in Gen.Choose(0, 1_000)
        select new Happening(kind, a, b), n));

    [Fact]
    public void In_whatever_order_things_happen_an_end_is_an_end_and_the_station_is_told() => Prop.ForAll(
        Many.ToArbitrary(), happenings =>
        {
            var story = new Story(Given.Station(connectors: 2));
            foreach (var happening in happenings)
            {
                story.Now += happening.B % 3 == 0 ? happening.B * 1_000L : happening.B;
                var before = story.Reservations.ToDictionary();
                story.Do(InputOf(story, happening));
                foreach (var (id, was) in before) Changed(was, story.Reservations[id]);
                Assert.Equal(
                    story.Station.Reservations.Count(r => r.IsOpen),
                    story.Reservations.Values.Count(r => r.IsOpen));
                Assert.All(story.Station.Reservations, r => Assert.NotNull(r.DueAtMs));
            }

            story.Pass(25 * Hour);
            Assert.Empty(story.Station.Reservations);
            Assert.DoesNotContain(story.Reservations.Values, r => r.IsOpen || r.OwesRelease || r.DueAtMs is not null);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static void Changed(Reservation was, Reservation now)
    {
        if (was.IsOpen || was.Status == now.Status) return;
        // The only way back: a start that lay in the station's queue.
        Assert.Equal((ReservationStatus.Expired, ReservationStatus.Used), (was.Status, now.Status));
    }

    private static StationInput InputOf(Story story, Happening h) => h.Kind switch
    {
        0 => new LinkUp("ocpp1.6"),
        1 => new LinkDown(),
        2 => new TimedOut(),
        3 => new Said(new Booted(new BootInfo("V", "M"))),
        4 => new Said(new ConnectorReported(
            new Place(h.A % 3), (ConnectorStatus)(h.B % 9), "NoError", null, null, StationTime.At(story.Now))),
        5 or 6 => new Said(new TransactionStarted(
            new Place(1 + (h.A % 2)), h.B % 2 == 0 ? "VIRTUAL" : "OTHER", Wh(h.A),
            StationTime.At(story.Now - (h.A % 4 == 0 ? Hour : 0)), NumberOf(story, h.A))),
        7 => new Said(new TransactionEnded(
            story.Station.Sessions.FirstOrDefault()?.Number ?? 1, null, Wh(9_000), StationTime.At(story.Now), "Local",
            [])),
        8 or 9 or 10 => new Ordered(new MakeReservation(
            (h.A % 3) switch { 0 => "c1", 1 => "c2", _ => null }, h.B % 2 == 0 ? Virtual() : Card("OTHER"),
            story.Now + ((1 + (h.A % 240)) * Minute), "{}")),
        11 => new Ordered(new CancelReservation(story.Reservations.Keys.ElementAtOrDefault(h.A % 5) ?? "none")),
        _ => new Answered(
            story.Commands.Count == 0 ? default : story.Commands[h.A % story.Commands.Count].Errand,
            new Receipt((Answer)(h.B % 5), h.B % 7 == 0 ? "Occupied" : "Rejected")),
    };

    private static int? NumberOf(Story story, int a) => a % 2 == 0
        ? null
        : story.Reservations.Values.ElementAtOrDefault(a % 5)?.Number ?? 4;

    private static Reservation Reserve(Story story, string? connector = "c1") =>
        ((ReservationOrdered)story.Order(new MakeReservation(
            connector, Virtual(), story.Now + (30 * Minute), "{}"))).Reservation;
}
