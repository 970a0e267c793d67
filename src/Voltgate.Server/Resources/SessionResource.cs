using System.ComponentModel;
using System.Text.Json.Serialization;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>A session as GET and the webhooks show it (api-contract §3 Session).</summary>
internal sealed record SessionResource(
    [property: JsonPropertyName("_id")] string Id,
    string? User,
    string Chargestation,
    string Connector,
    string? Rate,
    string? Token,
    string Status,
    string Source,
    string? Type,
    FailureResource? Failure,
    string? StopReason,
    TargetResource Target,
    MetricsResource Metrics,
    EnergyReportResource? EnergyReport,
    RawEnergyReportResource? RawEnergyReport,
    [property: JsonPropertyName("raw_transction_event")] // as the contract spells it
    [property: Description("The newest TransactionEvent word for word; OCPP 2.x only.")]
    WireJson? RawTransactionEvent,
    IReadOnlyList<ActivityResource> ChargingActivity,
    CostResource? Cost,
    PaymentResource? Payment,
    IReadOnlyCollection<string> Review,
    WireJson MetaData,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static SessionResource Of(Session s) => new(
        s.Id, s.User, s.Station, s.Connector, s.Rate, s.Token, StationWrites.StatusOf(s.Status),
        s.Source.ToString().ToLowerInvariant(), s.Payment is null ? null : "wallet",
        FailureResource.Of(s.Failure), s.StopReason, TargetResource.Of(s.Target),
        MetricsResource.Of(s), EnergyReportResource.Of(s.Report), RawEnergyReportResource.Of(s.Raw),
        s.RawEvent is { } raw ? new WireJson(raw) : null,
        ActivityResource.Of(s), CostResource.Of(s), PaymentResource.Of(s), s.Review,
        new WireJson(s.MetaData), new WireTime(s.CreatedAtMs), new WireTime(s.UpdatedAtMs));
}

internal sealed record FailureResource(string Code, string Message)
{
    public static FailureResource? Of(Failure? f) => f is null ? null : new(f.Code, f.Message);
}

/// <summary>Time in minutes, energy in kWh, cost in the session's currency, state of charge in percent.</summary>
internal sealed record TargetResource(
    [property: Description("Minutes.")] decimal? Time,
    [property: Description("kWh.")] decimal? Energy,
    [property: Description("In the currency of the session's cost.")] decimal? Cost,
    [property: Description("Percent.")] int? StateOfCharge,
    WireTime? EnergyStartTime,
    WireTime? EnergyStopTime)
{
    public static TargetResource Of(SessionTarget t) => new(
        t.TimeMs / 60_000m, t.Energy?.KWh, t.CostMicros / 1_000_000m, t.StateOfCharge, WireTime.Of(t.EnergyStartMs),
        WireTime.Of(t.EnergyStopMs));
}

/// <summary>Meters and energy in Wh, energyPeriod in seconds: time the vehicle really drew energy.</summary>
internal sealed record MetricsResource(
    [property: JsonPropertyName("chargingStart")] WireTime? ChargingStart,
    [property: JsonPropertyName("chargingStop")] WireTime? ChargingStop,
    string Timezone,
    [property: JsonPropertyName("meterStart"), Description("Wh.")] decimal? MeterStart,
    [property: JsonPropertyName("meterStop"), Description("Wh.")] decimal? MeterStop,
    [property: JsonPropertyName("energyConsumed"), Description("Wh.")] decimal EnergyConsumed,
    [property: JsonPropertyName("energyPeriod"), Description("Seconds in which the vehicle really drew energy.")]
    decimal EnergyPeriod,
    [property: JsonPropertyName("chargingState"), Description("What the station said last; OCPP 2.x only.")]
    string? ChargingState = null,
    [property: JsonPropertyName("chargingStopReason"), Description("Why the station ended it; OCPP 2.x only.")]
    string? ChargingStopReason = null)
{
    public static MetricsResource Of(Session s) => new(
        WireTime.Of(s.StartedAtMs), WireTime.Of(s.EndedAtMs), s.TimeZone, s.MeterStart?.Wh, s.MeterStop?.Wh,
        s.Consumed.Wh, s.DrawMs / 1000m, s.ChargingState, s.ChargingStopReason);
}

internal readonly record struct QuantityResource(
    [property: Description("Counted in the unit beside it.")] decimal Value, string Unit)
{
    public static QuantityResource? Of(long? milli, decimal divisor, string unit) =>
        milli is { } value ? new(value / divisor, unit) : null;
}

