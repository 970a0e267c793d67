using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Limits that people set, as profiles that the station understands.</summary>
public sealed class StationsLimitTests
{
    private const string Units = "ChargingScheduleAllowedChargingRateUnit";
    private const long DayBefore = -24 * 3_600_000;

    [Fact]
    public void A_stations_limit_is_its_maximum_and_a_connectors_the_default_of_its_sessions()
    {
        var station = Of("AC_3_PHASE");

        Assert.Equal(
            (PowerLimits.FirstId, 0, ProfilePurpose.StationMaximum, ProfileKind.Absolute, RateUnit.W),
            Heads(PowerLimits.OfStation(station, Watts(11_000), Noon)!));
        var made = PowerLimits.OfConnector(station, station.Connectors[0], Amperes(16), Noon)!;
        Assert.Equal(
            (PowerLimits.FirstId + 1, 0, ProfilePurpose.SessionDefault, ProfileKind.Absolute, RateUnit.A), Heads(made));
        Assert.Equal([new ProfilePeriod(0, 16, 3)], made.Periods);
        Assert.Equal((Noon + DayBefore, null, null), (made.StartMs, made.Number, made.ValidToMs));
        Assert.Equal(new ClearProfiles(PowerLimits.FirstId), PowerLimits.ClearStation());
        Assert.Equal(new ClearProfiles(PowerLimits.FirstId + 1), PowerLimits.Clear(station.Connectors[0]));
    }

    [Theory]
    [InlineData("AC_1_PHASE", "Current", 3_680, 16.0, 1)]
    [InlineData("AC_3_PHASE", "Current", 11_000, 15.9, 3)]
    [InlineData("AC_3_PHASE", " current ", 0, 0.0, 3)]
    [InlineData("AC_3_PHASE", "A", 1_000_000, 1449.2, 3)]
    [InlineData(null, "Current", 11_000, 15.9, null)]
    [InlineData("AC_3_PHASE", "Power,Current", 11_000.0, 11_000.0, 3)]
    [InlineData("AC_3_PHASE", "Something", 11_000.0, 11_000.0, 3)]
    [InlineData("DC", "Power", 75_000, 75_000.0, null)]
    public void Watts_become_amperes_a_phase_where_the_station_takes_only_those(
        string? powerType, string told, int watts, double limit, int? phases)
    {
        var station = Of(powerType, (Units, told));

        var made = PowerLimits.OfConnector(station, station.Connectors[0], Watts(watts), Noon)!;

        Assert.Equal([new ProfilePeriod(0, (decimal)limit, phases)], made.Periods);
    }

    [Theory]
    [InlineData("AC_1_PHASE", 16, 3_680)]
    [InlineData("AC_3_PHASE", 16, 11_040)]
    public void Amperes_become_watts_where_the_station_takes_only_those(string powerType, int amperes, int watts)
    {
        var station = Of(powerType, (Units, "Power"));

        var made = PowerLimits.OfConnector(station, station.Connectors[0], Amperes(amperes), Noon)!;

        Assert.Equal((RateUnit.W, (decimal)watts), (made.Unit, made.Periods[0].Limit));
    }

    [Fact]
    public void What_a_station_can_is_read_by_the_names_of_2_x_too()
    {
        var station = Of(
            "AC_3_PHASE", ("SmartChargingCtrlr.RateUnit", "A"), ("SmartChargingCtrlr.ProfileStackLevel", "7"),
            ("SmartChargingCtrlr.PeriodsPerSchedule", "24"), ("LocalAuthListCtrlr.ItemsPerMessage", "20"),
            ("ReservationCtrlr.NonEvseSpecific", "true"));

        Assert.Equal([RateUnit.A], Abilities.Units(station));
        Assert.Equal(
            (7, 24, 20, true),
            (Abilities.MaxStackLevel(station), Abilities.MaxPeriods(station), Abilities.MaxTokensAtOnce(station),
                Abilities.ReservesAnyConnector(station)));
    }

