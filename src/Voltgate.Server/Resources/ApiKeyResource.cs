using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>An API key as it is shown; <see cref="Key"/> once, in the answer to its creation or rotation.</summary>
internal sealed record ApiKeyResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The public part, to tell keys apart: <c>vg_live_Ab3…</c>.</summary>
    public string Prefix { get; init; } = "";

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public bool Active { get; init; }

    [JsonPropertyName("expiresAt")]
    public WireTime? ExpiresAt { get; init; }

    [JsonPropertyName("lastUsedAt")]
    public WireTime? LastUsedAt { get; init; }

    public string? Key { get; init; }

    /// <summary>Until when the secret before the last rotation works.</summary>
    public WireTime? OldKeyUntil { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}
