using System.Collections.Immutable;
using Voltgate.Domain;
using Voltgate.Domain.Rates;
using static Voltgate.Tests.Domain.RatesGiven;

namespace Voltgate.Tests.Domain;

/// <summary>D24 and D25: where a session is cut, and which minute costs what.</summary>
public sealed class RatesScheduleTests
{
    private static readonly PriceList Night = Prices("night", PerKWh(0.20m), PerHour(1m));

    private static RatePlan DayAndNight(params ScheduleEntry[] schedule) =>
        Plan(PerKWh(0.50m), PerHour(2m)) with { Schedule = [.. schedule] };

    private static string Booked(RatePlan plan, TimeZoneInfo zone, string from, string to) =>
        string.Join(
            " ",
            Usage.AddTime(plan, zone, [], At(from), At(to), drawing: true)
                .Select(s => $"{(s.RateIndex == 0 ? "day" : "night")}:{s.DrawMs / 60_000}"));

    [Theory]
    [InlineData("2026-01-15T20:00+01:00", "2026-01-15T23:00+01:00", "day:120 night:60")]
    [InlineData("2026-01-15T23:00+01:00", "2026-01-16T07:00+01:00", "night:420 day:60")]
    [InlineData("2026-01-15T23:00+01:00", "2026-01-16T01:00+01:00", "night:120")] // midnight is no boundary
    [InlineData("2026-01-15T21:00+01:00", "2026-01-17T07:00+01:00", "day:60 night:480 day:960 night:480 day:60")]
    [InlineData("2026-01-15T21:00+01:00", "2026-01-15T22:00+01:00", "day:60")] // the end is exclusive
    [InlineData("2026-01-15T22:00+01:00", "2026-01-15T22:01+01:00", "night:1")] // the start is inclusive
    [InlineData("2026-03-28T21:00+01:00", "2026-03-29T07:00+02:00", "day:60 night:420 day:60")] // spring: 23 hours
    [InlineData("2026-10-24T21:00+02:00", "2026-10-25T07:00+01:00", "day:60 night:540 day:60")] // autumn: 25 hours
    public void A_night_window_past_midnight_in_Berlin(string from, string to, string booked)
    {
        Assert.Equal(booked, Booked(DayAndNight(Window("22:00", "06:00", Night)), Berlin, from, to));
    }

    [Theory]
    [InlineData("01:30", "02:30", "day:90 night:30 day:210")] // 02:00 becomes 03:00: half the window is left
    [InlineData("02:15", "02:45", "day:330")] // a window that does not exist that day
    [InlineData("02:30", "03:30", "day:120 night:30 day:180")] // begins when the clock jumps over its start
    [InlineData("00:00", "24:00", "night:330")]
    public void Spring_in_Berlin_skips_the_hour_from_two(string start, string end, string booked)
    {
        var plan = DayAndNight(Window(start, end, Night));

        Assert.Equal(booked, Booked(plan, Berlin, "2026-03-29T00:00+01:00", "2026-03-29T06:30+02:00"));
    }

    [Theory]
    [InlineData("02:15", "02:45", "day:135 night:30 day:30 night:30 day:75")] // the wall shows it twice
    [InlineData("01:30", "02:30", "day:90 night:60 day:30 night:30 day:90")]
    [InlineData("02:30", "03:30", "day:150 night:30 day:30 night:60 day:30")]
    [InlineData("01:00", "03:00", "day:60 night:180 day:60")]
    public void Autumn_in_Berlin_repeats_the_hour_from_two(string start, string end, string booked)
    {
        var plan = DayAndNight(Window(start, end, Night));

        Assert.Equal(booked, Booked(plan, Berlin, "2026-10-25T00:00+02:00", "2026-10-25T04:00+01:00"));
    }

    [Theory]
    [InlineData("2026-03-08T00:00-05:00", "2026-03-08T04:00-04:00", "01:00", "03:00", "day:60 night:60 day:60")]
    [InlineData("2026-11-01T00:00-04:00", "2026-11-01T04:00-05:00", "01:00", "03:00", "day:60 night:180 day:60")]
    [InlineData("2026-11-01T00:00-04:00", "2026-11-01T04:00-05:00", "01:15", "01:45",
        "day:75 night:30 day:30 night:30 day:135")]
    public void Both_changes_in_New_York(string from, string to, string start, string end, string booked)
    {
        Assert.Equal(booked, Booked(DayAndNight(Window(start, end, Night)), NewYork, from, to));
    }

    [Fact]
    public void A_window_past_midnight_belongs_to_the_day_it_begins_on()
    {
        var fridays = DayAndNight(Window("22:00", "06:00", Night, 5));

        Assert.Equal(
            "day:120 night:480 day:2280",
            Booked(fridays, Berlin, "2026-01-16T20:00+01:00", "2026-01-18T20:00+01:00"));
        Assert.Equal("day:600", Booked(fridays, Berlin, "2026-01-15T20:00+01:00", "2026-01-16T06:00+01:00"));
    }

    [Fact]
    public void Dates_limit_a_window_and_its_last_night_reaches_into_the_next_day()
    {
        var plan = DayAndNight(Window("22:00", "06:00", Night).Between("2026-01-10", "2026-01-11"));

        Assert.Equal(
            "day:1320 night:480 day:960 night:480 day:2520",
            Booked(plan, Berlin, "2026-01-10T00:00+01:00", "2026-01-14T00:00+01:00"));
    }

