using System.Collections.Immutable;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>Profiles as makes that take Relative ones only must be told them.</summary>
public sealed class QuirkWordingTests
{
    private const long Hour = 3_600_000;

    private static ChargeStation Station(ProfileTrait trait, long startedAtMs) => Given.Station() with
    {
        Quirks = new QuirkTraits { ChargingProfiles = trait },
        Sessions =
        [
            new Session
            {
                Id = "session", Organization = "org", Station = "station", Connector = "c1", Place = new Place(1),
                Status = SessionStatus.Started, Source = SessionSource.Rfid, Number = 7, IdTag = "CARD",
                StartedAtMs = startedAtMs, CreatedAtMs = startedAtMs,
            },
        ],
    };

    private static ChargingProfile Told(ChargingProfile profile, long nowMs, long startedAtMs)
    {
        var station = Station(new ProfileTrait(0, [ProfileKind.Relative], [], IsForStation: true, 0), startedAtMs);
        return ((SetProfile)QuirkWording.Of(station, new SetProfile(new Place(1), profile), nowMs)).Profile;
    }

    [Fact]
    public void Periods_count_from_the_session_s_start_and_those_that_are_over_are_left_out()
    {
        // Begins an hour before the session: 0 A for two hours, 10 A for two more, then 16 A.
        var profile = Absolute(Hour, [new(0, 0), new(7_200, 10), new(14_400, 16)]);

        var early = Told(profile, nowMs: 2 * Hour, startedAtMs: 2 * Hour);
        var late = Told(profile, nowMs: 4 * Hour, startedAtMs: 2 * Hour);

        Assert.Equal(
            (ProfileKind.Relative, null, 0), (early.Kind, early.StartMs, early.StackLevel));
        Assert.Equal([new(0, 0), new(3_600, 10), new(10_800, 16)], early.Periods);
        Assert.Equal([new(0, 10), new(10_800, 16)], late.Periods);
    }

    [Fact]
    public void What_ends_ends_at_the_same_time()
    {
        var profile = Absolute(Hour, [new(0, 6), new(60, 8)]) with { DurationSeconds = 7_200 };

        Assert.Equal(3_600, Told(profile, nowMs: 2 * Hour, startedAtMs: 2 * Hour).DurationSeconds);
    }

    [Fact]
    public void A_session_s_own_profile_stays_with_its_connector_and_a_default_goes_to_the_station()
    {
        var trait = new ProfileTrait(null, [], [], IsForStation: true, 0);
        var station = Station(trait, 0);
        Place Of(ProfilePurpose purpose) => ((SetProfile)QuirkWording.Of(
            station, new SetProfile(new Place(1), Absolute(0, [new(0, 6)]) with { Purpose = purpose }), 0)).Place;

        Assert.Equal(new Place(1), Of(ProfilePurpose.Session));
        Assert.Equal(Place.Station, Of(ProfilePurpose.SessionDefault));
    }

    private static ChargingProfile Absolute(long startMs, ImmutableArray<ProfilePeriod> periods) =>
        new(1, 3, ProfilePurpose.Session, ProfileKind.Absolute, RateUnit.A, periods)
        {
            StartMs = startMs, Number = 7,
        };
}
