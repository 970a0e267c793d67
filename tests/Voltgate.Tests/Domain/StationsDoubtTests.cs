using Voltgate.Domain;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Meters and clocks that lie: D16 and D17.</summary>
public sealed class StationsDoubtTests
{
    private readonly Story story = new() { Plan = Plan(RatesGiven.PerKWh(0.5m), RatesGiven.Parking(60)) };

    [Fact]
    public void A_stop_below_the_start_costs_nothing_and_is_flagged()
    {
        story.Start();
        story.Pass(Hour);
        Assert.NotNull(story.Stop(wh: 400));

        Assert.Equal((SessionStatus.Ended, Energy.Zero), (story.Session.Status, story.Session.Consumed));
        Assert.Equal(["meter_rollback"], story.Session.Review);
    }

    [Fact]
    public void A_register_that_is_reset_goes_on_as_a_new_segment()
    {
        story.Start(wh: 5_000);
        foreach (var wh in (decimal[])[6_000, 0, 300, 500])
        {
            story.Pass(10 * Minute);
            story.Shows(wh);
        }

        story.Pass(10 * Minute);
        story.Stop(wh: 900);
        Assert.Equal(Wh(1_900), story.Session.Consumed);
        Assert.Equal(["meter_rollback"], story.Session.Review);
    }

    [Fact]
    public void A_register_that_leaps_is_capped_by_what_the_connector_can_do()
    {
        story.Start();
        story.Pass(55 * Minute);
        story.Shows(10_000_001_000); // +10 GWh

        Assert.Equal(Wh(24_200), story.Session.Consumed); // an hour, five minutes of it slack, at 22 kW and a tenth
        Assert.Equal(["meter_jump"], story.Session.Review);
    }

