using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>One thing that happened in a session. Kind: frame, event, cost or webhook.</summary>
/// <param name="What">The frame's action, the event's type, the cost line's type, the delivery's event.</param>
/// <param name="Direction">Of a frame: in (from the station) or out.</param>
/// <param name="Status">Of a webhook attempt: the HTTP status, or null where there was no answer.</param>
internal sealed record TimelineEntry(
    WireTime At,
    string Kind,
    string What,
    string? Direction,
    long? Status,
    string? Error,
    [property: JsonPropertyName("_id")] string? Id,
    WireJson? Data);
