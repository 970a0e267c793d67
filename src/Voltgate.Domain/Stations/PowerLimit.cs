using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What a person allows: watts in all, or amperes a phase.</summary>
public readonly record struct PowerLimit(RateUnit Unit, decimal Value);

/// <summary>
/// Makes profiles of limits, of what the station supports as far as it has told its configuration. A session's own
/// limit goes before its connector's, and the station's is a ceiling over both (OCPP 1.6 §3.13.1).
/// </summary>
public static class PowerLimits
{
    /// <summary>
    /// Ours begin here: the station's own limit, and after it those of its connectors. A session's has its number.
    /// </summary>
    public const int FirstId = 900_000;

    private const int MostStackLevel = 1_000;
    private const int Volts = 230;

    // A schedule that begins a day ago has begun for a station whose clock is behind, too.
    private const long HeadStartMs = 24 * 3_600_000;

    /// <summary>Null: the station takes the other unit only, and what the limit is in that nobody knows.</summary>
    public static ChargingProfile? OfStation(ChargeStation station, PowerLimit limit, long nowMs) => Make(
        station, FirstId, ProfilePurpose.StationMaximum, limit, station.Connectors, nowMs);

    /// <inheritdoc cref="OfStation"/>
    public static ChargingProfile? OfConnector(
        ChargeStation station, Connector connector, PowerLimit limit, long nowMs) => Make(
            station, IdOf(connector.Place), ProfilePurpose.SessionDefault, limit, [connector], nowMs);

    /// <inheritdoc cref="OfStation"/>
    public static ChargingProfile? OfSession(
        ChargeStation station, Connector connector, Session session, PowerLimit limit, long nowMs)
    {
        var made = Make(station, session.Number, ProfilePurpose.Session, limit, [connector], nowMs);
        return made is null ? null : Held(made.For(session), session, nowMs);
    }

    /// <summary>
    /// Takes a session's limit away. One whose energy is to flow later only is held at nothing until then, as the
    /// limit took the place of the profile that did so.
    /// </summary>
    public static StationCommand ClearSession(ChargeStation station, Session session, long nowMs)
    {
        if (session.Target.EnergyStartMs is not { } from || from <= nowMs) return new ClearProfiles(session.Number);
        var nothing = new ChargingProfile(
            session.Number, StackLevel(station), ProfilePurpose.Session, ProfileKind.Absolute,
            Abilities.AnyUnit(station), [new(0, 0)])
        {
            Number = session.Number,
            Transaction = session.Transaction,
            StartMs = nowMs - HeadStartMs,
            ValidToMs = from,
        };
        return new SetProfile(session.Place, nothing);
    }

    /// <summary>What people allow, as far as the load group of the connector does: nobody is let past it.</summary>
    /// <param name="session">The running session that is limited; null: the connector.</param>
    public static PowerLimit Under(PowerLimit limit, Connector connector, Session? session = null)
    {
        var share = session is null ? null : connector.Load?.ShareOf(session.Number);
        return (share?.CapW ?? connector.Load?.Start?.CapW) is { } cap && !(Watts(limit, connector) <= cap)
            ? new PowerLimit(RateUnit.W, cap)
            : limit;
    }

    /// <summary>Watts in all; null: at direct current amperes do not tell.</summary>
    public static long? Watts(PowerLimit limit, Connector connector) =>
        limit.Unit == RateUnit.W ? (long)limit.Value
        : connector.Settings.PowerType == "DC" ? null
        : (long)(limit.Value * Volts * (PhasesOf([connector]) ?? 3));

    public static ClearProfiles ClearStation() => new(FirstId);

    public static ClearProfiles Clear(Connector connector) => new(IdOf(connector.Place));

    // The second plug of an EVSE is no other EVSE's first.
    private static int IdOf(Place place) => place is { Evse: > 0, Connector: > 1 }
        ? FirstId + 100_000 + (place.Evse * 1_000) + place.Connector
        : FirstId + place.Number;

    private static ChargingProfile? Make(
        ChargeStation station, int id, ProfilePurpose purpose, PowerLimit limit, IReadOnlyList<Connector> connectors,
        long nowMs)
    {
        var phases = PhasesOf(connectors);
        var isDirect = connectors.Any(c => c.Settings.PowerType == "DC");
        if (Convert(limit, Abilities.Units(station), isDirect ? null : phases ?? 3) is not { } worded) return null;
        return new ChargingProfile(
            id, StackLevel(station), purpose, ProfileKind.Absolute, worded.Unit,
            [new ProfilePeriod(0, worded.Value, phases)])
        {
            StartMs = nowMs - HeadStartMs,
        };
    }

    // The profile that the remote start carried keeps the session at nothing until then; this one takes its place.
    private static ChargingProfile Held(ChargingProfile made, Session session, long nowMs)
    {
        if (session.Target.EnergyStartMs is not { } from || from <= nowMs) return made;
        var seconds = (int)Math.Min((from - made.StartMs!.Value + 999) / 1_000, int.MaxValue);
        return made with
        {
            Periods = [made.Periods[0] with { Limit = 0 }, made.Periods[0] with { StartSeconds = seconds }],
        };
    }

    /// <summary>The limit in a unit that the station takes; null: there is no telling.</summary>
    private static PowerLimit? Convert(PowerLimit limit, IReadOnlyList<RateUnit> supported, int? phases)
    {
        if (supported.Contains(limit.Unit)) return limit with { Value = Floor(limit.Value) };
        if (phases is not { } count) return null;
        return limit.Unit == RateUnit.W
            ? new PowerLimit(RateUnit.A, Floor(limit.Value / (Volts * count)))
            : new PowerLimit(RateUnit.W, Floor(limit.Value * Volts * count));
    }

    /// <summary>OCPP 1.6 §7.14: at most one digit after the point; less is allowed, more is not.</summary>
    private static decimal Floor(decimal value) => decimal.Floor(value * 10) / 10;

    // The highest one goes before whatever else the station was told; one that tells none knows 0.
    private static int StackLevel(ChargeStation station) =>
        Math.Min(Abilities.MaxStackLevel(station) ?? 0, MostStackLevel);

    /// <summary>How many phases all of them have; null: direct current, not known, or not the same.</summary>
    private static int? PhasesOf(IReadOnlyList<Connector> connectors)
    {
        var types = connectors.Select(c => c.Settings.PowerType).Distinct().ToArray();
        return types switch
        {
            ["AC_1_PHASE"] => 1,
            ["AC_3_PHASE"] => 3,
            _ => null,
        };
    }
}
