using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>One report from whatever a station measured (quirks 36 to 39).</summary>
public sealed class SessionsReadingTests
{
    private static EnergyReport Report(params Sample[] samples) => ReadingFold.Report(Reading(Noon, samples), Noon);

    [Fact]
    public void A_report_carries_milli_units() => Assert.Equal(
        new EnergyReport(Noon, 16_000, 11_040_000, 230_500, Wh(1_234.5m), 57),
        Report(Amperes(16), Power(11_040), Volts(230.5m), RegisterOf(1_234.5m), Given.Charge(57.2m)));

    [Fact]
    public void Registers_and_power_of_the_phases_are_summed() => Assert.Equal(
        (Wh(600), 6_900_000L),
        (Report(RegisterOf(100, Phase.L1), RegisterOf(200, Phase.L2), RegisterOf(300, Phase.L3)).Meter!.Value,
            Report(Power(2_300, Phase.L1), Power(2_300, Phase.L2), Power(2_300, Phase.L3)).PowerMilliW!.Value));

    [Fact]
    public void A_total_beats_the_phases_beside_it() => Assert.Equal(
        Wh(650), Report(RegisterOf(100, Phase.L1), RegisterOf(650), RegisterOf(300, Phase.L3)).Meter);

    [Fact]
    public void Phases_against_neutral_count_as_phases() => Assert.Equal(
        (Wh(300), 230_000L, 10_000L),
        (Report(RegisterOf(300, Phase.L1N)).Meter!.Value, Report(Volts(230, Phase.L1N)).VoltageMilliV!.Value,
            Report(Amperes(10, Phase.L1N)).CurrentMilliA!.Value));

    [Fact]
    public void Voltage_is_the_mean_of_the_phases_and_current_the_largest() => Assert.Equal(
        (231_000L, 16_000L),
        (Report(Volts(230, Phase.L1N), Volts(232, Phase.L2N)).VoltageMilliV!.Value,
            Report(Amperes(15, Phase.L1), Amperes(16, Phase.L2), Amperes(99, Phase.N)).CurrentMilliA!.Value));

    [Fact]
    public void Voltage_between_the_phases_is_reported_where_there_is_no_other() => Assert.Equal(
        (400_000L, 230_000L),
        (Report(Volts(400, Phase.L1L2)).VoltageMilliV!.Value,
            Report(Volts(400, Phase.L1L2), Volts(230, Phase.L1N)).VoltageMilliV!.Value));

    [Fact]
    public void Missing_power_is_reckoned_from_volts_and_amperes() => Assert.Equal(
        (10_350_000L, 3_680_000L),
        (Report(Volts(230), Amperes(15, Phase.L1), Amperes(15, Phase.L2), Amperes(15, Phase.L3)).PowerMilliW!.Value,
            Report(Volts(230), Amperes(16)).PowerMilliW!.Value));

    [Fact]
    public void The_outlet_is_what_a_driver_pays_for() => Assert.Equal(
        Wh(100),
        Report(
            RegisterOf(9_000) with { Location = MeterLocation.Inlet }, RegisterOf(100),
            RegisterOf(8_000) with { Location = MeterLocation.Body }).Meter);

    [Fact]
    public void Another_location_is_read_where_the_outlet_is_silent() => Assert.Equal(
        (Wh(9_000), 40),
        (Report(RegisterOf(9_000) with { Location = MeterLocation.Inlet }).Meter!.Value,
            Report(Given.Charge(40) with { Location = MeterLocation.EV }).StateOfCharge!.Value));

    [Fact]
    public void Export_and_offers_are_not_consumption() => Assert.Equal(
        new EnergyReport(Noon, null, null, null, null, null),
        Report(
            new Sample(Measurand.EnergyActiveExportRegister, 5_000), new Sample(Measurand.PowerOffered, 11_000),
            new Sample(Measurand.CurrentOffered, 16), new Sample(Measurand.Temperature, 31)));

    [Fact]
    public void Absurd_values_are_left_out() => Assert.Equal(
        new EnergyReport(Noon, null, null, null, null, null),
        Report(
            RegisterOf(1_000_000_000_000m), Power(-1_000_000_000_000_000m), Amperes(1e15m), Volts(1e15m),
            Given.Charge(101)));

