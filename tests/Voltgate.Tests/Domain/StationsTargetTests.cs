using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>What a driver wanted of a session ends it, once.</summary>
public sealed class StationsTargetTests
{
    private readonly Story story = new() { Plan = Plan() };

    [Fact]
    public void A_time_target_ends_a_silent_session()
    {
        Charge(new SessionTarget(TimeMs: 30 * Minute));
        story.Pass(30 * Minute - 1);
        Assert.Empty(Stops);
        story.Pass(1);

        AssertReached("target_time");
    }

    [Fact]
    public void Without_a_time_target_720_minutes_are_the_limit()
    {
        Charge(new SessionTarget());
        story.Pass(720 * Minute - 1);
        Assert.Empty(Stops);
        story.Pass(1);

        AssertReached("target_time");
    }

    [Fact]
    public void An_energy_target_ends_the_session()
    {
        Charge(new SessionTarget(Energy: Wh(2_000)));
        story.Pass(10 * Minute);
        story.Shows(2_999);
        Assert.Empty(Stops);
        story.Pass(Minute);
        story.Shows(3_000);

        AssertReached("target_energy");
    }

    [Fact]
    public void A_cost_target_ends_the_session()
    {
        Charge(new SessionTarget(CostMicros: 1_000_000));
        story.Pass(10 * Minute);
        story.Shows(2_980); // 0.99
        Assert.Empty(Stops);
        story.Pass(Minute);
        story.Shows(3_000);

        AssertReached("target_cost");
    }

    [Fact]
    public void A_state_of_charge_target_ends_the_session()
    {
        Charge(new SessionTarget(StateOfCharge: 80));
        story.Meter(story.Session.Number, Reading(story.Now, Given.Charge(79)));
        Assert.Empty(Stops);
        story.Meter(story.Session.Number, Reading(story.Now, Given.Charge(80)));

        AssertReached("target_soc");
    }

    [Fact]
    public void An_energy_stop_time_ends_the_session()
    {
        Charge(new SessionTarget(EnergyStopMs: Noon + Hour));
        story.Pass(Hour - 1);
        Assert.Empty(Stops);
        story.Pass(1);

        AssertReached("target_time");
    }

    [Fact]
    public void An_energy_start_time_ahead_goes_to_the_station_and_one_behind_does_not()
    {
        story.Request(new SessionTarget(EnergyStartMs: Noon + Hour));
        Assert.Equal(Noon + Hour, Assert.IsType<StartCharging>(story.Commands[^1].Command).EnergyFromMs);
        story.Order(new StopSession(story.Session.Id));
        story.Request(new SessionTarget(EnergyStartMs: Noon - Hour));
        Assert.Null(Assert.IsType<StartCharging>(story.Commands[^1].Command).EnergyFromMs);
    }

    [Fact]
    public void A_target_stops_a_session_once()
    {
        Charge(new SessionTarget(Energy: Wh(2_000)));
        story.Pass(10 * Minute);
        story.Shows(3_000);
        story.Answer(Answer.Accepted);
        story.Pass(Minute);
        story.Shows(3_100);

        Assert.Single(Stops);
        story.Stop(wh: 3_150, reason: "Remote");
        Assert.Equal("target_energy", story.Session.StopReason);
        Assert.Single(story.SessionEvents, EventTypes.SessionTargetReached);
    }

    [Fact]
    public void A_stop_that_is_refused_is_tried_again_every_five_minutes()
    {
        Charge(new SessionTarget(Energy: Wh(2_000)));
        story.Pass(10 * Minute);
        story.Shows(3_000);
        story.Answer(Answer.Rejected, "Rejected");
        story.Pass(5 * Minute - 1);
        Assert.Single(Stops);
        story.Pass(1);
        Assert.Equal(2, Stops.Count());
        story.Answer(Answer.TimedOut, "timeout");
        story.Pass(5 * Minute);

        Assert.Equal(3, Stops.Count());
        Assert.Equal(2, story.SessionEvents.Count(e => e == EventTypes.SessionStopFailure));
        Assert.Single(story.SessionEvents, EventTypes.SessionTargetReached);
    }

    [Fact]
    public void A_target_that_is_reached_while_the_station_is_away_stops_it_when_it_is_back()
    {
        Charge(new SessionTarget(TimeMs: 30 * Minute));
        story.Do(new LinkDown());
        story.Pass(Hour);
        Assert.Empty(Stops);
        story.Do(new LinkUp("ocpp1.6"));

        Assert.Equal(new StopCharging(story.Session.Number), Assert.Single(Stops));
    }

    [Fact]
    public void A_target_that_comes_due_while_a_stop_is_under_way_is_looked_at_once()
    {
        Charge(new SessionTarget(TimeMs: 30 * Minute));
        story.Order(new StopSession(story.Session.Id));
        story.Answer(Answer.Accepted);
        story.Pass(Hour);

        Assert.Single(Stops);
        Assert.Equal(story.Session.SilentAtMs, story.DueAt); // what is due is that it may fall silent
    }

    [Fact]
    public void A_stop_that_was_refused_leaves_the_targets_in_force()
    {
        Charge(new SessionTarget(TimeMs: 30 * Minute));
        story.Order(new StopSession(story.Session.Id));
        story.Pass(31 * Minute);
        story.Answer(Answer.TimedOut, "timeout");
        story.Pass(Minute);

        Assert.Equal("target_time", story.Session.StopRequested);
        Assert.Equal(2, Stops.Count());
    }

    private IEnumerable<StopCharging> Stops => story.Commands.Select(c => c.Command).OfType<StopCharging>();

    private void Charge(SessionTarget target)
    {
        story.Request(target);
        story.Answer(Answer.Accepted);
        story.Start("VIRTUAL");
    }

    private void AssertReached(string reason)
    {
        Assert.Equal(new StopCharging(story.Session.Number), Assert.Single(Stops));
        Assert.Equal((SessionStatus.Started, reason), (story.Session.Status, story.Session.StopRequested));
        Assert.Equal(EventTypes.SessionTargetReached, story.SessionEvents.Last());
        story.Answer(Answer.Accepted);
        story.Stop(wh: story.Session.LastMeter!.Value.Wh, reason: "Remote");
        Assert.Equal(reason, story.Session.StopReason);
    }
}
