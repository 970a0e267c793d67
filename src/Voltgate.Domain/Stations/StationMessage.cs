using System.Collections.Immutable;

namespace Voltgate.Domain.Stations;

/// <summary>What a station said, in words that no OCPP version owns. Each dialect translates into these.</summary>
public abstract record StationMessage;

public sealed record Booted(BootInfo Info) : StationMessage
{
    /// <summary>Why it started, in the version's own word; null: not said.</summary>
    public string? Reason { get; init; }
}

public sealed record Pulsed : StationMessage;

public sealed record ConnectorReported(
    Place Place, ConnectorStatus Status, string ErrorCode, string? Info, string? VendorErrorCode, StationTime? At)
    : StationMessage;

public sealed record TokenPresented(string IdTag) : StationMessage
{
    /// <summary>What kind of token it is, in the version's own word; null: not said.</summary>
    public string? Type { get; init; }

    /// <summary>The contract that it stands for, where a vehicle showed one.</summary>
    public ContractShown? Contract { get; init; }

    /// <summary>What is said of that contract.</summary>
    public ContractAdvice? Advice { get; init; }
}

public sealed record TransactionStarted(
    Place Place, string IdTag, Energy MeterStart, StationTime At, int? ReservationId = null) : StationMessage
{
    /// <summary>The station's own id of the transaction, where it gives one (2.x).</summary>
    public string? Transaction { get; init; }

    /// <summary>The number of the remote start that it answers, where that is told (2.x).</summary>
    public int? Requested { get; init; }

    /// <summary>Nobody was asked for a token (2.x NoAuthorization).</summary>
    public bool IsFree { get; init; }

    /// <summary>The register is not told yet (2.x): the first one that is begins the count.</summary>
    public bool IsUnmetered { get; init; }

    /// <summary>The natural key of what the station wrote, where that is read otherwise; null: as it is.</summary>
    public string? Key { get; init; }
}

/// <param name="Number">The transaction's number as the station knows it; 0 and -1 occur in the field.</param>
/// <param name="Reason">The version's own word, "Local" where the station gave none (OCPP 1.6 §6.45).</param>
public sealed record TransactionEnded(
    int Number, string? IdTag, Energy MeterStop, StationTime At, string Reason, ImmutableArray<MeterReading> Readings)
    : StationMessage;

/// <summary>2.x TransactionEventEnumType: which part of its life a message of a transaction tells.</summary>
public enum TransactionMoment
{
    Started,
    Updated,
    Ended,
}

/// <summary>One piece of a transaction, as OCPP 2.x tells it (2.0.1 part 2 §1.60 TransactionEventRequest).</summary>
/// <param name="Transaction">The station's own id of it.</param>
/// <param name="Sequence">Its place among the pieces; the first may have any.</param>
/// <param name="Place">Null: not told in this piece.</param>
public sealed record TransactionTold(
    string Transaction, int Sequence, TransactionMoment Moment, StationTime At, Place? Place,
    ImmutableArray<MeterReading> Readings) : StationMessage
{
    /// <summary>The token that was shown; null: none.</summary>
    public string? IdTag { get; init; }

    /// <summary>Charging is free to anybody here: the station asks nobody for a token.</summary>
    public bool IsFree { get; init; }

    /// <summary>The number of the remote start that it answers; null: of none.</summary>
    public int? Requested { get; init; }

    public int? ReservationId { get; init; }

    /// <summary>2.x ChargingStateEnumType, the station's word.</summary>
    public string? ChargingState { get; init; }

    /// <summary>2.x ReasonEnumType, of an end; null: Local.</summary>
    public string? StopReason { get; init; }

    /// <summary>What the station itself makes of the price (2.1); null: it does not reckon.</summary>
    public ReckonedCost? Cost { get; init; }
}

/// <summary>A total that a station has reckoned (2.1 I12), in millionths of the currency's unit.</summary>
/// <param name="WithTaxMicros">Null: not told.</param>
public readonly record struct ReckonedCost(string Currency, long? WithTaxMicros, long? BeforeTaxMicros);

/// <summary>What ends a transaction by itself (2.1 E16, E17).</summary>
/// <param name="TimeMs">From its start.</param>
public sealed record SessionLimit(long? CostMicros, Energy? Energy, int? StateOfCharge, long? TimeMs);

public sealed record MeterReported(Place Place, int? Number, ImmutableArray<MeterReading> Readings) : StationMessage;

/// <param name="Request">The signed update that it is about (<see cref="FirmwareProof"/>); null: not said.</param>
public sealed record FirmwareReported(string Status, int? Request = null) : StationMessage;

