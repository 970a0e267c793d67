using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A driver (api-contract §3 User).</summary>
internal sealed record UserResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string? Firstname { get; init; }

    public string? Lastname { get; init; }

    public string? Email { get; init; }

    /// <summary>False: charging is refused.</summary>
    public bool Active { get; init; }

    public string? Picture { get; init; }

    public UserAddress? Address { get; init; }

    public UserPhone? Phone { get; init; }

    public string Role { get; init; } = "";

    public IReadOnlyList<string> FavoriteChargestations { get; init; } = [];

    /// <summary>Only in the answer to GET /users/{id}/wallet.</summary>
    public WalletResource? Wallet { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

internal sealed record UserAddress
{
    [JsonPropertyName("streetAndNumber")]
    public string? StreetAndNumber { get; init; }

    public string? City { get; init; }

    [JsonPropertyName("postalCode")]
    public string? PostalCode { get; init; }

    public string? State { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }
}

internal sealed record UserPhone
{
    public string? Mobile { get; init; }

    public string? Home { get; init; }

    public string? Work { get; init; }
}