    [Fact]
    public void What_a_direct_currents_amperes_are_in_watts_nobody_knows()
    {
        var station = Of("DC", (Units, "Current"));

        Assert.Null(PowerLimits.OfConnector(station, station.Connectors[0], Watts(75_000), Noon));
        Assert.Null(PowerLimits.OfStation(station, Watts(75_000), Noon));
        Assert.NotNull(PowerLimits.OfConnector(station, station.Connectors[0], Amperes(125), Noon));
    }

    [Theory]
    [InlineData("8", 8)]
    [InlineData("0", 0)]
    [InlineData("99999", 1_000)]
    [InlineData("-1", 0)]
    [InlineData("many", 0)]
    public void The_highest_stack_level_that_the_station_tells_of_goes_before_others(string told, int level)
    {
        var station = Of("AC_3_PHASE", ("ChargeProfileMaxStackLevel", told));

        Assert.Equal(level, PowerLimits.OfStation(station, Watts(1), Noon)!.StackLevel);
    }

    [Fact]
    public void A_fraction_that_stations_do_not_read_is_cut_never_rounded_up()
    {
        var station = Of("AC_3_PHASE");

        Assert.Equal(15.9m, PowerLimits.OfStation(station, Amperes(15.99m), Noon)!.Periods[0].Limit);
    }

    [Fact]
    public void A_sessions_limit_carries_its_number()
    {
        var (station, session) = Charging(new SessionTarget());

        var made = PowerLimits.OfSession(station, station.Connectors[0], session, Amperes(10), Noon)!;

        Assert.Equal((session.Number, session.Number), (made.Id, made.Number));
        Assert.Equal(ProfilePurpose.Session, made.Purpose);
        Assert.Equal([new ProfilePeriod(0, 10, null)], made.Periods);
        Assert.Equal(new ClearProfiles(session.Number), PowerLimits.ClearSession(station, session, Noon));
    }

    [Fact]
    public void A_session_whose_energy_is_to_flow_later_is_held_at_nothing_until_then()
    {
        var from = Noon + Hour;
        var (station, session) = Charging(new SessionTarget { EnergyStartMs = from });

        var made = PowerLimits.OfSession(station, station.Connectors[0], session, Amperes(10), Noon)!;
        Assert.Equal([new ProfilePeriod(0, 0), new ProfilePeriod(25 * 3_600, 10)], made.Periods);

        var held = Assert.IsType<SetProfile>(PowerLimits.ClearSession(station, session, Noon));
        Assert.Equal((from, session.Number, 0m), (
            held.Profile.ValidToMs, held.Profile.Id, Assert.Single(held.Profile.Periods).Limit));
        Assert.IsType<ClearProfiles>(PowerLimits.ClearSession(station, session, from));
    }

    [Theory]
    [InlineData("Power", RateUnit.W)]
    [InlineData("Current", RateUnit.A)]
    [InlineData("Current,Power", RateUnit.A)]
    public void A_remote_start_with_a_later_time_holds_the_session_in_a_unit_that_the_station_takes(
        string told, RateUnit unit)
    {
        var story = new Story(Of("AC_3_PHASE", (Units, told)));

        story.Request(new SessionTarget { EnergyStartMs = Noon + Hour });

        Assert.Equal(unit, Assert.IsType<StartCharging>(Assert.Single(story.Commands).Command).Unit);
    }

    private static (int, int, ProfilePurpose, ProfileKind, RateUnit) Heads(ChargingProfile made) =>
        (made.Id, made.StackLevel, made.Purpose, made.Kind, made.Unit);

    private static PowerLimit Watts(decimal watts) => new(RateUnit.W, watts);

    private static PowerLimit Amperes(decimal amperes) => new(RateUnit.A, amperes);

    private static ChargeStation Of(string? powerType, params (string Key, string Value)[] told)
    {
        var station = Given.Station();
        var connector = station.Connectors[0];
        return station with
        {
            Connectors = [connector with { Settings = connector.Settings with { PowerType = powerType } }],
            Configuration = station.Configuration.SetItems(told.Select(t => KeyValuePair.Create(t.Key, t.Value))),
        };
    }

    private static (ChargeStation Station, Session Session) Charging(SessionTarget target)
    {
        var story = new Story();
        story.Request(target);
        story.Start("VIRTUAL");
        return (story.Station, story.Session);
    }
}
