using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>How 2.x words places, tokens, verdicts, profiles and lists.</summary>
internal static class Wording
{
    private static readonly ChargingProfilePurpose[] Purposes =
    [
        ChargingProfilePurpose.ChargingStationMaxProfile, ChargingProfilePurpose.TxDefaultProfile,
        ChargingProfilePurpose.TxProfile,
    ];

    /// <summary>Null: the station itself. Of a place that was counted as 1.6 does, the EVSE is known alone.</summary>
    public static Evse? EvseOf(Place place) => place switch
    {
        { IsStation: true } => null,
        { Evse: > 0, Connector: > 0 } => new Evse(place.Evse, place.Connector),
        _ => new Evse(place.ToEvse().Evse),
    };

    /// <summary>A token's kind is guessed where nobody said it: what looks like a card's number is one.</summary>
    public static IdToken TokenOf(string text, string? type = null) =>
        new(text, type ?? (IsCardNumber(text) ? "ISO14443" : "Central"));

    /// <summary>What is too long for an edition's group is left out: the verdict counts.</summary>
    public static IdTokenInfo InfoOf(Authorization verdict, TagGrant? tag, V2Wire wire) => new(
        StatusOf(verdict),
        tag?.ExpiresAtMs is { } ms ? StationTime.At(ms) : null,
        GroupIdToken: GroupOf(tag?.Group, wire));

    public static IdToken? GroupOf(string? group, V2Wire wire) =>
        group is not null && group.Length <= (wire.Edition == Edition.V21 ? 255 : 36) ? TokenOf(group) : null;

    public static AuthorizationStatus StatusOf(Authorization verdict) => verdict switch
    {
        Authorization.Accepted => AuthorizationStatus.Accepted,
        Authorization.Blocked => AuthorizationStatus.Blocked,
        Authorization.Expired => AuthorizationStatus.Expired,
        Authorization.ConcurrentTx => AuthorizationStatus.ConcurrentTx,
        _ => AuthorizationStatus.Invalid,
    };

    public static StationTime? TimeOf(long? ms) => ms is { } at ? StationTime.At(at) : null;

    /// <summary>Requests have a number in 2.x; a command without one gets it of what is particular to it.</summary>
    public static int NumberOf(string url) =>
        (int)(url.Aggregate(2_166_136_261u, static (hash, letter) => unchecked((hash ^ letter) * 16_777_619u))
            & int.MaxValue);

    /// <summary>K01. Null: a profile of a session must name its transaction (K01.FR.03).</summary>
    public static SetChargingProfileRequest? Of(SetProfile command) =>
        command.Profile.Purpose != ProfilePurpose.Session || command.Profile.Transaction is not null
            ? new(command.Place.ToEvse().Evse, Of(command.Profile))
            : null;

    /// <summary>K10.</summary>
    public static ClearChargingProfileRequest Of(ClearProfiles command) => command switch
    {
        { Place: null, Purpose: null, StackLevel: null } => new(command.Id),
        _ => new(command.Id, new ClearChargingProfile(
            command.Purpose is { } purpose ? Purposes[(int)purpose] : null, command.Place?.ToEvse().Evse,
            command.StackLevel)),
    };

    /// <summary>D01.</summary>
    public static SendLocalListRequest Of(WriteTokenList command, V2Wire wire) => new(
        command.Version,
        command.IsFull ? UpdateKind.Full : UpdateKind.Differential,
        command.Tokens.Count == 0 ? null : [.. command.Tokens.Select(t => Of(t, wire))]);

    /// <summary>H01.</summary>
    public static ReserveNowRequest Of(ReservePlace command, V2Wire wire) => new(
        command.Number, StationTime.At(command.ExpiresAtMs), TokenOf(command.IdTag, command.TokenType),
        EvseId: command.Place.IsStation ? null : command.Place.ToEvse().Evse,
        GroupIdToken: GroupOf(command.Group, wire));

    public static ChargingRateUnit UnitOf(RateUnit unit) =>
        unit == RateUnit.W ? ChargingRateUnit.W : ChargingRateUnit.A;

    private static AuthorizationData Of(ListedToken token, V2Wire wire) => new(
        TokenOf(token.IdTag, token.Type),
        token.Verdict is { } verdict ? InfoOf(verdict, new TagGrant(token.Group, token.ExpiresAtMs), wire) : null);

    internal static ChargingProfile Of(Domain.Stations.ChargingProfile p) => new(
        Enum.Parse<ChargingProfileKind>(p.Kind.ToString()),
        Purposes[(int)p.Purpose],
        [
            new ChargingSchedule(
                UnitOf(p.Unit),
                [.. p.Periods.Select(s => new ChargingSchedulePeriod(
                    s.StartSeconds, Limit: s.Limit, NumberPhases: s.Phases))],
                p.Id, Duration: p.DurationSeconds, MinChargingRate: p.MinRate, StartSchedule: TimeOf(p.StartMs)),
        ],
        p.Id,
        p.StackLevel,
        RecurrencyKind: p.Recurrence is { } recurrence ? Enum.Parse<RecurrencyKind>(recurrence.ToString()) : null,
        TransactionId: p.Transaction,
        ValidFrom: TimeOf(p.ValidFromMs),
        ValidTo: TimeOf(p.ValidToMs));

    // ISO 14443: 4, 7 or 10 bytes.
    private static bool IsCardNumber(string text) =>
        text.Length is 8 or 14 or 20 && text.All(char.IsAsciiHexDigit);
}
