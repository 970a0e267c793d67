using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What a charging limit is counted in: watts, or amperes a phase.</summary>
public enum RateUnit
{
    W,
    A,
}

/// <summary>What a profile governs (OCPP 1.6 §3.13.1).</summary>
public enum ProfilePurpose
{
    /// <summary>The whole station: a ceiling over everything else.</summary>
    StationMaximum,

    /// <summary>Every session that has no profile of its own.</summary>
    SessionDefault,

    /// <summary>One running session; goes before the default.</summary>
    Session,
}

public enum ProfileKind
{
    Absolute,
    Recurring,

    /// <summary>Counted from the start of the session.</summary>
    Relative,
}

public enum ProfileRecurrence
{
    Daily,
    Weekly,
}

/// <param name="StartSeconds">After the schedule's start.</param>
/// <param name="Limit">In the schedule's unit; stations read one digit after the point.</param>
/// <param name="Phases">Null: three, or direct current (OCPP 1.6 §7.14).</param>
public sealed record ProfilePeriod(int StartSeconds, decimal Limit, int? Phases = null);

/// <summary>How much may be drawn when, as a station keeps it (OCPP 1.6 §7.8, §7.13).</summary>
/// <param name="Id">A station has one profile of an id; another with the same takes its place.</param>
/// <param name="StackLevel">Of several of one purpose the highest holds.</param>
/// <param name="Number">Session only: the number that the station knows the session by.</param>
/// <param name="DurationSeconds">Null: the last period goes on.</param>
public sealed record ChargingProfile(
    int Id,
    int StackLevel,
    ProfilePurpose Purpose,
    ProfileKind Kind,
    RateUnit Unit,
    IReadOnlyList<ProfilePeriod> Periods)
{
    public int? Number { get; init; }

    /// <summary>The profile for one session, as the station knows it.</summary>
    public ChargingProfile For(Session session) =>
        this with { Number = session.Number, Transaction = session.Transaction };

    /// <summary>Session only: the station's own name of it, where stations give them names (OCPP 2.x).</summary>
    public string? Transaction { get; init; }

    public ProfileRecurrence? Recurrence { get; init; }

    public long? ValidFromMs { get; init; }

    public long? ValidToMs { get; init; }

    public long? StartMs { get; init; }

    public int? DurationSeconds { get; init; }

    public decimal? MinRate { get; init; }
}
