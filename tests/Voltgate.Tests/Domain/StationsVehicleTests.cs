using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>What vehicles ask for and choose by ISO 15118 (2.0.1 K15 to K17).</summary>
public sealed class StationsVehicleTests
{
    private static readonly PowerLimit Sixteen = new(RateUnit.A, 16);

    [Fact]
    public void A_vehicle_that_asks_gets_its_connectors_limit_as_a_profile()
    {
        var story = Charging(Sixteen);

        Assert.True(Ask(story));

        var told = Assert.IsType<SetProfile>(Assert.Single(story.Commands).Command);
        Assert.Equal(
            (ProfilePurpose.Session, "tx-1", Sixteen),
            (told.Profile.Purpose, told.Profile.Transaction,
                new PowerLimit(told.Profile.Unit, told.Profile.Periods[0].Limit)));
        Assert.Equal("NotifyEVChargingNeeds", story.Events.OfType<FiledEvent>().Single().Action);
    }

    [Fact]
    public void Its_sessions_own_limit_goes_before_its_connectors()
    {
        var story = Charging(Sixteen);
        story.Station = story.Station with
        {
            Sessions = [story.Session with { Limit = new PowerLimit(RateUnit.A, 10) }],
        };

        Assert.True(Ask(story));

        Assert.Equal(10, Assert.IsType<SetProfile>(story.Commands[^1].Command).Profile.Periods[0].Limit);
    }

    [Fact]
    public void A_share_of_a_load_group_is_a_limit_too()
    {
        var story = Charging(null);
        var connector = story.Station.Connectors[0] with { Load = new ConnectorLoad(new Grant(7_000)) };
        story.Station = story.Station with { Connectors = [connector] };

        Assert.True(Ask(story));

        var profile = Assert.IsType<SetProfile>(story.Commands[^1].Command).Profile;
        Assert.Equal((RateUnit.W, 7_000m), (profile.Unit, profile.Periods[0].Limit));
    }

    [Fact]
    public void Where_nothing_is_limited_there_is_no_profile_to_give_and_any_choice_is_good()
    {
        var story = Charging(null);

        Assert.False(Ask(story));
        Assert.True(Choose(story, new PowerLimit(RateUnit.A, 1_000)));
        Assert.Empty(story.Commands);
    }

    [Fact]
    public void A_vehicle_without_a_session_gets_no_profile()
    {
        var story = new Story(Limited(Sixteen));

        Assert.False(Ask(story));
        Assert.Empty(story.Commands);
    }

    [Theory]
    [InlineData(RateUnit.A, 16, true)]
    [InlineData(RateUnit.A, 16.1, false)]
    [InlineData(RateUnit.W, 11_040, true)]
    [InlineData(RateUnit.W, 11_041, false)]
    public void What_it_chooses_is_held_to_the_limit_and_too_much_is_answered_by_the_profile_again(
        RateUnit unit, double most, bool isWithin)
    {
        var story = Charging(Sixteen);

        Assert.Equal(isWithin, Choose(story, new PowerLimit(unit, (decimal)most)));

        Assert.Equal(isWithin ? 0 : 1, story.Commands.Count(c => c.Command is SetProfile));
    }

    private static bool Ask(Story story) => Judged(story, "NotifyEVChargingNeeds", null);

    private static bool Choose(Story story, PowerLimit most) => Judged(story, "NotifyEVChargingSchedule", most);

    private static bool Judged(Story story, string action, PowerLimit? chosen) =>
        Assert.IsType<VehicleJudged>(story.Say(new VehicleTold(action, new Place(0, 1), chosen))).Accepted;

    private static ChargeStation Limited(PowerLimit? limit)
    {
        var station = Station() with { Protocol = "ocpp2.0.1" };
        return station with { Connectors = [station.Connectors[0] with { Limit = limit }] };
    }

    private static Story Charging(PowerLimit? limit)
    {
        var story = new Story(Limited(limit)) { Plan = Plan() };
        var begun = new TransactionTold(
            "tx-1", 0, TransactionMoment.Started, StationTime.At(story.Now), new Place(1, 1), []);
        story.Say(begun with { IdTag = "CARD" });
        return story;
    }
}
