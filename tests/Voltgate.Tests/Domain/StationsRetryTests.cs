using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Repeats, strangers' numbers and broken order: D02 to D06, D15 and reliability §9.2.</summary>
public sealed class StationsRetryTests
{
    private readonly Story story = new(Given.Station(connectors: 2));

    [Fact]
    public void A_start_that_is_said_again_gets_the_first_answer_again()
    {
        var at = StationTime.At(story.Now);
        var first = story.Start(at: at);
        for (var i = 0; i < 5; i++)
        {
            story.Pass(Minute);
            Assert.Equal(first, story.Start(at: at));
        }

        Assert.Equal([EventTypes.SessionStarted], story.SessionEvents);
        Assert.Equal(Noon, story.Session.StartedAtMs);
    }

    [Fact]
    public void A_start_that_was_refused_is_refused_again_in_the_same_words()
    {
        var at = StationTime.At(story.Now);
        var first = story.Start("NOBODY", at: at);
        story.Tokens["nobody"] = Card("NOBODY");

        Assert.Equal(first, story.Start("NOBODY", at: at));
        Assert.Single(story.EventTypes, EventTypes.TokenUnknown);
    }

    [Fact]
    public void A_start_that_is_said_again_after_the_end_gets_the_first_answer_and_opens_nothing()
    {
        var at = StationTime.At(story.Now);
        var first = story.Start(at: at);
        story.Pass(Hour);
        story.Stop();
        story.Pass(30 * Day);

        Assert.Equal(first, story.Start(at: at));
        Assert.Equal(SessionStatus.Ended, story.Session.Status);
    }

