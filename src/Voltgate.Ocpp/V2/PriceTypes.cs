using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x: what messages of several blocks share of prices.

public sealed record Price(
    decimal? ExclTax = null, decimal? InclTax = null, ImmutableArray<TaxRate>? TaxRates = null)
{
    public static Price Read(Fields f) => new(
        f.OptionalDecimal("exclTax"), f.OptionalDecimal("inclTax"), f.ListOrNull("taxRates", TaxRate.Read, most: 5));
}

public sealed record TariffConditionsFixed(
    ImmutableArray<DayOfWeek>? DayOfWeek = null, string? EndTimeOfDay = null, EvseKind? EvseKind = null,
    string? PaymentBrand = null, string? PaymentRecognition = null, string? StartTimeOfDay = null,
    string? ValidFromDate = null, string? ValidToDate = null)
{
    public static TariffConditionsFixed Read(Fields f) => new(
        f.EnumsOrNull<DayOfWeek>("dayOfWeek", most: 7), f.OptionalText("endTimeOfDay"),
        f.OptionalEnum<EvseKind>("evseKind"), f.OptionalText("paymentBrand", 20),
        f.OptionalText("paymentRecognition", 20), f.OptionalText("startTimeOfDay"), f.OptionalText("validFromDate"),
        f.OptionalText("validToDate"));
}

public sealed record TariffConditions(
    ImmutableArray<DayOfWeek>? DayOfWeek = null, string? EndTimeOfDay = null, EvseKind? EvseKind = null,
    int? MaxChargingTime = null, decimal? MaxCurrent = null, decimal? MaxEnergy = null, int? MaxIdleTime = null,
    decimal? MaxPower = null, int? MaxTime = null, int? MinChargingTime = null, decimal? MinCurrent = null,
    decimal? MinEnergy = null, int? MinIdleTime = null, decimal? MinPower = null, int? MinTime = null,
    string? StartTimeOfDay = null, string? ValidFromDate = null, string? ValidToDate = null)
{
    public static TariffConditions Read(Fields f) => new(
        f.EnumsOrNull<DayOfWeek>("dayOfWeek", most: 7), f.OptionalText("endTimeOfDay"),
        f.OptionalEnum<EvseKind>("evseKind"), f.OptionalInt("maxChargingTime"), f.OptionalDecimal("maxCurrent"),
        f.OptionalDecimal("maxEnergy"), f.OptionalInt("maxIdleTime"), f.OptionalDecimal("maxPower"),
        f.OptionalInt("maxTime"), f.OptionalInt("minChargingTime"), f.OptionalDecimal("minCurrent"),
        f.OptionalDecimal("minEnergy"), f.OptionalInt("minIdleTime"), f.OptionalDecimal("minPower"),
        f.OptionalInt("minTime"), f.OptionalText("startTimeOfDay"), f.OptionalText("validFromDate"),
        f.OptionalText("validToDate"));
}

public sealed record TariffEnergyPrice(decimal PriceKwh, TariffConditions? Conditions = null)
{
    public static TariffEnergyPrice Read(Fields f) => new(
        f.Decimal("priceKwh"), f.OptionalObject("conditions", TariffConditions.Read));
}

public sealed record TariffEnergy(
    ImmutableArray<TariffEnergyPrice> Prices, ImmutableArray<TaxRate>? TaxRates = null)
{
    public static TariffEnergy Read(Fields f) => new(
        f.FilledList("prices", TariffEnergyPrice.Read), f.ListOrNull("taxRates", TaxRate.Read, most: 5));
}

public sealed record TariffFixedPrice(decimal PriceFixed, TariffConditionsFixed? Conditions = null)
{
    public static TariffFixedPrice Read(Fields f) => new(
        f.Decimal("priceFixed"), f.OptionalObject("conditions", TariffConditionsFixed.Read));
}