    [Fact]
    public void What_a_connector_can_do_is_believed_to_the_last_watt_hour()
    {
        story.Start();
        story.Pass(55 * Minute);
        story.Stop(wh: 25_200);

        Assert.Equal(Wh(24_200), story.Session.Consumed);
        Assert.Empty(story.Session.Review);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:12Z")]
    [InlineData("2026-06-02T12:00:00Z")]
    public void A_clock_that_cannot_be_right_yields_to_the_arrival(string at)
    {
        story.Start(at: StationTime.At(RatesGiven.At(at)));
        story.Pass(Hour);
        story.Stop(wh: 2_000, at: StationTime.At(RatesGiven.At(at) + Hour));

        Assert.Equal((Noon, Noon + Hour), (story.Session.StartedAtMs, story.Session.EndedAtMs));
        Assert.Equal(["clock"], story.Session.Review);
        Assert.Equal(Wh(1_000), story.Session.Consumed);
    }

    [Fact]
    public void Idle_fees_are_never_reckoned_from_a_wrong_clock()
    {
        story.Start(at: StationTime.At(0));
        story.Pass(10 * Hour);
        story.Stop(wh: 1_000);

        Assert.Equal(0, story.Session.CostMicros);
        Assert.Equal(0, story.Session.Usage.Sum(u => u.IdleMs));
    }

    [Fact]
    public void Idle_time_that_was_booked_goes_when_the_clock_turns_out_wrong()
    {
        story.Start();
        story.Pass(10 * Hour);
        story.Shows(1_000);
        Assert.Equal(10 * Hour, story.Session.Usage.Sum(u => u.IdleMs));
        story.Stop(wh: 1_000, at: StationTime.At(0));

        Assert.Equal(["clock"], story.Session.Review);
        Assert.Equal(0, story.Session.Usage.Sum(u => u.IdleMs));
    }

    [Fact]
    public void A_clock_ninety_days_behind_keeps_its_own_durations()
    {
        story.Start(at: StationTime.At(Noon - 90 * Day));
        story.Pass(Hour);
        story.Stop(wh: 2_000, at: StationTime.At(Noon - 90 * Day + Hour));

        Assert.Equal((Noon - 90 * Day, Hour), (
            story.Session.StartedAtMs!.Value, story.Session.EndedAtMs!.Value - story.Session.StartedAtMs.Value));
        Assert.Equal((SessionSource.Rfid, Noon), (story.Session.Source, story.Session.CreatedAtMs));
        Assert.Equal(["clock"], story.Session.Review);
        Assert.Equal(0, story.Session.Usage.Sum(u => u.IdleMs));
    }

    [Fact]
    public void A_clock_behind_shows_in_the_first_reading_that_comes_while_it_charges()
    {
        story.Start(at: StationTime.At(Noon - 6 * Minute));
        story.Pass(Minute);
        story.Meter(story.Session.Number, Register(Noon - 5 * Minute, 1_100));

        Assert.Equal(["clock"], story.Session.Review);
    }

    [Fact]
    public void A_queue_that_is_played_back_is_no_clock_that_is_behind()
    {
        story.Start(at: StationTime.At(Noon - 90 * Day));
        foreach (var minutes in (long[])[15, 30, 45])
        {
            story.Pass(30_000); // a slow one, over a bad line
            story.Meter(story.Session.Number, Register(Noon - 90 * Day + minutes * Minute, 1_000 + minutes));
        }

        story.Stop(at: StationTime.At(Noon - 90 * Day + Hour));
        Assert.Equal(SessionSource.Offline, story.Session.Source);
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_time_without_a_zone_is_read_as_UTC_and_flagged()
    {
        story.Start(at: Zoneless(Noon - Minute));

        Assert.Equal(Noon - Minute, story.Session.StartedAtMs);
        Assert.Equal(["time_zone"], story.Session.Review);
    }

    [Fact]
    public void A_time_that_nobody_can_read_is_the_arrival()
    {
        story.Start(at: new StationTime(null, TimeFlaw.Unreadable, "yesterday"));

        Assert.Equal(Noon, story.Session.StartedAtMs);
        Assert.Equal(["clock"], story.Session.Review);
    }

    [Fact]
    public void A_session_through_the_hour_that_a_clock_shows_twice_loses_nothing()
    {
        // 02:30 summer time, then 02:15 winter time: a station that stamps its wall clock as UTC.
        var number = story.Start(at: StationTime.At(Noon - 30 * Minute)).Number;
        story.Meter(number, Register(Noon - 10 * Minute, 1_400));
        story.Meter(number, Register(Noon - 25 * Minute, 1_800));
        story.Pass(Hour);
        story.Stop(wh: 2_600, at: StationTime.At(Noon - 5 * Minute));

        Assert.Equal(Wh(1_600), story.Session.Consumed);
        Assert.Equal(Noon - 5 * Minute, story.Session.EndedAtMs);
    }

    [Fact]
    public void A_reading_from_before_the_session_does_not_count()
    {
        story.Start(wh: 1_000);
        story.Meter(null, Register(Noon - 10 * Minute, 300)); // of the driver before
        story.Pass(10 * Minute);
        story.Shows(1_500);

        Assert.Equal((Wh(500), Wh(1_500)), (story.Session.Consumed, story.Session.Report!.Meter));
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void Of_two_registers_at_one_instant_the_higher_one_counts()
    {
        var number = story.Start(wh: 1_000).Number;
        story.Pass(10 * Minute);
        story.Meter(number, Register(story.Now, 1_500), Register(story.Now, 1_400));
        story.Pass(10 * Minute);
        story.Shows(1_600);

        Assert.Equal(Wh(600), story.Session.Consumed);
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_register_that_drops_out_and_comes_back_is_not_billed_again()
    {
        story.Start(wh: 5_000);
        foreach (var wh in (decimal[])[5_400, 0, 0, 5_600])
        {
            story.Pass(10 * Minute);
            story.Shows(wh);
        }

        story.Pass(10 * Minute);
        story.Stop(wh: 5_700);
        Assert.Equal(Wh(700), story.Session.Consumed);
        Assert.Equal(["meter_rollback"], story.Session.Review);
    }

    [Fact]
    public void A_dead_clock_that_says_the_same_of_two_starts_gets_two_sessions()
    {
        var first = story.Start(at: StationTime.At(30_000)).Number;
        story.Pass(Minute);
        story.Stop(first, 1_000, StationTime.At(90_000));
        story.Pass(Hour);
        var second = story.Start(at: StationTime.At(30_000)).Number;
        story.Pass(Minute);

        Assert.NotEqual(first, second);
        Assert.Equal(second, story.Start(at: StationTime.At(30_000)).Number); // a retry of the second
        Assert.Equal(2, story.Sessions.Count);
    }

    [Fact]
    public void A_requested_session_that_began_before_its_request_betrays_a_slow_clock()
    {
        story.Request();
        story.Start("VIRTUAL", at: StationTime.At(Noon - Hour));
        story.Pass(Hour);
        story.Stop(at: StationTime.At(Noon));

        Assert.Equal(["clock"], story.Session.Review);
        Assert.Equal(Hour, story.Session.EndedAtMs - story.Session.StartedAtMs);
    }

    [Fact]
    public void A_queue_without_a_clock_keeps_its_energy()
    {
        story.Start(at: StationTime.At(10_000));
        story.Pass(1_000);
        story.Stop(wh: 31_000, at: StationTime.At(7_200_000));

        Assert.Equal(Wh(30_000), story.Session.Consumed);
        Assert.Equal(["clock"], story.Session.Review);
    }

    [Fact]
    public void A_connector_whose_power_is_given_as_0_is_not_capped_to_nothing()
    {
        var zero = new Story(Given.Station(powerW: 0));
        zero.Start();
        zero.Pass(Hour);
        zero.Stop(wh: 12_000);

        Assert.Equal(Wh(11_000), zero.Session.Consumed);
    }
}
