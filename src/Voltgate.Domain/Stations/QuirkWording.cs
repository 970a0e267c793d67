using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>How a make of station must be told what others are told as OCPP says.</summary>
public static class QuirkWording
{
    /// <returns>The very command where nothing is told otherwise.</returns>
    public static StationCommand Of(ChargeStation station, StationCommand command, long nowMs)
    {
        var traits = station.Quirks;
        return command switch
        {
            StartCharging c when traits.Tags is not null => c with { IdTag = QuirkLens.Sent(traits, c.IdTag) },
            SetProfile c when traits.ChargingProfiles is { } trait => c with
            {
                Place = c.Profile.Purpose == ProfilePurpose.Session ? c.Place : PlaceOf(trait, station, c.Place),
                Profile = ProfileOf(trait, station, c.Profile, nowMs),
            },
            ClearProfiles { Place: { } place } c when traits.ChargingProfiles is { } trait =>
                c with { Place = PlaceOf(trait, station, place) },
            TriggerReport c when traits.Trigger is { } trigger => trigger.Place switch
            {
                TriggerPlace.Zero => c with { Place = c.Place is null ? null : default(Place) },
                TriggerPlace.Omitted => c with { Place = null },
                _ => c,
            },
            _ => command,
        };
    }

    /// <summary>Whether the station can be told it, be it in other words.</summary>
    public static bool CanTell(ChargeStation station, ChargingProfile profile)
    {
        if (station.Quirks.ChargingProfiles is not { Kinds.IsEmpty: false } trait) return true;
        return trait.Kinds.Contains(profile.Kind) || IsFlat(profile) && trait.Kinds.Contains(ProfileKind.Relative);
    }

    // A station with one connector: what is for that is for all of it.
    private static Place PlaceOf(ProfileTrait trait, ChargeStation station, Place place) =>
        trait.IsForStation && station.Connectors.Length == 1 ? default : place;

    private static ChargingProfile ProfileOf(
        ProfileTrait trait, ChargeStation station, ChargingProfile profile, long nowMs)
    {
        if (trait.MaxStackLevel < profile.StackLevel) profile = profile with { StackLevel = trait.MaxStackLevel.Value };
        if (trait.StartEarlierSeconds > 0 && profile.StartMs is { } start && IsFlat(profile))
            profile = profile with { StartMs = start - (trait.StartEarlierSeconds * 1_000L) };
        if (trait.Kinds.IsEmpty || trait.Kinds.Contains(profile.Kind)) return profile;
        if (!trait.Kinds.Contains(ProfileKind.Relative) || profile.Kind != ProfileKind.Absolute) return profile;
        return IsFlat(profile)
            ? profile with { Kind = ProfileKind.Relative, StartMs = null }
            : SinceStart(station, profile, nowMs) ?? profile;
    }

    // The same limit at all times: whatever its times count from.
    private static bool IsFlat(ChargingProfile profile) =>
        profile is { Kind: ProfileKind.Absolute, Periods.Count: 1, DurationSeconds: null }
        && profile.Purpose != ProfilePurpose.StationMaximum;

    /// <summary>Of a running session: its periods counted from its start; those that are over are left out.</summary>
    private static ChargingProfile? SinceStart(ChargeStation station, ChargingProfile profile, long nowMs)
    {
        var session = station.Sessions.FirstOrDefault(s => s.Number == profile.Number);
        if (session?.StartedAtMs is not { } startedAtMs || profile.StartMs is not { } startMs) return null;
        var shift = (startMs - startedAtMs) / 1_000;
        var past = (nowMs - startedAtMs) / 1_000;
        var first = profile.Periods.Last(p => p.StartSeconds == 0 || p.StartSeconds + shift <= past);
        var later = profile.Periods
            .Where(p => p.StartSeconds + shift > Math.Max(past, 0))
            .Select(p => p with { StartSeconds = (int)Math.Min(p.StartSeconds + shift, int.MaxValue) });
        return profile with
        {
            Kind = ProfileKind.Relative,
            StartMs = null,
            Periods = [first with { StartSeconds = 0 }, .. later],
            DurationSeconds = profile.DurationSeconds is { } seconds
                ? (int)Math.Clamp(seconds + shift, 1, int.MaxValue) : null,
        };
    }
}
