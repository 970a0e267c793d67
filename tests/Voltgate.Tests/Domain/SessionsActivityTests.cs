using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>When the vehicle drew energy: by the station's words, else by its meter.</summary>
public sealed class SessionsActivityTests
{
    private readonly Story story = new() { Plan = Plan(RatesGiven.PerHour(6), RatesGiven.Parking(3)) };

    [Fact]
    public void A_station_that_says_what_it_does_is_believed()
    {
        story.Status(ConnectorStatus.Preparing);
        story.Start();
        story.Pass(Minute);
        story.Status(ConnectorStatus.Charging);
        story.Pass(20 * Minute);
        story.Status(ConnectorStatus.SuspendedEVSE);
        story.Pass(5 * Minute);
        story.Status(ConnectorStatus.Charging);
        story.Pass(10 * Minute);
        story.Status(ConnectorStatus.SuspendedEV);
        story.Pass(24 * Minute);
        story.Stop();

        Assert.Equal(
            [
                new(Noon + Minute, Noon + 21 * Minute, ActivityStatus.Charging),
                new(Noon + 21 * Minute, Noon + 26 * Minute, ActivityStatus.SuspendedEVSE),
                new(Noon + 26 * Minute, Noon + 36 * Minute, ActivityStatus.Charging),
                new(Noon + 36 * Minute, Noon + 60 * Minute, ActivityStatus.SuspendedEV),
            ],
            story.Session.Activity);
        Assert.Equal(30 * Minute, story.Session.DrawMs);
        Assert.Equal(30 * Minute, story.Session.Usage.Sum(u => u.IdleMs));
        Assert.Equal(4_500_000, story.Session.CostMicros); // half an hour at 6, half an hour at 3
    }

    [Fact]
    public void For_a_station_without_such_words_the_meter_tells()
    {
        var number = story.Start().Number;
        foreach (var wh in (decimal[])[1_000, 1_100, 1_200, 1_200, 1_300])
        {
            story.Pass(10 * Minute);
            story.Meter(number, Register(story.Now, wh));
        }

        story.Pass(10 * Minute);
        story.Stop(wh: 1_300);
        Assert.Equal(
            [
                new(Noon, Noon + 10 * Minute, ActivityStatus.Idle),
                new(Noon + 10 * Minute, Noon + 30 * Minute, ActivityStatus.Charging),
                new(Noon + 30 * Minute, Noon + 40 * Minute, ActivityStatus.Idle),
                new(Noon + 40 * Minute, Noon + 50 * Minute, ActivityStatus.Charging),
                new(Noon + 50 * Minute, Noon + 60 * Minute, ActivityStatus.Idle),
            ],
            story.Session.Activity);
        Assert.Equal(30 * Minute, story.Session.DrawMs);
    }

    [Fact]
    public void A_vehicle_is_charged_once_when_it_suspends()
    {
        story.Start();
        story.Status(ConnectorStatus.Charging);
        story.Pass(10 * Minute);
        story.Status(ConnectorStatus.SuspendedEV);
        story.Status(ConnectorStatus.Charging);
        story.Pass(10 * Minute);
        story.Status(ConnectorStatus.SuspendedEV);

        Assert.Single(story.SessionEvents, EventTypes.SessionEvCharged);
    }

    [Fact]
    public void A_vehicle_is_charged_when_its_power_stays_under_two_percent_for_five_minutes()
    {
        var number = story.Start().Number;
        void Shows(long minute, decimal watts)
        {
            story.Pass(Noon + minute * Minute - story.Now);
            story.Meter(number, Reading(story.Now, Power(watts)));
        }

        Shows(1, 10_000);
        Shows(2, 199);
        Shows(4, 201); // it goes on
        Shows(5, 199);
        Shows(9, 0);
        Assert.DoesNotContain(EventTypes.SessionEvCharged, story.SessionEvents);
        Shows(10, 0);
        Shows(20, 0);

        Assert.Single(story.SessionEvents, EventTypes.SessionEvCharged);
        Assert.Equal(10_000_000, story.Session.PeakPowerMilliW);
    }

    [Fact]
    public void A_status_that_changes_the_cost_is_told_of_and_may_reach_a_target()
    {
        story.Request(new SessionTarget(CostMicros: 2_000_000));
        story.Start("VIRTUAL");
        story.Status(ConnectorStatus.Charging);
        story.Pass(20 * Minute);
        story.Status(ConnectorStatus.SuspendedEVSE);

        Assert.Equal(2_000_000, story.Session.CostMicros);
        Assert.Equal([EventTypes.SessionUpdated, EventTypes.SessionTargetReached], story.SessionEvents.TakeLast(2));
    }

