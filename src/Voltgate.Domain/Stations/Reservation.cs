using System.Text.Json.Serialization;

namespace Voltgate.Domain.Stations;

public enum ReservationStatus
{
    /// <summary>The station has been asked, and has not confirmed it.</summary>
    Pending,

    /// <summary>The station keeps the place.</summary>
    Active,

    /// <summary>Its session has begun.</summary>
    Used,
    Expired,
    Cancelled,

    /// <summary>The station did not take it, or did not answer in time.</summary>
    Refused,
}

/// <summary>
/// A place that is kept for somebody until a time (OCPP 1.6 §5.13). Place: the station itself is any of its connectors.
/// </summary>
/// <param name="Number">The reservationId, unique on its station.</param>
/// <param name="Connector">Null: any connector of the station.</param>
/// <param name="User">Whose it is; null: of a token that belongs to nobody.</param>
/// <param name="Group">parentIdTag: tokens of the same group may use it, too.</param>
/// <param name="DueAtMs">When the clock has to look at it; null: there is nothing left to do.</param>
public sealed record Reservation(
    string Id,
    string Organization,
    string Station,
    string? Connector,
    Place Place,
    int Number,
    string? User,
    string Token,
    string IdTag,
    string? Group,
    ReservationStatus Status,
    long ExpiresAtMs,
    long? DueAtMs,
    string MetaData,
    long CreatedAtMs,
    long UpdatedAtMs)
{
    /// <summary>What kind of token it is for (2.x IdTokenEnumType); null: not known.</summary>
    public string? TokenType { get; init; }

    /// <summary>The session that used it.</summary>
    public string? Session { get; init; }

    /// <summary>Why it was refused, or was cancelled by somebody else than who may.</summary>
    public Failure? Failure { get; init; }

    /// <summary>It is over, and the station may still keep the place: it is told until it answers (§5.2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OwesRelease { get; init; }

    /// <summary>Nobody else gets the place.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ReservationStatus.Pending or ReservationStatus.Active;

    /// <summary>Who holds it: a driver has one at a time.</summary>
    [JsonIgnore]
    public string Holder => User ?? Token;

    public bool Keeps(string connector) => IsOpen && Connector == connector;

    /// <summary>§4.8, §5.13: the tag that it was made for, or one of the same group.</summary>
    public bool IsFor(string idTag, string? group) =>
        TokenMachine.Same(IdTag, idTag) || (Group is not null && group is not null && TokenMachine.Same(Group, group));
}
