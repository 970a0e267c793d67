using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// One OCPP message of a station's log. What could be a password in it was replaced by *** when it came.
/// </summary>
/// <param name="Direction">in: the station called, or answered; out: this server called.</param>
/// <param name="MessageId">Of the station's CALL; absent where this server called.</param>
/// <param name="Session">The session that it is about.</param>
/// <param name="Payload">As it stood on the wire.</param>
internal sealed record FrameResource(
    string Direction,
    string Action,
    string? MessageId,
    string? Session,
    WireJson Payload,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt);
