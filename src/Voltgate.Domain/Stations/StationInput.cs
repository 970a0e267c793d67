using System.Collections.Immutable;
using System.Text;
using Voltgate.Domain.Access;
using Voltgate.Domain.Payments;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>Everything that can happen to a station. Time and failure are inputs too.</summary>
public abstract record StationInput;

/// <param name="Payload">As the station wrote it: JSON in UTF-8.</param>
public sealed record Said(StationMessage Message, ReadOnlyMemory<byte> Payload = default) : StationInput
{
    public string Raw => Encoding.UTF8.GetString(Payload.Span);
}

/// <param name="By">How the station presented itself.</param>
public sealed record LinkUp(string Protocol, StationSecurity By = StationSecurity.None) : StationInput
{
    /// <summary>Set where it came by a password while two were good.</summary>
    public PasswordUse? Password { get; init; }
}

/// <summary>Which of two passwords a station came by: the old one, or the new one that this command told it.</summary>
public readonly record struct PasswordUse(string Action, bool IsNew);

/// <summary>What becomes of the new one of two passwords.</summary>
public enum PasswordFate
{
    Undecided,

    /// <summary>It is the station's password; the old one opens nothing any more.</summary>
    Taken,

    /// <summary>The old one stays the station's only one.</summary>
    Dropped,
}

public sealed record LinkDown : StationInput;

/// <summary>The link has stood for a while: what was missed before it may be asked for now.</summary>
public sealed record LinkSettled : StationInput;

/// <summary>The location of a connector has closed, or opened.</summary>
public sealed record HoursTurned(string Connector, bool Closed) : StationInput;

/// <summary>
/// The connector's load group shares out anew: StartW for whoever plugs in, ShareW for the session of that Number.
/// </summary>
public sealed record LoadTurned(string Connector, long? StartW, int? Number, long? ShareW) : StationInput;

/// <summary>The connector has left its load group.</summary>
public sealed record LoadReleased(string Connector) : StationInput;

/// <summary>The shell saw something that no honest station does: a second socket in its name, …</summary>
public sealed record Suspected(string Kind, string Detail) : StationInput;

public sealed record Ordered(Order Order) : StationInput;

/// <summary>The clock has come to something that was due.</summary>
public sealed record TimedOut : StationInput;

/// <summary>A command goes out to the station: those before it have been answered, or have given way.</summary>
public sealed record Handed(Errand Errand) : StationInput;

public sealed record Answered(Errand Errand, Receipt Receipt) : StationInput;

public enum ErrandKind
{
    Start,
    Stop,
    Action,
    Probe,
    Hours,

    /// <summary>A load group gives a connector back: whatever the station says of it.</summary>
    Load,

    /// <summary>A load group's default of a connector.</summary>
    LoadStart,

    /// <summary>A load group's share of a session.</summary>
    LoadShare,

    /// <summary>A vehicle gets its session's limit: whatever the station says of it.</summary>
    Vehicle,

    /// <summary>A place is to be kept.</summary>
    Reserve,

    /// <summary>A place is kept no longer.</summary>
    Release,

    /// <summary>How a transaction stands that nothing was heard of on this link.</summary>
    Standing,

    /// <summary>What a session costs so far; whether it is shown changes nothing.</summary>
    Cost,

    /// <summary>A part of the list of tokens.</summary>
    TokenList,

    /// <summary>Which version of the list of tokens the station has.</summary>
    TokenListVersion,
}

/// <summary>On whose behalf a command goes out: the id of a session, an action, a connector or a reservation.</summary>
public readonly record struct Errand(ErrandKind Kind, string Id);

/// <summary>A command on its way to the station.</summary>
/// <param name="DueAtMs">Its answer counts until then, and it is not sent later; null: no such limit.</param>
public sealed record Telling(Errand Errand, StationCommand Command, long? DueAtMs = null);

/// <summary>
/// What a decision needs to know beyond the station itself, gathered by the shell. Only what the input calls for is
/// filled in.
/// </summary>
public sealed record Known(Rules Rules, Spare Spare)
{
    /// <summary>The presented tag's token, or null: nobody knows it.</summary>
    public TokenFacts? Token { get; init; }

    /// <summary>The token that a piece of a transaction shows, where that is another one than it began with.</summary>
    public ShownToken? Shown { get; init; }

    /// <summary>The token has an open session on another station.</summary>
    public bool TokenChargesElsewhere { get; init; }

    /// <summary>A closed session that the message speaks of: same natural key, or same number.</summary>
    public Session? Prior { get; init; }

    /// <summary>The number belongs to a session of another station.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The plan of the connector's rate, or null: no rate.</summary>
    public RatePlan? Plan { get; init; }

    /// <summary>IANA zone of the station's location.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>
    /// Created sessions whose remote start a process gave that died, and that no answer is known to: whether the
    /// station ever heard it, nobody can tell.
    /// </summary>
    public IReadOnlyList<string> Unheard { get; init; } = [];