    [Fact]
    public void A_boundary_months_away_is_found()
    {
        var plan = DayAndNight(Window("00:00", "24:00", Night).Between("2026-07-01", null));
        var july = At("2026-07-01T00:00+02:00");

        Assert.Equal(july, plan.NextBoundary(At("2026-01-01T12:00Z"), long.MaxValue, Berlin));
        Assert.Equal(0, plan.IndexAt(july - 1, Berlin));
        Assert.Equal(1, plan.IndexAt(july, Berlin));
    }

    [Fact]
    public void D24_a_change_of_tariff_inside_a_session_makes_one_line_for_each_segment()
    {
        var plan = DayAndNight(Window("22:00", "06:00", Night));
        var (start, end) = (At("2026-01-15T21:00+01:00"), At("2026-01-15T23:00+01:00"));
        var usage = Usage.Begin(plan, Berlin, start);
        usage = Usage.AddEnergy(plan, Berlin, usage, start, end, Energy.FromKWh(22m));
        usage = Usage.AddTime(plan, Berlin, usage, start, end, drawing: true);

        var bill = Cost.Of(plan, usage, start, end);

        var ten = At("2026-01-15T22:00+01:00");
        Assert.Equal(
            [
                new(PriceType.Energy, "day", "day-id", 11m, "kWh", 0.50m, 5.50m, 0, 0, 5.50m, start, ten),
                new(PriceType.Time, "day", "day-id", 1m, "hour", 2m, 2m, 0, 0, 2m, start, ten),
                new(PriceType.Energy, "night", "night-id", 11m, "kWh", 0.20m, 2.20m, 0, 0, 2.20m, ten, end),
                new(PriceType.Time, "night", "night-id", 1m, "hour", 1m, 1m, 0, 0, 1m, ten, end),
            ],
            bill.Lines);
        Assert.Equal(10_700_000, bill.AmountMicros);
    }

    [Fact]
    public void Energy_is_split_in_whole_milli_watt_hours_and_the_last_piece_takes_the_rest()
    {
        var plan = DayAndNight(Window("22:00", "22:01", Night));
        var from = At("2026-01-15T21:59+01:00");

        var usage = Usage.AddEnergy(plan, Berlin, [], from, from + 180_000, new Energy(1_000));

        Assert.Equal([333, 333, 334], usage.Select(s => s.Energy.MilliWh));
    }

    [Fact]
    public void Energy_of_one_instant_belongs_to_the_list_in_force_then()
    {
        var plan = DayAndNight(Window("22:00", "06:00", Night));
        var ten = At("2026-01-15T22:00+01:00");

        Assert.Equal(0, Assert.Single(Usage.AddEnergy(plan, Berlin, [], ten - 1, ten - 1, new Energy(7))).RateIndex);
        Assert.Equal(
            new UsageSegment(ten, ten, 1, new Energy(7), 0, 0),
            Assert.Single(Usage.AddEnergy(plan, Berlin, [], ten, ten, new Energy(7))));
        Assert.Equal(7, Assert.Single(Usage.AddEnergy(plan, Berlin, [], ten, ten - 9, new Energy(7))).Energy.MilliWh);
    }

    [Fact]
    public void Time_and_energy_land_in_the_same_segments_in_any_order()
    {
        var plan = DayAndNight(Window("22:00", "06:00", Night));
        var start = At("2026-01-15T20:00+01:00");
        Func<ImmutableArray<UsageSegment>, ImmutableArray<UsageSegment>>[] bookings =
        [
            u => Usage.AddTime(plan, Berlin, u, start, start + 9_000_000, drawing: true),
            u => Usage.AddTime(plan, Berlin, u, start + 9_000_000, start + 36_000_000, drawing: false),
            u => Usage.AddEnergy(plan, Berlin, u, start + 3_600_000, start + 10_800_000, new Energy(9_001)),
            u => Usage.AddEnergy(plan, Berlin, u, start + 36_000_000, start + 43_200_000, new Energy(7)),
        ];

        var forwards = bookings.Aggregate(ImmutableArray<UsageSegment>.Empty, (u, book) => book(u));
        var backwards = bookings.Reverse().Aggregate(ImmutableArray<UsageSegment>.Empty, (u, book) => book(u));

        Assert.Equal(forwards, backwards);
        Assert.Equal([0, 1, 0], forwards.Select(s => s.RateIndex));
    }

    [Fact]
    public void Without_a_schedule_there_is_one_segment_whatever_happens()
    {
        var plan = Plan(PerKWh(0.5m));
        var usage = Usage.AddEnergy(plan, Berlin, [], 5_000, 9_000, new Energy(10));
        usage = Usage.AddTime(plan, Berlin, usage, 0, 200_000_000, drawing: false);
        usage = Usage.AddTime(plan, Berlin, usage, 1_000, 3_000, drawing: true);

        Assert.Equal(new UsageSegment(0, 200_000_000, 0, new Energy(10), 2_000, 200_000_000), Assert.Single(usage));
    }

    [Fact]
    public void Backward_time_and_no_energy_change_nothing_and_negative_energy_is_refused()
    {
        var plan = Plan(PerKWh(0.5m));

        Assert.Empty(Usage.AddTime(plan, Berlin, [], 9_000, 1_000, drawing: true));
        Assert.Empty(Usage.AddEnergy(plan, Berlin, [], 0, 1_000, Energy.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Usage.AddEnergy(plan, Berlin, [], 0, 1_000, new Energy(-1)));
    }
}
