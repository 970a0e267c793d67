using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// One OCPP message of a station's log. What could be a password in it was replaced by *** when it came.
/// </summary>
/// <param name="Direction">in: from the station; out: from this server.</param>
/// <param name="Type">CALL, CALLRESULT, CALLERROR (OCPP-J §4.2), SEND (2.1); INVALID: no frame of OCPP-J; SILENCE: a
/// CALL of this server that no answer came to.</param>
/// <param name="Action">Of an answer: what was asked. Empty where it cannot be known.</param>
/// <param name="MessageId">The CALL's; an answer has the same.</param>
/// <param name="Session">The session that it is about.</param>
/// <param name="Payload">As it stood on the wire; null: none, one that was refused and is too long to keep, or one
/// whose time is over (Storage:MessageKeepDays).</param>
/// <param name="Answer">What the station's CALL was answered with.</param>
/// <param name="LatencyMs">From a CALL to its answer; absent where there was none, or it is not known.</param>
/// <param name="Verdict">accepted; soft: taken, with doubts; hard: refused, not understood, or never answered.</param>
/// <param name="Reasons">Why it is not simply accepted: words of a session's <c>review</c>, the station's own word, an
/// error code with the field, …</param>
/// <param name="Times">So many alike in one entry, this being the last.</param>
/// <param name="UpdatedAt">When the last of them came.</param>
internal sealed record FrameResource(
    string Direction,
    string Type,
    string Action,
    string? MessageId,
    string? Session,
    WireJson Payload,
    WireJson? Answer,
    [property: Description("Milliseconds")] double? LatencyMs,
    string Verdict,
    IReadOnlyList<string> Reasons,
    long Times,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt);