    /// <summary>The reservation that a start names, where it is over.</summary>
    public Reservation? Lapsed { get; init; }

    /// <summary>What the tenant wants of sessions that are reported late; read only for messages that are.</summary>
    public LateBilling? Late { get; init; }

    /// <summary>The organisation wants sessions to show what the station measured word for word.</summary>
    public bool KeepsRaw { get; init; }

    /// <summary>Why no certificate is made for the request that was sent; null: one is.</summary>
    public string? SigningFault { get; init; }

    /// <summary>The pulse interval for a booting station, with the shell's jitter.</summary>
    public int HeartbeatSeconds { get; init; } = 300;
}

/// <param name="Token">Null: nobody knows it.</param>
public readonly record struct ShownToken(TokenFacts? Token);

/// <summary>Ids and a number that a decision may use up: randomness enters here only.</summary>
public readonly record struct Spare(string Id, string SecondId, int Number);

/// <summary>The operator's settings that decisions depend on.</summary>
/// <param name="AbandonedAfterMs">
/// A session whose connector is free after a boot, or a time without a link, ends so much later; 0: it does not.
/// </param>
/// <param name="FreeAfterMs">The same on a link that stood.</param>
/// <param name="SilentAfterMs">A session that the station says nothing of ends so much later; 0: it does not.</param>
public sealed record Rules(
    long StartTimeoutMs = 120_000,
    long DefaultTimeMs = 720 * 60_000L,
    long CommandTimeoutMs = 60_000,
    long AbandonedAfterMs = 24 * 3_600_000L,
    long FreeAfterMs = 24 * 3_600_000L,
    long SilentAfterMs = 72 * 3_600_000L,
    bool AllowConcurrentTokens = false);

/// <summary>What the API asks of a station.</summary>
public abstract record Order;

public sealed record StartSession(
    string Connector, string User, TokenFacts Token, string IdTag, SessionTarget Target, string MetaData) : Order
{
    /// <summary>The hold on the wallet that pays; it stands already.</summary>
    public SessionPayment? Payment { get; init; }
}

public sealed record StopSession(string Session) : Order;

/// <param name="Connector">Null: any connector of the station.</param>
public sealed record MakeReservation(string? Connector, TokenFacts Token, long ExpiresAtMs, string MetaData) : Order;

public sealed record CancelReservation(string Reservation) : Order;

/// <param name="Type">"chargestation.reset", …</param>
/// <param name="Data">What was asked, a JSON object, kept in the action.</param>
/// <param name="Session">The running session that it is about; it is refused unless that has started.</param>
public sealed record RunCommand(
    string Type, StationCommand Command, string? Connector, string Data, string? Session = null) : Order
{
    /// <summary>What a person allows, where the command carries it.</summary>
    public PowerLimit? Limit { get; init; }

    /// <summary>It carries a new password, which stands in the store beside the old one.</summary>
    public bool ChangesPassword { get; init; }

    /// <summary>It tells the station to come by this profile.</summary>
    public StationSecurity? Raises { get; init; }
}

/// <param name="IsFull">The whole list, else changes to it.</param>
/// <param name="Version">The list's after it; null: one more than before.</param>
/// <param name="Data">What was asked, a JSON object, kept in the action.</param>
public sealed record WriteList(bool IsFull, int? Version, ImmutableArray<ListedToken> Tokens, string Data) : Order;

/// <summary>Tags that are to be nowhere any more, in any case of letters.</summary>
public sealed record ForgetTokens(IReadOnlySet<string> Tags) : Order;

public sealed record ReviseStation(Func<StationSettings, StationSettings> Change) : Order;

/// <param name="Endpoint">A new identity in the station's URL; the shell has checked that it is free.</param>
public sealed record RenameEndpoint(string Endpoint) : Order;

/// <param name="Lowers">A station that can show a certificate may come by TLS and password again.</param>
public sealed record SecureStation(StationSecurity Security, bool Lowers = false) : Order
{
    /// <summary>The store has another password from this commit on, and one alone.</summary>
    public bool RenewsPassword { get; init; }
}

public sealed record AddConnector(Place Place, ConnectorSettings Settings) : Order;

public sealed record ReviseConnector(string Connector, Func<ConnectorSettings, ConnectorSettings> Change) : Order;

public sealed record RemoveConnector(string Connector) : Order;

public sealed record RemoveStation : Order;

/// <summary>How an order fared.</summary>
public abstract record OrderResult;

public sealed record SessionOrdered(Session Session) : OrderResult;

public sealed record ReservationOrdered(Reservation Reservation) : OrderResult;

public sealed record ActionOrdered(StationAction Action) : OrderResult;

public sealed record StationOrdered(ChargeStation Station, Connector? Connector = null) : OrderResult;

/// <param name="Code">Stable snake_case: connector_busy, chargestation_offline, …</param>
public sealed record OrderRefused(string Code, string Message) : OrderResult;

