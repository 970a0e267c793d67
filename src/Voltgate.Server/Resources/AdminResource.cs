using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>An operator; <see cref="Invitation"/> once, in the answer that makes it.</summary>
internal sealed record AdminResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Email { get; init; } = "";

    public string? Name { get; init; }

    /// <summary>Admin, Support or Viewer.</summary>
    public string Role { get; init; } = "";

    public bool Active { get; init; }

    /// <summary>Has no password yet.</summary>
    public bool Invited { get; init; }

    public InvitationResource? Invitation { get; init; }

    [JsonPropertyName("lastLoginAt")]
    public WireTime? LastLoginAt { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>What the invited person needs: the link holds the token, which works once.</summary>
internal sealed record InvitationResource(
    string Token, string Link, [property: JsonPropertyName("expiresAt")] WireTime ExpiresAt);

/// <summary>Who has signed in, and until when.</summary>
internal sealed record SignInResource(
    MeAdmin Admin, MeOrganization Organization, [property: JsonPropertyName("expiresAt")] WireTime ExpiresAt);

/// <summary>A sign-in of an operator that still holds.</summary>
internal sealed record AdminSessionResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    /// <summary>The one that asks.</summary>
    public bool Current { get; init; }

    /// <summary>From where it signed in.</summary>
    public string Address { get; init; } = "";

    public string UserAgent { get; init; } = "";

    [JsonPropertyName("lastSeenAt")]
    public WireTime LastSeenAt { get; init; }

    [JsonPropertyName("expiresAt")]
    public WireTime ExpiresAt { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }
}