    [Fact]
    public void A_reading_that_says_less_keeps_what_was_known()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Pass(Minute);
        story.Meter(number, Reading(story.Now, RegisterOf(1_100), Power(6_000), Given.Charge(40)));
        story.Pass(Minute);
        story.Meter(number, Reading(story.Now, Amperes(9)));

        Assert.Equal(
            new EnergyReport(Noon + 2 * Minute, 9_000, 6_000_000, null, Wh(1_100), 40), story.Session.Report);
    }

    [Fact]
    public void A_meter_that_knows_intervals_only_is_added_up()
    {
        var story = new Story();
        var number = story.Start(wh: 0).Number;
        story.Pass(15 * Minute);
        story.Meter(number, Reading(story.Now, Interval(500)));
        story.Pass(15 * Minute);
        story.Meter(number, Reading(story.Now, Interval(700)));

        Assert.Equal((Wh(1_200), Wh(1_200)), (story.Session.Consumed, story.Session.Report!.Meter));
    }

    [Fact]
    public void Buckets_of_one_message_are_read_in_the_order_of_their_times()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Pass(3 * Minute);
        story.Meter(
            number,
            Register(Noon + 3 * Minute, 1_300), Register(Noon + Minute, 1_100), Register(Noon + 2 * Minute, 1_200));

        Assert.Equal((Wh(300), Noon + 3 * Minute), (story.Session.Consumed, story.Session.LastMeterAtMs));
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_late_reading_is_kept_and_not_counted()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Pass(3 * Minute);
        story.Meter(number, Register(story.Now, 1_300));
        story.Meter(number, Register(Noon + Minute, 1_100));

        Assert.Equal(Wh(300), story.Session.Consumed);
        Assert.Empty(story.Session.Review);
        Assert.Equal(2, story.Readings.Count);
    }

    [Fact]
    public void A_register_that_is_0_at_the_begin_is_noise()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Meter(number, Reading(story.Now, RegisterOf(0, context: ReadingContext.Begin)));
        story.Pass(Minute);
        story.Meter(number, Register(story.Now, 1_100));

        Assert.Equal(Wh(100), story.Session.Consumed);
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void Buckets_of_one_instant_keep_their_order()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Pass(Minute);
        var buckets = Enumerable.Range(1, 40).Select(n => Reading(story.Now, Amperes(n)));
        story.Meter(number, [.. buckets, Reading(Noon, Amperes(99))]);

        Assert.Equal(40_000, story.Session.Report!.CurrentMilliA);
        Assert.Equal(
            [99_000, .. Enumerable.Range(1, 40).Select(n => n * 1_000L)],
            story.Readings.Select(r => r.CurrentMilliA!.Value));
    }

    [Fact]
    public void An_interval_that_is_said_twice_counts_once()
    {
        var story = new Story();
        var number = story.Start(wh: 0).Number;
        story.Pass(15 * Minute);
        var at = story.Now;
        story.Meter(number, Reading(at, Interval(500)));
        story.Pass(Minute);
        story.Meter(number, Reading(at, Interval(500)));

        Assert.Equal(Wh(500), story.Session.Consumed);
    }

    [Fact]
    public void Voltage_between_the_phases_makes_no_power_that_is_not_there() => Assert.Equal(
        11_085_125L, // 400 V / √3 × 48 A
        Report(Volts(400, Phase.L1L2), Amperes(16, Phase.L1), Amperes(16, Phase.L2), Amperes(16, Phase.L3))
            .PowerMilliW);

    [Fact]
    public void A_phase_that_is_given_by_both_its_names_counts_once() => Assert.Equal(
        Wh(300), Report(RegisterOf(300, Phase.L1), RegisterOf(300, Phase.L1N)).Meter);

    [Fact]
    public void A_late_reading_is_stored_with_its_session()
    {
        var story = new Story();
        var number = story.Start().Number;
        story.Pass(3 * Minute);
        story.Meter(number, Register(story.Now, 1_300));
        story.Meter(number, Register(Noon + Minute, 1_100));

        Assert.Equal((story.Session.Id, 1), (story.Last.Subject, story.Last.Readings.Count));
    }
}
