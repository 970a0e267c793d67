using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What a station tells of itself when it boots (OCPP 1.6 §6.5 BootNotification.req).</summary>
public sealed record BootInfo(
    string ChargePointVendor,
    string ChargePointModel,
    string? ChargePointSerialNumber = null,
    string? ChargeBoxSerialNumber = null,
    string? FirmwareVersion = null,
    string? Iccid = null,
    string? Imsi = null,
    string? MeterType = null,
    string? MeterSerialNumber = null);

/// <summary>The union of the versions' words: 1.6 §7.7 ChargePointStatus, 2.x ConnectorStatusEnumType.</summary>
public enum ConnectorStatus
{
    Available,
    Preparing,
    Charging,
    SuspendedEVSE,
    SuspendedEV,
    Finishing,
    Reserved,
    Unavailable,
    Faulted,
    Occupied,
}

/// <summary>What people decide about a station. Coordinates are micro-degrees.</summary>
/// <param name="SerialNumber">Whom its certificate may name beside its identity; null: nobody.</param>
/// <param name="AllowsProfile0">It may come without credentials from anywhere.</param>
public sealed record StationSettings(
    string Name,
    string? Description = null,
    string? Location = null,
    bool Active = true,
    bool Public = false,
    bool IsSimulator = false,
    string? PinnedProtocol = null,
    long? LongitudeE6 = null,
    long? LatitudeE6 = null,
    string MetaData = "{}",
    string? SerialNumber = null,
    bool AllowsProfile0 = false)
{
    /// <summary>"none": of no make that does otherwise.</summary>
    public const string NoQuirks = "none";

    /// <summary>The quirk profile that people chose; null: by what the station tells of itself.</summary>
    public string? QuirkProfile { get; init; }
}

/// <summary>What people decide about a connector. Power is watts; MetaData a JSON object, returned unchanged.</summary>
public sealed record ConnectorSettings(
    bool Active = true,
    string? Type = null,
    string? Format = null,
    string? PowerType = null,
    long? PowerW = null,
    string? Rate = null,
    string MetaData = "{}");

/// <summary>A plug. Status is null until the station has said something of it.</summary>
public sealed record Connector(
    string Id,
    Place Place,
    ConnectorSettings Settings,
    ConnectorReport? Report,
    long CreatedAtMs,
    long UpdatedAtMs)
{
    /// <summary>The station was told to keep it unavailable, because its location is closed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Closed { get; init; }

    /// <summary>What people allow on it; null: no limit.</summary>
    public PowerLimit? Limit { get; init; }

    /// <summary>What its load group has told the station; null: it belongs to none.</summary>
    public ConnectorLoad? Load { get; init; }

    /// <summary>When to tell it again what it did not take.</summary>
    public long? HoursRetryAtMs { get; init; }

    [JsonIgnore]
    public ConnectorStatus? Status => Report?.Status;

    /// <summary>Whether the station has to be told that the location has closed, or opened.</summary>
    public bool IsDue(bool closed, long nowMs) => Closed != closed && !(HoursRetryAtMs > nowMs);
}

/// <summary>What a station last said of a connector. Raw: the message's payload, JSON.</summary>
public sealed record ConnectorReport(
    ConnectorStatus Status, string ErrorCode, string? Note, string? VendorErrorCode, long AtMs, string Raw)
{
    /// <summary>The same news again; only its time differs.</summary>
    public bool Repeats(ConnectorReport before) =>
        Status == before.Status && ErrorCode == before.ErrorCode && Note == before.Note
        && VendorErrorCode == before.VendorErrorCode;
}

/// <summary>
/// How a station must at least present itself: the security profiles 0 to 3 of OCPP, in their order. None: without
/// credentials, from this machine or where that is allowed in words.
/// </summary>
public enum StationSecurity
{
    None,
    BasicAuth,
    TlsBasic,
    Mtls,
}

/// <summary>What a station was told to present itself by from now on, and the command that told it.</summary>
public sealed record SecurityRaise(StationSecurity To, string Action);

/// <summary>A StopTransaction that no session answers to yet (reliability: "Stop before Start").</summary>
public sealed record OrphanStop(
    int Number, string? IdTag, Energy MeterStop, StationTime At, string Reason, long ReceivedAtMs);

/// <summary>
/// What is known of a transaction (2.x) whose beginning has not come, or that nobody has been let into: its pieces, as
/// they came.
/// </summary>
public sealed record WaitingTransaction(string Transaction, long SinceMs, ImmutableList<TransactionTold> Told);

/// <summary>
/// One kind of security event that a station reported lately: told once a minute, however often it comes.
/// </summary>
/// <param name="Kind">Null: one of more kinds than are counted each by itself.</param>
/// <param name="ToldAtMs">When an event told of it last.</param>
/// <param name="Held">Reports since then, and the last one of them.</param>
public sealed record SecurityBurst(string? Kind, long ToldAtMs, int Held, long LastAtMs, string? LastDetail);