/// <param name="Request">The log that it is about (<see cref="SendLog"/>); null: not said.</param>
public sealed record DiagnosticsReported(string Status, int? Request = null) : StationMessage;

/// <param name="Type">The station's own word; also such as no version knows.</param>
public sealed record SecurityReported(string Type, StationTime At, string? Detail) : StationMessage;

/// <summary>The station has made a key and asks for a certificate of it.</summary>
/// <param name="Csr">PKCS #10, PEM.</param>
public sealed record CertificateWanted(string Csr) : StationMessage
{
    /// <summary>What it is for, in the version's own word; null: the station's own connection.</summary>
    public string? Use { get; init; }

    /// <summary>The number by which the station asks for it (2.1); null: none.</summary>
    public int? Request { get; init; }
}

public sealed record DataSent(string VendorId, string? MessageId, string? Data) : StationMessage;

/// <summary>A part of what a station tells of its settings, in the words that configuration keys have.</summary>
/// <param name="IsLast">No part follows.</param>
public sealed record SettingsReported(IReadOnlyDictionary<string, string> Values, bool IsLast) : StationMessage;

/// <summary>What a vehicle tells of the charge that it wants (ISO 15118).</summary>
/// <param name="Action">The version's own word for the message.</param>
/// <param name="Chosen">The most that it is going to draw; null: it asks what it may.</param>
public sealed record VehicleTold(string Action, Place Place, PowerLimit? Chosen = null) : StationMessage;

/// <summary>What a station said that the platform only keeps.</summary>
/// <param name="Action">The version's own word for the message.</param>
/// <param name="Json">The payload as it came.</param>
public sealed record Filed(string Action, string Json) : StationMessage
{
    /// <summary>What it tells of connectors besides (2.1 G01: events of their AvailabilityState).</summary>
    public IReadOnlyList<ConnectorReported> Statuses { get; init; } = [];
}

/// <summary>What a station wants of a provider of contracts, for itself or for a vehicle.</summary>
public sealed record Consulted(Filed Told, ContractQuestion Question) : StationMessage
{
    /// <summary>What the provider said to it.</summary>
    public ContractAdvice? Advice { get; init; }
}

/// <summary>What the platform answers, to be worded by the dialect that asked.</summary>
public abstract record Reply;

public sealed record BootAnswered(bool Accepted, long NowMs, int IntervalSeconds) : Reply
{
    /// <summary>Nothing else is taken of the station until people have decided about it.</summary>
    public bool IsPending { get; init; }
}

public sealed record PulseAnswered(long NowMs) : Reply;

public sealed record Noted : Reply
{
    public static readonly Noted Instance = new();
}

/// <summary>What a station may remember of a tag that was accepted.</summary>
/// <param name="Group">Tags of one group may end each other's sessions (1.6 parentIdTag, 2.x groupIdToken).</param>
public sealed record TagGrant(string? Group, long? ExpiresAtMs);

public sealed record TokenJudged(Authorization Authorization, TagGrant? Tag = null) : Reply
{
    /// <summary>What is said of the contract that was shown; null: none was.</summary>
    public ContractVerdict? Contract { get; init; }
}

public sealed record Advised(ContractAdvice Advice) : Reply;

public sealed record SessionOpened(int Number, Authorization Authorization, TagGrant? Tag = null) : Reply;

/// <param name="Authorization">Null where the station named no token.</param>
public sealed record SessionClosed(Authorization? Authorization, TagGrant? Tag = null) : Reply;

/// <summary>The answer to a piece of a transaction.</summary>
/// <param name="Authorization">Null where it showed no token.</param>
public sealed record TransactionNoted(Authorization? Authorization, TagGrant? Tag = null) : Reply
{
    /// <summary>What it costs so far, or in the end, where it has a price.</summary>
    public long? CostMicros { get; init; }

    /// <summary>Where it shall stop by itself; null: nothing to tell.</summary>
    public SessionLimit? Limit { get; init; }
}

/// <param name="Accepted">Where it asked: a profile follows. Where it has chosen: that is within its profile.</param>
public sealed record VehicleJudged(bool Accepted) : Reply;

/// <param name="Accepted">True: it is signed and comes later.</param>
public sealed record CertificateNoted(bool Accepted) : Reply;

public sealed record DataAnswered(DataVerdict Verdict, string? Data = null) : Reply;

public enum DataVerdict
{
    Accepted,
    Rejected,
    UnknownMessageId,
    UnknownVendorId,
}

/// <summary>The verdict on a token (OCPP 1.6 §7.2 AuthorizationStatus).</summary>
public enum Authorization
{
    Accepted,
    Blocked,
    Expired,
    Invalid,
    ConcurrentTx,
}
