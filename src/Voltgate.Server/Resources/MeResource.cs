using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>Who is calling: the answer of <c>GET /me</c>.</summary>
internal sealed record MeResource(MeOrganization Organization, MeApiKey ApiKey);

internal sealed record MeOrganization([property: JsonPropertyName("_id")] string Id, string Name);

internal sealed record MeApiKey(
    [property: JsonPropertyName("_id")] string Id, string Name, IReadOnlyList<string> Scopes);
