using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A station that connects and that nobody has created: kept apart until somebody adopts it.</summary>
/// <param name="Identity">Whom its URL names; the endpoint that it gets when it is adopted.</param>
/// <param name="Source">The address that it came from last; updatedAt is when.</param>
/// <param name="BootInfo">What it says of itself; nothing proves it.</param>
internal sealed record UnknownStationResource(
    [property: JsonPropertyName("_id")] string Id,
    string Identity,
    string Source,
    string Protocol,
    [property: JsonPropertyName("bootInfo")] BootInfoResource? BootInfo,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt);
