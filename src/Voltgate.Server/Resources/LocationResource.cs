using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A place with stations (api-contract §3 Location).</summary>
internal sealed record LocationResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Active { get; init; }

    [JsonPropertyName("operatorName")]
    public string? OperatorName { get; init; }

    public UserAddress? Address { get; init; }

    /// <summary>IANA: Europe/Berlin. Schedules of rates and opening hours are read on its clock.</summary>
    public string Timezone { get; init; } = "";

    [Description("[longitude, latitude] in degrees.")]
    public IReadOnlyList<decimal>? Coordinates { get; init; }

    /// <summary>"0" Sunday … "6" Saturday.</summary>
    [JsonPropertyName("openingHours")]
    public IReadOnlyDictionary<string, IReadOnlyList<OpeningWindow>>? OpeningHours { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>Local times as HH:mm; the end may be 24:00.</summary>
internal sealed record OpeningWindow(
    [property: JsonPropertyName("startTime")] string StartTime, [property: JsonPropertyName("endTime")] string EndTime);