    [Fact]
    public void A_status_that_overtakes_the_queued_stop_adds_no_time_to_the_bill()
    {
        story.Start();
        story.Status(ConnectorStatus.Charging);
        story.Pass(30 * Minute);
        story.Do(new LinkDown());
        story.Pass(10 * Hour);
        story.Do(new LinkUp("ocpp1.6"));
        story.Status(ConnectorStatus.Available);
        story.Stop(at: StationTime.At(Noon + 40 * Minute));

        Assert.Equal(40 * Minute, story.Session.DrawMs);
        Assert.Equal(
            [new ActivitySpan(Noon, Noon + 40 * Minute, ActivityStatus.Charging)], story.Session.Activity);
        Assert.Equal(4_000_000, story.Session.CostMicros);
    }

    [Fact]
    public void A_session_that_is_closed_unheard_is_billed_up_to_its_last_reading_only()
    {
        story.Start();
        story.Status(ConnectorStatus.Charging);
        story.Pass(30 * Minute);
        story.Shows(3_000);
        story.Pass(10 * Hour);
        story.Status(ConnectorStatus.Available);
        story.Start("OTHER", 9_000);

        var closed = story.Sessions.Values.Single(s => s.IdTag == "CARD");
        Assert.Equal((30 * Minute, 3_000_000L), (closed.DrawMs, closed.CostMicros));
    }

    [Fact]
    public void A_reading_that_is_younger_than_the_stop_adds_no_time_behind_it()
    {
        var number = story.Start().Number;
        story.Pass(20 * Minute);
        story.Meter(number, Register(story.Now, 3_000));
        story.Stop(wh: 3_000, at: StationTime.At(Noon + 19 * Minute));

        Assert.Equal((Noon + 19 * Minute, 19 * Minute), (story.Session.EndedAtMs, story.Session.DrawMs));
        Assert.Equal(Wh(2_000), story.Session.Consumed);
    }

    [Fact]
    public void A_status_with_an_older_time_does_not_unbook_what_a_reading_booked()
    {
        var number = story.Start().Number;
        story.Status(ConnectorStatus.Charging);
        story.Pass(20 * Minute);
        story.Meter(number, Register(story.Now, 3_000));
        story.Status(ConnectorStatus.SuspendedEV, Noon + 18 * Minute);

        Assert.Equal(Noon + 20 * Minute, story.Session.Activity[0].EndMs);
    }

    [Fact]
    public void A_reading_that_is_said_twice_does_not_turn_charging_into_idling()
    {
        var number = story.Start().Number;
        story.Pass(20 * Minute);
        story.Meter(number, Register(story.Now, 3_000));
        story.Meter(number, Register(story.Now, 3_000));

        Assert.Equal([new ActivitySpan(Noon, null, ActivityStatus.Charging)], story.Session.Activity);
    }

    [Fact]
    public void A_vehicle_that_waits_before_it_draws_is_not_charged_yet()
    {
        story.Start();
        story.Status(ConnectorStatus.SuspendedEV);
        story.Pass(Hour);
        Assert.DoesNotContain(EventTypes.SessionEvCharged, story.SessionEvents);
        story.Status(ConnectorStatus.Charging);
        story.Pass(Hour);
        story.Status(ConnectorStatus.SuspendedEV);

        Assert.Single(story.SessionEvents, EventTypes.SessionEvCharged);
    }

    [Fact]
    public void A_bill_that_was_taken_back_shows_no_period_behind_the_end()
    {
        var night = RatesGiven.Prices("night", RatesGiven.PerHour(1));
        var plan = Plan(RatesGiven.PerHour(6)) with { Schedule = [RatesGiven.Window("13:00", "23:00", night)] };
        var scheduled = new Story { Plan = plan };
        scheduled.Start();
        scheduled.Status(ConnectorStatus.Charging);
        scheduled.Pass(10 * Hour);
        scheduled.Status(ConnectorStatus.Available);
        scheduled.Stop(at: StationTime.At(Noon + 30 * Minute));

        Assert.Equal(
            new(Noon, Noon + 30 * Minute, 0, Wh(1_000), 30 * Minute, 0), Assert.Single(scheduled.Session.Usage));
        Assert.Equal(3_000_000, scheduled.Session.CostMicros);
    }

    [Fact]
    public void A_session_that_is_closed_at_its_very_start_still_costs_what_each_session_costs()
    {
        var noon = RatesGiven.Prices("noon", RatesGiven.Once(0.50m));
        var plan = Plan(RatesGiven.Once(0.35m)) with { Schedule = [RatesGiven.Window("11:00", "12:30", noon)] };
        var flat = new Story { Plan = plan };
        flat.Start();
        flat.Status(ConnectorStatus.Charging);
        flat.Pass(Hour);
        flat.Status(ConnectorStatus.Available);
        flat.Start("OTHER");

        Assert.Equal(500_000, flat.Sessions.Values.Single(s => s.IdTag == "CARD").CostMicros);
    }
}
