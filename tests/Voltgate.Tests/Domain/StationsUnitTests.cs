using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Registers whose unit is not what the station says: a thousand times too little or too much.</summary>
public sealed class StationsUnitTests
{
    private readonly Story story = new() { Plan = Plan() };

    [Fact]
    public void A_register_in_kWh_that_is_labelled_Wh_is_read_as_it_is_meant()
    {
        story.Start(wh: 12_345_000);
        foreach (var said in (decimal[])[12_345.5m, 12_346.9m])
        {
            story.Pass(10 * Minute);
            story.Shows(said);
        }

        Assert.Equal((Wh(1_900), Wh(12_346_900)), (story.Session.Consumed, story.Session.Report!.Meter));
        story.Pass(10 * Minute);
        story.Stop(wh: 12_349_000);

        Assert.Equal(Wh(4_000), story.Session.Consumed);
        Assert.Equal(["unit"], story.Session.Review);
    }

    [Fact]
    public void A_register_in_whole_kWh_that_is_labelled_Wh_loses_nothing()
    {
        story.Start(wh: 12_345_600);
        foreach (var said in (decimal[])[12_345, 12_346, 12_347])
        {
            story.Pass(10 * Minute);
            story.Shows(said);
        }

        story.Stop(wh: 12_347_900);
        Assert.Equal((Wh(2_300), "unit"), (story.Session.Consumed, Assert.Single(story.Session.Review)));
    }

    [Fact]
    public void A_register_in_Wh_that_is_labelled_kWh_is_read_as_it_is_meant()
    {
        story.Start(wh: 12_345_000);
        foreach (var said in (decimal[])[12_346_000_000, 12_347_500_000])
        {
            story.Pass(10 * Minute);
            story.Shows(said);
        }

        story.Stop(wh: 12_347_500);
        Assert.Equal((Wh(2_500), "unit"), (story.Session.Consumed, Assert.Single(story.Session.Review)));
    }

    [Theory]
    [InlineData(1_010, true)] // 11 kW over an hour, and ten of what is called Wh
    [InlineData(12_000, false)]
    [InlineData(1_000, false)] // a register in whole kWh that has not moved yet
    public void A_register_that_the_power_contradicts_a_thousandfold_is_put_up_for_review(int wh, bool isDoubted)
    {
        story.Start();
        story.Pass(Minute);
        story.Meter(story.Session.Number, Reading(story.Now, RegisterOf(1_000), Power(11_000)));
        story.Pass(Hour);
        story.Meter(story.Session.Number, Reading(story.Now, RegisterOf(wh), Power(11_000)));

        Assert.Equal(isDoubted, story.Session.Review.Contains("unit"));
        Assert.Equal(Wh(wh - 1_000), story.Session.Consumed);
    }

    [Fact]
    public void Power_that_is_told_more_often_than_energy_contradicts_nothing()
    {
        story.Start();
        story.Pass(50 * Minute);
        story.Meter(story.Session.Number, Reading(story.Now, Power(11)));
        story.Pass(Minute);
        story.Meter(story.Session.Number, Reading(story.Now, RegisterOf(1_100), Power(11)));

        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_register_that_was_reset_is_no_matter_of_units()
    {
        story.Start(wh: 12_345_000);
        foreach (var said in (decimal[])[12_346_000, 0, 900])
        {
            story.Pass(10 * Minute);
            story.Shows(said);
        }

        Assert.Equal((Wh(1_900), "meter_rollback"), (story.Session.Consumed, Assert.Single(story.Session.Review)));
    }

    [Fact]
    public void What_a_station_says_at_the_edge_of_numbers_does_no_harm()
    {
        story.Start(wh: 900_000_000_000);
        foreach (var said in (decimal[])[999_999_999_999, 0, 999_999_999_999])
        {
            story.Pass(Minute);
            story.Shows(said);
        }

        Assert.Contains("meter_jump", story.Session.Review);
        Assert.Equal(SessionStatus.Started, story.Session.Status);
    }
}