/// <summary>
/// A station with its connectors and everything open on it: the aggregate that one writer owns. Sessions holds
/// those in <c>created</c> and <c>Started</c>; a closed one leaves the list and lives on in the store.
/// </summary>
public sealed record ChargeStation(
    string Id,
    string Organization,
    string Endpoint,
    StationSettings Settings,
    StationSecurity Security,
    bool Online,
    string? Protocol,
    BootInfo? BootInfo,
    long? LastBootAtMs,
    long? LastConnectAtMs,
    long? LastDisconnectAtMs,
    long? LastMessageAtMs,
    ImmutableArray<Connector> Connectors,
    ImmutableArray<OrphanStop> Orphans,
    ImmutableSortedDictionary<string, string> Configuration,
    string? FirmwareStatus,
    string? DiagnosticsStatus,
    long CreatedAtMs,
    long UpdatedAtMs)
{
    /// <summary>What people allow it in all; null: no limit.</summary>
    public PowerLimit? Limit { get; init; }

    /// <summary>How it presented itself when it came last; null: it never came.</summary>
    public StationSecurity? CameBy { get; init; }

    /// <summary>The most that it has ever presented itself by; null: it never came.</summary>
    public StationSecurity? Proven { get; init; }

    /// <summary>The command that told it a new password, while nobody knows whether it took it; null: none.</summary>
    public string? PasswordChange { get; init; }

    /// <summary>A stronger profile that it was told to come by; null: none.</summary>
    public SecurityRaise? Raise { get; init; }

    /// <summary>Transactions that no session was made of yet; null: none.</summary>
    public ImmutableList<WaitingTransaction>? Waiting { get; init; }

    /// <summary>Null: no security event was reported lately.</summary>
    public ImmutableList<SecurityBurst>? Bursts { get; init; }

    /// <summary>What its make does otherwise than OCPP says: of data that is no part of it.</summary>
    [JsonIgnore]
    public QuirkTraits Quirks { get; init; } = QuirkTraits.None;

    /// <summary>Open sessions, oldest first. Kept in their own rows.</summary>
    [JsonIgnore]
    public ImmutableArray<Session> Sessions { get; init; } = [];

    /// <summary>Commands sent and not yet answered. Kept in their own rows.</summary>
    [JsonIgnore]
    public ImmutableArray<StationAction> Actions { get; init; } = [];

    /// <summary>
    /// Reservations that something is still to be done about: open ones, and those the station may not know to be over.
    /// Kept in their own rows.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<Reservation> Reservations { get; init; } = [];

    /// <summary>The tokens that it takes by itself; null: it was never given any. Kept in a row of its own.</summary>
    [JsonIgnore]
    public TokenList? TokenList { get; init; }

    /// <summary>Fence of every commit: two writers of one station cannot both succeed.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    /// <summary>The last number given to an event of this station's stream.</summary>
    [JsonIgnore]
    public long EventSeq { get; init; }

    /// <summary>The connector there; a station that has changed its version may call the same one otherwise.</summary>
    public Connector? ConnectorAt(Place place)
    {
        foreach (var connector in Connectors)
            if (connector.Place == place) return connector;
        if (place.IsStation) return null;
        foreach (var connector in Connectors)
            if (IsAlso(connector.Place, place)) return connector;
        return null;
    }

    public Connector? ConnectorById(string id) => Connectors.FirstOrDefault(c => c.Id == id);

    public ChargeStation With(Session session)
    {
        var at = IndexOf(session.Id);
        if (!session.IsOpen) return at < 0 ? this : this with { Sessions = Sessions.RemoveAt(at) };
        return this with { Sessions = at < 0 ? Sessions.Add(session) : Sessions.SetItem(at, session) };
    }

    public ChargeStation With(Connector connector)
    {
        for (var i = 0; i < Connectors.Length; i++)
            if (Connectors[i].Id == connector.Id) return this with { Connectors = Connectors.SetItem(i, connector) };
        return this with { Connectors = Connectors.Add(connector) };
    }

    public ChargeStation With(Reservation reservation)
    {
        var others = Reservations.RemoveAll(r => r.Id == reservation.Id);
        return this with { Reservations = reservation.DueAtMs is null ? others : others.Add(reservation) };
    }

    private static bool IsAlso(Place known, Place said) => said switch
    {
        { Connector: 0 } => known.ToEvse().Evse == said.Evse, // any plug of the evse
        _ => (known.Evse == 0 || said.Evse == 0) && known.ToEvse() == said.ToEvse(),
    };

    private int IndexOf(string session)
    {
        for (var i = 0; i < Sessions.Length; i++)
            if (Sessions[i].Id == session) return i;
        return -1;
    }
}
