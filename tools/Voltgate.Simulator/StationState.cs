using System.Collections.Immutable;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>Everything a simulated station knows. A restart keeps what flash memory would keep.</summary>
public sealed record StationState
{
    public required ImmutableArray<ConnectorState> Connectors { get; init; }

    public required ImmutableSortedDictionary<string, string> Configuration { get; init; }

    public bool Online { get; init; }

    /// <summary>The platform has accepted the boot; survives a mere loss of the link.</summary>
    public bool Booted { get; init; }

    /// <summary>The station is on its way down: it accepts no work.</summary>
    public bool Restarting { get; init; }

    /// <summary>By when it is down at the latest; 0: it stays up, or is down.</summary>
    public long DownAtMs { get; init; }

    public bool StationOperative { get; init; } = true;

    public long NextBootAtMs { get; init; }

    public long NextHeartbeatAtMs { get; init; }

    /// <summary>
    /// Transaction messages in their order; the first is sent, the others wait for it (OCPP 1.6 §3.7.1).
    /// </summary>
    public ImmutableList<QueuedSaying> Queue { get; init; } = [];

    public bool HeadIsUnderWay { get; init; }

    public long HeadDueAtMs { get; init; }

    /// <summary>What commands asked to be said, once they have been answered.</summary>
    public ImmutableList<Saying> Soon { get; init; } = [];

    /// <summary>Reservations; they survive a restart.</summary>
    public ImmutableList<KeptPlace> Kept { get; init; } = [];

    public ImmutableList<InstalledProfile> Profiles { get; init; } = [];

    /// <summary>The tokens that it takes by itself, whatever the case of their letters.</summary>
    public ImmutableDictionary<string, IdTagInfo> List { get; init; } = TokenLists.None;

    /// <summary>0: an empty list.</summary>
    public int ListVersion { get; init; }

    public ImmutableList<KeptCertificate> Certificates { get; init; } = [];

    /// <summary>The log on its way; null: none is.</summary>
    public int? LogRequest { get; init; }

    /// <summary>The firmware update that is under way.</summary>
    public FirmwareUpdate? Update { get; init; }

    /// <summary>Diagnostics are on their way out.</summary>
    public bool SendsDiagnostics { get; init; }

    public SignedFirmwareStatus FirmwareStatus { get; init; } = SignedFirmwareStatus.Idle;

    /// <summary>Why it went down the last time; null: it has not.</summary>
    public Reason? WentDown { get; init; }

    /// <summary>It restarts once nothing is charged.</summary>
    public bool ResetsWhenIdle { get; init; }

    public int LastId { get; init; }

    /// <summary>Every charge since the station was made, oldest first.</summary>
    public ImmutableList<Charge> Charges { get; init; } = [];

    public Charge? ChargeOf(int local) => local > 0 && local <= Charges.Count ? Charges[local - 1] : null;

    public ConnectorState? Connector(int number) =>
        number > 0 && number <= Connectors.Length ? Connectors[number - 1] : null;
}

/// <summary>One connector.</summary>
public sealed record ConnectorState(int Number, ConnectorSpec Spec)
{
    public ChargePointStatus Status { get; init; } = ChargePointStatus.Available;

    public bool Operative { get; init; } = true;

    /// <summary>The vehicle whose cable is in.</summary>
    public Vehicle? Vehicle { get; init; }

    public Grant? Grant { get; init; }

    /// <summary>The profile that came with a remote start, for the charge that it begins.</summary>
    public ChargingProfile? Promised { get; init; }

    /// <summary>The number of that remote start (2.x remoteStartId); null: it has none, or there is none.</summary>
    public int? Requested { get; init; }

    /// <summary>The running charge's place in <see cref="StationState.Charges"/>, from 1; 0: none.</summary>
    public int Local { get; init; }

    /// <summary>What the meter shows, in milli-Wh.</summary>
    public long MeterMilliWh { get; init; }

    public long MeterAtMs { get; init; }

    /// <summary>The watts that flow now.</summary>
    public long PowerW { get; init; }

    public long MeterWh => MeterMilliWh / 1000;
}

/// <summary>Someone may charge here and must plug in (or present the card's owner) until then.</summary>
public sealed record Grant(string IdTag, long UntilMs)
{
    /// <summary>The tag's group, where the platform told it.</summary>
    public string? Parent { get; init; }

    /// <summary>IdTokenEnumType of 2.x; null: a card, or nobody said.</summary>
    public string? Kind { get; init; }
}

/// <summary>One charge as the station knows it. Local: its number at the station; Number: the platform's.</summary>
public sealed record Charge(int Local, int Connector, string IdTag, long StartedAtMs)
{
    /// <summary>The station's own name for it, which 2.x tells; 1.6 has only the platform's number.</summary>
    public string Id { get; init; } = "";

    /// <summary>The number of the remote start that began it (2.x remoteStartId).</summary>
    public int? Requested { get; init; }

    /// <summary>IdTokenEnumType of 2.x; null: a card, or nobody said.</summary>
    public string? Kind { get; init; }

    /// <summary>How many messages of a 2.x transaction have been made of it: the next one's seqNo.</summary>
    public int Messages { get; init; }

    /// <summary>The connector's status when the last of them was made; null: none has been.</summary>
    public ChargePointStatus? Told { get; init; }

    public int? Number { get; init; }

    /// <summary>What the platform said of the tag; null: not answered yet.</summary>
    public AuthorizationStatus? Verdict { get; init; }

    public long NextSampleAtMs { get; init; }

    public int Samples { get; init; }

    public long? EndedAtMs { get; init; }

    public Reason? Reason { get; init; }

    /// <summary>The mishaps in mid-session that have struck it.</summary>
    public Mishaps Suffered { get; init; }

    /// <summary>1: of its start, 2: of its stop; 0: none.</summary>
    public int LastAnswerLost { get; init; }

    /// <summary>Every register value put into a message, in order, in Wh: what an audit reckons with.</summary>
    public ImmutableList<long> Registers { get; init; } = [];

    /// <summary>What the meter counted, in Wh: the sum of its steps upward.</summary>
    public long MeteredWh => Registers.Zip(Registers.Skip(1), (a, b) => Math.Max(0, b - a)).Sum();
}

/// <summary>Something to say: an OCPP request record, and the charge whose number it must carry.</summary>
public sealed record Saying(string Action, object Request, int Local = 0)
{
    public ChargeMoment Moment { get; init; }
}

/// <summary>What of a charge a message tells.</summary>
public enum ChargeMoment
{
    None,
    Start,
    Stop,
}

/// <summary>A transaction message that is kept until the platform has taken it.</summary>
public sealed record QueuedSaying(Saying Saying, string Id, int Attempts = 0);
