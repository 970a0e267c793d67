using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

/// <summary>How 1.6 words charging profiles, reservations and the local list.</summary>
internal static class Wording
{
    private const int LongestTag = 20;

    /// <summary>§5.16.</summary>
    public static SetChargingProfileRequest Of(SetProfile command) => new(
        command.Place.Number, Of(command.Profile));

    /// <summary>§5.5.</summary>
    public static ClearChargingProfileRequest Of(ClearProfiles command) => new(
        command.Id, command.Place?.Number, command.Purpose is { } purpose ? Of(purpose) : null, command.StackLevel);

    /// <summary>
    /// §5.15. Null: a tag is longer than this version's 20 characters; a list without it would not be the one that was
    /// ordered.
    /// </summary>
    public static SendLocalListRequest? Of(WriteTokenList command) =>
        command.Tokens.Any(t => t.IdTag.Length > LongestTag)
            ? null
            : new(
                command.Version, command.IsFull ? UpdateType.Full : UpdateType.Differential,
                command.Tokens.Count == 0 ? null : [.. command.Tokens.Select(Of)]);

    /// <summary>§5.13. Null: the tag is longer than this version's 20 characters.</summary>
    public static ReserveNowRequest? Of(ReservePlace command) => command.IdTag.Length > LongestTag
        ? null
        : new(
            command.Place.Number, StationTime.At(command.ExpiresAtMs), command.IdTag, command.Number,
            command.Group is { Length: <= LongestTag } group ? group : null);

    public static StationTime? TimeOf(long? ms) => ms is { } at ? StationTime.At(at) : null;

    private static AuthorizationData Of(ListedToken token) => new(
        token.IdTag,
        token.Verdict is { } verdict ? IdTagInfo.From(verdict, new TagGrant(token.Group, token.ExpiresAtMs)) : null);

    private static ChargingProfile Of(Domain.Stations.ChargingProfile p) => new(
        p.Id,
        p.StackLevel,
        Of(p.Purpose),
        Enum.Parse<ChargingProfileKindType>(p.Kind.ToString()),
        new ChargingSchedule(
            UnitOf(p.Unit), [.. p.Periods.Select(s => new ChargingSchedulePeriod(s.StartSeconds, s.Limit, s.Phases))],
            p.DurationSeconds, TimeOf(p.StartMs), p.MinRate),
        p.Number,
        p.Recurrence is { } recurrence ? Enum.Parse<RecurrencyKindType>(recurrence.ToString()) : null,
        TimeOf(p.ValidFromMs),
        TimeOf(p.ValidToMs));

    public static ChargingRateUnitType UnitOf(RateUnit unit) =>
        unit == RateUnit.W ? ChargingRateUnitType.W : ChargingRateUnitType.A;

    private static ChargingProfilePurposeType Of(ProfilePurpose purpose) => purpose switch
    {
        ProfilePurpose.StationMaximum => ChargingProfilePurposeType.ChargePointMaxProfile,
        ProfilePurpose.SessionDefault => ChargingProfilePurposeType.TxDefaultProfile,
        _ => ChargingProfilePurposeType.TxProfile,
    };
}