public sealed record TariffFixed(ImmutableArray<TariffFixedPrice> Prices, ImmutableArray<TaxRate>? TaxRates = null)
{
    public static TariffFixed Read(Fields f) => new(
        f.FilledList("prices", TariffFixedPrice.Read), f.ListOrNull("taxRates", TaxRate.Read, most: 5));
}

public sealed record TariffTimePrice(decimal PriceMinute, TariffConditions? Conditions = null)
{
    public static TariffTimePrice Read(Fields f) => new(
        f.Decimal("priceMinute"), f.OptionalObject("conditions", TariffConditions.Read));
}

public sealed record TariffTime(ImmutableArray<TariffTimePrice> Prices, ImmutableArray<TaxRate>? TaxRates = null)
{
    public static TariffTime Read(Fields f) => new(
        f.FilledList("prices", TariffTimePrice.Read), f.ListOrNull("taxRates", TaxRate.Read, most: 5));
}

public sealed record Tariff(
    string Currency, string TariffId, TariffTime? ChargingTime = null, TariffEnergy? Energy = null,
    TariffFixed? FixedFee = null, TariffTime? IdleTime = null, Price? MaxCost = null, Price? MinCost = null,
    TariffFixed? ReservationFixed = null, TariffTime? ReservationTime = null, StationTime? ValidFrom = null,
    ImmutableArray<MessageContent>? Description = null)
{
    public static Tariff Read(Fields f) => new(
        f.Text("currency", 3), f.Text("tariffId", 60), f.OptionalObject("chargingTime", TariffTime.Read),
        f.OptionalObject("energy", TariffEnergy.Read), f.OptionalObject("fixedFee", TariffFixed.Read),
        f.OptionalObject("idleTime", TariffTime.Read), f.OptionalObject("maxCost", Price.Read),
        f.OptionalObject("minCost", Price.Read), f.OptionalObject("reservationFixed", TariffFixed.Read),
        f.OptionalObject("reservationTime", TariffTime.Read), f.OptionalTime("validFrom"),
        f.ListOrNull("description", MessageContent.Read, most: 10));
}

public sealed record TaxRate(decimal Tax, string Type, int? Stack = null)
{
    public static TaxRate Read(Fields f) => new(f.Decimal("tax"), f.Text("type", 20), f.OptionalInt("stack", min: 0));
}

public sealed record AbsolutePriceSchedule(
    string Currency, string Language, string PriceAlgorithm, ImmutableArray<PriceRuleStack> PriceRuleStacks,
    int PriceScheduleID, StationTime TimeAnchor,
    ImmutableArray<AdditionalSelectedServices>? AdditionalSelectedServices = null, RationalNumber? MaximumCost = null,
    RationalNumber? MinimumCost = null, OverstayRuleList? OverstayRuleList = null,
    string? PriceScheduleDescription = null, ImmutableArray<TaxRule>? TaxRules = null)
{
    public static AbsolutePriceSchedule Read(Fields f) => new(
        f.Text("currency", 3), f.Text("language", 8), f.Text("priceAlgorithm", 2000),
        f.FilledList("priceRuleStacks", PriceRuleStack.Read, most: 1024), f.Int("priceScheduleID", min: 0),
        f.Time("timeAnchor"), f.ListOrNull("additionalSelectedServices", V2.AdditionalSelectedServices.Read, most: 5),
        f.OptionalObject("maximumCost", RationalNumber.Read), f.OptionalObject("minimumCost", RationalNumber.Read),
        f.OptionalObject("overstayRuleList", OverstayRuleList.Read), f.OptionalText("priceScheduleDescription", 160),
        f.ListOrNull("taxRules", TaxRule.Read, most: 10));
}

public sealed record AdditionalSelectedServices(RationalNumber ServiceFee, string ServiceName)
{
    public static AdditionalSelectedServices Read(Fields f) => new(
        f.Object("serviceFee", RationalNumber.Read)!, f.Text("serviceName", 80));
}

