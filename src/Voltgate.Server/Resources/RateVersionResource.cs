using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Rates;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>A version of a rate or schedule, as sessions that began while it was the newest are billed by it.</summary>
internal sealed record RateVersionResource(
    string Rate,
    long Version,
    string Name,
    string Currency,
    IReadOnlyList<PriceComponentResource>? PriceComponents,
    [property: Description("In the currency of the rate.")] decimal? MinimumAmount,
    [property: Description("In the currency of the rate.")] decimal? MaximumAmount,
    PriceListResource? DefaultRate,
    IReadOnlyList<VersionEntryResource>? Layout,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt)
{
    public static string Write(RateVersionRow row) =>
        Wire.Write(Of(DomainJson.ReadPlan(row.Plan), row.CreatedAt), WireContext.Default.RateVersionResource);

    private static RateVersionResource Of(RatePlan plan, long createdAtMs)
    {
        // A schedule's default has an id of its own; a plain rate is its own price list.
        var isSchedule = plan.Default.Rate != plan.Id;
        return new RateVersionResource(
            plan.Id, plan.Version, plan.Name, plan.Currency,
            isSchedule ? null : PriceListResource.Of(plan.Default).PriceComponents,
            plan.MinimumMicros / 1_000_000m, plan.MaximumMicros / 1_000_000m,
            isSchedule ? PriceListResource.Of(plan.Default) : null,
            isSchedule ? [.. plan.Schedule.Select(VersionEntryResource.Of)] : null,
            new WireTime(createdAtMs));
    }
}

/// <summary>The prices of a rate inside a schedule, as they stood then.</summary>
internal sealed record PriceListResource(
    [property: JsonPropertyName("_id")] string Id, string Name, IReadOnlyList<PriceComponentResource> PriceComponents)
{
    public static PriceListResource Of(PriceList list) => new(list.Rate, list.Name, [.. list.Components.Select(Of)]);

    private static PriceComponentResource Of(PriceComponent c) => new()
    {
        Type = CostLineResource.WordOf(c.Type),
        Price = c.PriceMicros / 1_000_000m,
        Tax = c.TaxMicroPercent / 1_000_000m,
        GracePeriod = c.GracePeriodMs > 0 ? c.GracePeriodMs / 3_600_000m : null,
        StepSize = c.StepSize,
    };
}

internal sealed record VersionEntryResource(LayoutTargetResource Target, PriceListResource Rate)
{
    public static VersionEntryResource Of(ScheduleEntry entry) => new(
        new LayoutTargetResource
        {
            DayOfWeek = [.. entry.DaysOfWeek],
            StartTime = ClockOf(entry.StartMinute),
            EndTime = ClockOf(entry.EndMinute),
            StartDate = entry.StartDate?.ToString("yyyy-MM-dd"),
            EndDate = entry.EndDate?.ToString("yyyy-MM-dd"),
        },
        PriceListResource.Of(entry.Prices));

    private static string ClockOf(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}

/// <summary>A row of <c>rate_versions</c>.</summary>
internal sealed class RateVersionRow
{
    public string Plan { get; init; } = "";

    public long CreatedAt { get; init; }
}
