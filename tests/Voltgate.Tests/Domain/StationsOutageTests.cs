using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Lost power, replaced boxes and old queues: D18, D19 and the offline rows of reliability §9.2.</summary>
public sealed class StationsOutageTests
{
    private readonly Story story = new() { Plan = Plan() };

    [Fact]
    public void A_boot_leaves_sessions_open_until_their_stop()
    {
        story.Start();
        story.Pass(Hour);
        story.Boot();
        story.Pass(2 * Day);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
        story.Stop(wh: 3_000, at: StationTime.At(Noon + 50 * Minute), reason: "PowerLoss");

        Assert.Equal((SessionStatus.Ended, "PowerLoss", Noon + 50 * Minute),
            (story.Session.Status, story.Session.StopReason, story.Session.EndedAtMs));
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_session_whose_stop_never_comes_is_closed_a_day_after_boot_and_free_connector()
    {
        CutPower();
        story.Pass(Day - 1);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
        story.Pass(1);

        Assert.Equal((SessionStatus.Ended, "policy"), (story.Session.Status, story.Session.StopReason));
        Assert.Equal((Noon + 30 * Minute, Wh(1_000)), (story.Session.EndedAtMs, story.Session.Consumed));
        Assert.Equal(["boot_without_stop", "closed_by_policy"], story.Session.Review);
    }

    [Fact]
    public void The_true_stop_reopens_a_session_that_was_closed_by_policy_once()
    {
        CutPower();
        story.Pass(2 * Day);
        story.Stop(wh: 2_500, at: StationTime.At(Noon + 40 * Minute), reason: "PowerLoss");
        story.Stop(wh: 9_000, at: StationTime.At(Noon + 50 * Minute), reason: "PowerLoss");

        Assert.Equal((Noon + 40 * Minute, Wh(1_500), "PowerLoss"),
            (story.Session.EndedAtMs, story.Session.Consumed, story.Session.StopReason));
        Assert.Equal(
            [EventTypes.SessionStarted, EventTypes.SessionUpdated, EventTypes.SessionEnded, EventTypes.SessionEnded,
                EventTypes.SessionUpdated],
            story.SessionEvents);
    }

    [Fact]
    public void A_replaced_station_closes_what_the_old_one_left_open()
    {
        story.Start();
        story.Pass(30 * Minute);
        story.Shows(2_000);
        story.Boot("serial-2");
        story.Start("OTHER", 0);

        var old = story.Sessions.Values.Single(s => s.IdTag == "CARD");
        Assert.Equal((SessionStatus.Ended, Noon + 30 * Minute), (old.Status, old.EndedAtMs));
        Assert.Equal(["station_replaced"], old.Review);
        Assert.Equal("OTHER", Assert.Single(story.Station.Sessions).IdTag);
    }

    [Fact]
    public void A_boot_with_the_same_serial_or_none_replaces_nothing()
    {
        story.Start();
        story.Boot();
        story.Say(new Booted(new BootInfo("Vendor", "Model")));

        Assert.Equal(SessionStatus.Started, story.Session.Status);
        Assert.Equal(2, story.EventTypes.Count(t => t == EventTypes.StationBoot));
    }

    [Fact]
    public void A_queue_that_is_months_old_is_taken_at_its_own_times()
    {
        story.Status(ConnectorStatus.Available);
        var old = Noon - 60 * Day;
        var number = story.Start(at: StationTime.At(old)).Number;
        story.Status(ConnectorStatus.Charging, old + Minute);
        story.Meter(number, Register(old + Hour, 4_000));
        story.Stop(number, 5_000, StationTime.At(old + 2 * Hour));

        Assert.Equal((SessionSource.Offline, old, old + 2 * Hour, Wh(4_000)), (
            story.Session.Source, story.Session.StartedAtMs, story.Session.EndedAtMs, story.Session.Consumed));
        Assert.Equal(ConnectorStatus.Available, story.Station.Connectors[0].Status);
        Assert.Equal(2_000_000, story.Session.CostMicros); // by today's rate: the one of then is not stored
    }

    [Fact]
    public void An_old_queue_stops_nobody_who_charges_today()
    {
        story.Request(new SessionTarget(Energy: Wh(500)));
        var old = story.Start("CARD", 1_000, StationTime.At(Noon - 60 * Day)).Number;
        story.Meter(old, Register(Noon - 60 * Day + Hour, 9_000));
        story.Stop(old, 9_000, StationTime.At(Noon - 60 * Day + 2 * Hour));
        story.Start("VIRTUAL", 9_000);

        Assert.DoesNotContain(story.Commands, c => c.Command is StopCharging);
    }

    [Fact]
    public void An_old_time_does_not_shorten_a_session_that_arrives_today()
    {
        story.Request(new SessionTarget(TimeMs: 30 * Minute));
        story.Pass(Minute);
        story.Start("VIRTUAL", at: StationTime.At(Noon + 10_000));

        Assert.Equal(Noon + 31 * Minute, story.Session.TimeLimitAtMs);
    }

    [Fact]
    public void A_session_that_goes_on_after_a_boot_is_not_given_up()
    {
        CutPower();
        story.Pass(Minute);
        story.Shows(2_100);
        story.Pass(3 * Hour);
        Assert.Equal((SessionStatus.Started, false), (story.Session.Status, story.Session.Interrupted));
        story.Pass(2 * Day);

        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void A_connector_that_is_in_use_again_after_a_boot_keeps_its_session()
    {
        CutPower();
        story.Pass(Minute);
        story.Status(ConnectorStatus.Charging);
        story.Pass(2 * Day);

        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }

    [Fact]
    public void A_connector_that_was_free_before_the_boot_and_is_still_lets_its_session_be_given_up()
    {
        story.Start();
        story.Status(ConnectorStatus.Available);
        story.Boot();
        story.Status(ConnectorStatus.Available);
        story.Pass(Day);

        Assert.Equal((SessionStatus.Ended, "policy"), (story.Session.Status, story.Session.StopReason));
    }

    [Fact]
    public void A_queued_reading_from_before_the_boot_shows_no_life()
    {
        CutPower();
        story.Meter(story.Session.Number, Register(Noon + 30 * Minute + 1_000, 2_010));
        story.Pass(Day);

        Assert.Equal(SessionStatus.Ended, story.Session.Status);
    }

    [Fact]
    public void An_old_start_does_not_take_today_s_status_for_its_own()
    {
        story.Status(ConnectorStatus.Charging);
        var old = Noon - 60 * Day;
        var number = story.Start(at: StationTime.At(old)).Number;
        story.Meter(number, Register(old + Hour, 4_000));
        story.Stop(number, 4_000, StationTime.At(old + 10 * Hour));

        Assert.Equal(Hour, story.Session.DrawMs);
    }

    private void CutPower()
    {
        story.Start();
        story.Pass(30 * Minute);
        story.Shows(2_000);
        story.Do(new LinkDown());
        story.Pass(Minute);
        story.Do(new LinkUp("ocpp1.6"));
        story.Boot();
        story.Status(ConnectorStatus.Available);
    }
}
