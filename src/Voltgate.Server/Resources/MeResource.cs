using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>Who is calling: the answer of <c>GET /me</c>. A key or an operator.</summary>
internal sealed record MeResource(MeOrganization Organization, MeApiKey? ApiKey, MeAdmin? Admin = null);

internal sealed record MeOrganization([property: JsonPropertyName("_id")] string Id, string Name);

internal sealed record MeApiKey(
    [property: JsonPropertyName("_id")] string Id, string Name, IReadOnlyList<string> Scopes);

internal sealed record MeAdmin(
    [property: JsonPropertyName("_id")] string Id, string Email, string Role, IReadOnlyList<string> Scopes);