    [Fact]
    public void A_boot_between_a_start_and_its_repeat_changes_nothing()
    {
        var at = StationTime.At(story.Now);
        var first = story.Start(at: at);
        story.Do(new LinkDown());
        story.Pass(Minute);
        story.Do(new LinkUp("ocpp1.6"));
        story.Boot();

        Assert.Equal(first, story.Start(at: at));
        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void A_stop_that_is_said_five_times_ends_once()
    {
        var number = story.Start().Number;
        story.Pass(Hour);
        var at = StationTime.At(story.Now);
        story.Stop(number, 3_000, at);
        var ended = story.Session;
        for (var i = 0; i < 4; i++)
        {
            story.Pass(Minute);
            Assert.Equal(new SessionClosed(null), story.Stop(number, 3_000, at));
        }

        Assert.Equal(ended, story.Session);
        Assert.Equal([EventTypes.SessionStarted, EventTypes.SessionEnded], story.SessionEvents);
    }

    [Fact]
    public void A_second_stop_with_another_register_is_flagged_and_the_first_one_counts()
    {
        var number = story.Start().Number;
        story.Pass(Hour);
        story.Stop(number, 3_000);
        story.Stop(number, 9_000);
        story.Stop(number, 9_000);

        Assert.Equal((Wh(3_000), Wh(2_000)), (story.Session.MeterStop, story.Session.Consumed));
        Assert.Equal(["second_stop"], story.Session.Review);
        Assert.Equal(
            [EventTypes.SessionStarted, EventTypes.SessionEnded, EventTypes.SessionUpdated], story.SessionEvents);
    }

    [Theory]
    [InlineData(424_242)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_stop_that_fits_no_session_is_answered_and_kept(int number)
    {
        Assert.Equal(new SessionClosed(Authorization.Accepted), story.Stop(number, 3_000, tag: "CARD"));
        story.Stop(number, 3_000, StationTime.At(Noon), "CARD"); // a retry is kept once

        var orphan = Assert.Single(story.Station.Orphans);
        Assert.Equal((number, Wh(3_000), "CARD"), (orphan.Number, orphan.MeterStop, orphan.IdTag));
        Assert.Empty(story.Sessions);
    }

    [Fact]
    public void A_stop_with_an_unknown_number_is_never_guessed_onto_the_open_session()
    {
        story.Start();
        story.Pass(Hour);
        story.Stop(424_242, 3_000, tag: "CARD");

        Assert.Equal(SessionStatus.Started, story.Session.Status);
        Assert.Single(story.Station.Orphans);
    }

    [Fact]
    public void Another_station_s_number_changes_nothing_and_is_reported()
    {
        story.Start();
        story.ForeignNumbers.Add(77);
        var before = story.Session;
        story.Stop(77, 3_000);
        story.Meter(77, Register(story.Now, 9_000));

        Assert.Equal(before, story.Session);
        Assert.Equal(
            ["foreign_transaction", "foreign_transaction"],
            story.Events.OfType<SecurityNotice>().Select(n => n.Kind));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_stop_without_a_number_ends_the_one_session_that_fits(int number)
    {
        story.Start("CARD", 1_000);
        story.Start("OTHER", 50_000, connector: 2);
        story.Pass(Hour);
        story.Stop(number, 4_000, tag: "CARD");

        var session = story.Sessions.Values.Single(s => s.IdTag == "CARD");
        Assert.Equal((SessionStatus.Ended, Wh(3_000)), (session.Status, session.Consumed));
        Assert.Equal(["stop_without_number"], session.Review);
        Assert.Single(story.Station.Sessions);
        Assert.Empty(story.Station.Orphans);
    }

    [Fact]
    public void A_stop_without_a_number_that_fits_two_sessions_is_left_to_a_person()
    {
        story.Start("CARD", 1_000);
        story.Start("OTHER", 1_000, connector: 2);
        story.Pass(Hour);
        story.Stop(0, 4_000);

        Assert.Equal(2, story.Station.Sessions.Length);
        Assert.Single(story.Station.Orphans);
    }

    [Fact]
    public void A_stop_before_its_start_joins_it()
    {
        story.Stop(-1, 4_000, StationTime.At(Noon - Hour), "CARD");
        story.Pass(Minute);
        var opened = story.Start("CARD", 1_000, StationTime.At(Noon - 2 * Hour));

        Assert.Equal(story.Session.Number, opened.Number);
        Assert.Equal((SessionStatus.Ended, Wh(3_000)), (story.Session.Status, story.Session.Consumed));
        Assert.Equal((Noon - 2 * Hour, Noon - Hour), (story.Session.StartedAtMs, story.Session.EndedAtMs));
        Assert.Equal(["stop_before_start"], story.Session.Review);
        Assert.Empty(story.Station.Orphans);
        Assert.Equal([EventTypes.SessionStarted, EventTypes.SessionEnded], story.SessionEvents);
    }

    [Fact]
    public void A_stop_that_nobody_claimed_does_not_end_a_later_session()
    {
        story.Stop(-1, 4_000, StationTime.At(Noon), "CARD");
        story.Pass(Minute);
        story.Start("CARD", 4_000);

        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void Of_several_stops_the_first_one_after_the_start_joins_it()
    {
        story.Stop(-1, 9_000, StationTime.At(Noon - Hour), "CARD");
        story.Stop(-1, 4_000, StationTime.At(Noon - 3 * Hour), "CARD");
        story.Start("CARD", 1_000, StationTime.At(Noon - 4 * Hour));
        story.Start("CARD", 4_000, StationTime.At(Noon - 2 * Hour));

        Assert.Equal([Wh(3_000), Wh(5_000)], story.Sessions.Values.Select(s => s.Consumed));
        Assert.All(story.Sessions.Values, s => Assert.Equal(SessionStatus.Ended, s.Status));
    }

    [Fact]
    public void A_stop_at_the_very_moment_of_the_next_start_does_not_end_it()
    {
        story.Stop(-1, 4_000, StationTime.At(Noon), "CARD");
        story.Start("CARD", 4_000, StationTime.At(Noon));

        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void A_stop_without_a_clock_that_waited_for_its_start_ended_when_it_arrived()
    {
        story.Stop(-1, 4_000, StationTime.At(0), "CARD");
        story.Pass(5 * Hour);
        story.Start("CARD", 1_000, StationTime.At(Noon - Hour));

        Assert.Equal(Noon, story.Session.EndedAtMs);
        Assert.Equal(["clock", "stop_before_start"], story.Session.Review);
    }
}