internal sealed record EnergyReportResource(
    WireTime Timestamp,
    [property: Description("A.")] QuantityResource? Current,
    [property: Description("kW.")] QuantityResource? Power,
    [property: Description("V.")] QuantityResource? Voltage,
    [property: Description("Wh: where the meter stands.")] QuantityResource? EnergyMeter,
    [property: Description("Percent.")] QuantityResource? StateOfCharge)
{
    public static EnergyReportResource? Of(EnergyReport? r) => r is null ? null : new(
        new WireTime(r.AtMs),
        QuantityResource.Of(r.CurrentMilliA, 1_000m, "A"),
        QuantityResource.Of(r.PowerMilliW, 1_000_000m, "kW"),
        QuantityResource.Of(r.VoltageMilliV, 1_000m, "V"),
        QuantityResource.Of(r.Meter?.MilliWh, 1_000m, "Wh"),
        QuantityResource.Of(r.StateOfCharge, 1m, "Percent"));
}

internal readonly record struct ActivityResource(
    [property: JsonPropertyName("startTime")] WireTime StartTime,
    [property: JsonPropertyName("endTime")] WireTime? EndTime,
    string Status)
{
    public static IReadOnlyList<ActivityResource> Of(Session s)
    {
        if (s.Activity.IsEmpty) return [];
        var spans = new ActivityResource[s.Activity.Length];
        for (var i = 0; i < spans.Length; i++)
        {
            var span = s.Activity[i];
            spans[i] = new(new WireTime(span.StartMs), WireTime.Of(span.EndMs), WordOf(span.Status));
        }

        return spans;
    }

    private static string WordOf(ActivityStatus status) => status switch
    {
        ActivityStatus.Charging => nameof(ActivityStatus.Charging),
        ActivityStatus.SuspendedEV => nameof(ActivityStatus.SuspendedEV),
        ActivityStatus.SuspendedEVSE => nameof(ActivityStatus.SuspendedEVSE),
        _ => nameof(ActivityStatus.Idle),
    };
}

/// <summary>Where each cent comes from; currency in lower case.</summary>
internal sealed record CostResource(
    [property: Description("In currency, tax included.")] decimal Amount,
    [property: Description("ISO 4217, in lower case.")] string Currency,
    IReadOnlyList<CostLineResource> Breakdown)
{
    public static CostResource? Of(Session s) => Tariffing.BillOf(s) is { } bill
        ? Of(bill)
        : s.Plan is { } plan ? new(0, plan.Currency.ToLowerInvariant(), []) : null;

    public static CostResource Of(Bill bill) => new(
        bill.AmountMicros / 1_000_000m, bill.Currency.ToLowerInvariant(), [.. bill.Lines.Select(CostLineResource.Of)]);
}

internal sealed record PeriodResource(
    [property: JsonPropertyName("startTime"), Description("Milliseconds since 1970.")] long StartTime,
    [property: JsonPropertyName("endTime"), Description("Milliseconds since 1970.")] long EndTime);

internal sealed record CostLineResource(
    [property: Description("Counted in the unit beside it.")] decimal Quantity,
    [property: Description("kWh, hour or session.")] string Unit,
    [property: JsonPropertyName("unitPrice"), Description("Currency a unit, without tax.")] decimal UnitPrice,
    [property: JsonPropertyName("beforeTax"), Description("Currency.")] decimal BeforeTax,
    [property: Description("Percent.")] decimal Tax,
    [property: JsonPropertyName("totalTax"), Description("Currency.")] decimal TotalTax,
    [property: JsonPropertyName("totalCost"), Description("Currency: beforeTax + totalTax.")] decimal TotalCost,
    string Type,
    [property: JsonPropertyName("rateName")] string RateName,
    PeriodResource Period)
{
    public static CostLineResource Of(BillLine line) => new(
        line.Quantity, line.Unit, line.UnitPrice, line.BeforeTax, line.TaxPercent, line.TotalTax, line.TotalCost,
        WordOf(line.Type), line.RateName, new PeriodResource(line.FromMs, line.ToMs));

    public static string WordOf(PriceType type) => type switch
    {
        PriceType.Energy => "ENERGY",
        PriceType.Time => "TIME",
        PriceType.ParkingTime => "PARKING_TIME",
        _ => "FLAT",
    };
}
