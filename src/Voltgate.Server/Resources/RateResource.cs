using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A rate, or a schedule of rates with each of them expanded (api-contract §3 Rate).</summary>
internal sealed record RateResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    [Description("ISO 4217, in upper case.")]
    public string Currency { get; init; } = "";

    public bool Active { get; init; }

    /// <summary>Of a rate.</summary>
    public IReadOnlyList<PriceComponentResource>? PriceComponents { get; init; }

    [Description("In the currency of the rate.")]
    public decimal? MinimumAmount { get; init; }

    [Description("In the currency of the rate.")]
    public decimal? MaximumAmount { get; init; }

    /// <summary>Of a schedule: what applies where no entry does.</summary>
    public RateResource? DefaultRate { get; init; }

    /// <summary>Of a schedule.</summary>
    public IReadOnlyList<LayoutEntryResource>? Layout { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>Price: per kWh (ENERGY), hour (TIME, PARKING_TIME) or session (FLAT), without tax. Tax: percent.</summary>
internal sealed record PriceComponentResource
{
    public string Type { get; init; } = "";

    [Description("Currency per kWh (ENERGY), hour (TIME, PARKING_TIME) or session (FLAT), without tax.")]
    public decimal Price { get; init; }

    [Description("Percent.")]
    public decimal? Tax { get; init; }

    [Description("Hours of parking that cost nothing.")]
    public decimal? GracePeriod { get; init; }

    [Description("Quantities are rounded up to multiples: Wh for ENERGY, seconds for the times.")]
    public long? StepSize { get; init; }
}

internal sealed record LayoutEntryResource(LayoutTargetResource Target, RateResource Rate);

/// <summary>When an entry applies, on the location's clock.</summary>
internal sealed record LayoutTargetResource
{
    /// <summary>0 Sunday … 6 Saturday; empty or left out: every day.</summary>
    public IReadOnlyList<int>? DayOfWeek { get; init; }

    public string StartTime { get; init; } = "";

    public string EndTime { get; init; } = "";

    public string? StartDate { get; init; }

    public string? EndDate { get; init; }
}