public sealed record Cost(int Amount, CostKind CostKind, int? AmountMultiplier = null)
{
    public static Cost Read(Fields f) => new(
        f.Int("amount"), f.Enum<CostKind>("costKind"), f.OptionalInt("amountMultiplier"));
}

public sealed record OverstayRuleList(
    ImmutableArray<OverstayRule> OverstayRule, RationalNumber? OverstayPowerThreshold = null,
    int? OverstayTimeThreshold = null)
{
    public static OverstayRuleList Read(Fields f) => new(
        f.FilledList("overstayRule", V2.OverstayRule.Read, most: 5),
        f.OptionalObject("overstayPowerThreshold", RationalNumber.Read), f.OptionalInt("overstayTimeThreshold"));
}

public sealed record OverstayRule(
    RationalNumber OverstayFee, int OverstayFeePeriod, int StartTime, string? OverstayRuleDescription = null)
{
    public static OverstayRule Read(Fields f) => new(
        f.Object("overstayFee", RationalNumber.Read)!, f.Int("overstayFeePeriod"), f.Int("startTime"),
        f.OptionalText("overstayRuleDescription", 32));
}

public sealed record PriceLevelScheduleEntry(int Duration, int PriceLevel)
{
    public static PriceLevelScheduleEntry Read(Fields f) => new(f.Int("duration"), f.Int("priceLevel", min: 0));
}

public sealed record PriceLevelSchedule(
    int NumberOfPriceLevels, ImmutableArray<PriceLevelScheduleEntry> PriceLevelScheduleEntries, int PriceScheduleId,
    StationTime TimeAnchor, string? PriceScheduleDescription = null)
{
    public static PriceLevelSchedule Read(Fields f) => new(
        f.Int("numberOfPriceLevels", min: 0),
        f.FilledList("priceLevelScheduleEntries", PriceLevelScheduleEntry.Read, most: 100),
        f.Int("priceScheduleId", min: 0), f.Time("timeAnchor"), f.OptionalText("priceScheduleDescription", 32));
}

public sealed record PriceRuleStack(int Duration, ImmutableArray<PriceRule> PriceRule)
{
    public static PriceRuleStack Read(Fields f) => new(
        f.Int("duration"), f.FilledList("priceRule", V2.PriceRule.Read, most: 8));
}

public sealed record PriceRule(
    RationalNumber EnergyFee, RationalNumber PowerRangeStart, int? CarbonDioxideEmission = null,
    RationalNumber? ParkingFee = null, int? ParkingFeePeriod = null, int? RenewableGenerationPercentage = null)
{
    public static PriceRule Read(Fields f) => new(
        f.Object("energyFee", RationalNumber.Read)!, f.Object("powerRangeStart", RationalNumber.Read)!,
        f.OptionalInt("carbonDioxideEmission", min: 0), f.OptionalObject("parkingFee", RationalNumber.Read),
        f.OptionalInt("parkingFeePeriod"), f.OptionalInt("renewableGenerationPercentage", min: 0, max: 100));
}

public sealed record RationalNumber(int Exponent, int Value)
{
    public static RationalNumber Read(Fields f) => new(f.Int("exponent"), f.Int("value"));
}

public sealed record TaxRule(
    bool AppliesToEnergyFee, bool AppliesToMinimumMaximumCost, bool AppliesToOverstayFee, bool AppliesToParkingFee,
    RationalNumber TaxRate, int TaxRuleID, bool? TaxIncludedInPrice = null, string? TaxRuleName = null)
{
    public static TaxRule Read(Fields f) => new(
        f.Flag("appliesToEnergyFee"), f.Flag("appliesToMinimumMaximumCost"), f.Flag("appliesToOverstayFee"),
        f.Flag("appliesToParkingFee"), f.Object("taxRate", RationalNumber.Read)!, f.Int("taxRuleID", min: 0),
        f.OptionalFlag("taxIncludedInPrice"), f.OptionalText("taxRuleName", 100));
}

public enum CostKind
{
    CarbonDioxideEmission, RelativePricePercentage, RenewableGenerationPercentage,
}
