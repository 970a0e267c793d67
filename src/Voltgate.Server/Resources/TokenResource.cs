using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>An RFID card or virtual id (api-contract §3 Token).</summary>
internal sealed record TokenResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    /// <summary>What the station presents: the idTag of OCPP.</summary>
    [JsonPropertyName("physicalId")]
    public string PhysicalId { get; init; } = "";

    /// <summary>Central (the virtual one of a user), ISO14443, …</summary>
    public string Type { get; init; } = "";

    public string? User { get; init; }

    public string? Group { get; init; }

    public bool Active { get; init; }

    /// <summary>May charge at several connectors at once; absent: as the server's setting says.</summary>
    public bool? AllowConcurrent { get; init; }

    [JsonPropertyName("expiresAt")]
    public WireTime? ExpiresAt { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>A card that was refused because nobody knows it.</summary>
internal sealed record UnknownCardResource(
    [property: JsonPropertyName("physicalId")] string PhysicalId,
    string Chargestation,
    long Seen,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt);
