namespace Voltgate.Domain.Stations;

public enum ActionStatus
{
    APIRequested,
    Requested,
    Completed,
    Failed,
}

/// <summary>An asynchronous command to a station and what became of it; <c>action</c> on the wire.</summary>
/// <param name="Type">"chargestation.reset", …: the prefix of its events .requested, .accepted, .rejected.</param>
/// <param name="Data">What was asked, a JSON object.</param>
/// <param name="Response">What the station answered, a JSON object.</param>
public sealed record StationAction(
    string Id,
    string Organization,
    string Station,
    string? Connector,
    string? Session,
    string Type,
    ActionStatus Status,
    string Data,
    string? Response,
    Failure? Failure,
    long? DueAtMs,
    long CreatedAtMs,
    long UpdatedAtMs)
{
    /// <summary>
    /// What a person allows; it holds once the station has taken it. Null with a command that takes it away.
    /// </summary>
    public PowerLimit? Limit { get; init; }
}

/// <summary>Why something did not happen. Code: stable snake_case. Message: one sentence for a person.</summary>
public sealed record Failure(string Code, string Message);
