using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>
/// One line of a bill (api-contract §3 Cost). Money in units of the currency, each rounded half-even to 6 decimals,
/// TotalCost = BeforeTax + TotalTax.
/// </summary>
/// <param name="Rate">The id of the rate that this price stands in.</param>
/// <param name="Quantity">
/// After step_size. Hours are shown with 9 decimals; the money is computed from whole milliseconds, not from this.
/// </param>
/// <param name="Unit">kWh (ENERGY), hour (TIME, PARKING_TIME) or session (FLAT).</param>
/// <param name="TaxPercent">19 means 19 %.</param>
/// <param name="FromMs">Unix milliseconds: the segment's span; for FLAT the session's.</param>
public sealed record BillLine(
    PriceType Type,
    string RateName,
    string Rate,
    decimal Quantity,
    string Unit,
    decimal UnitPrice,
    decimal BeforeTax,
    decimal TaxPercent,
    decimal TotalTax,
    decimal TotalCost,
    long FromMs,
    long ToMs);

/// <summary>What a session costs. The amount is in millionths and whole minor units of the currency.</summary>
public sealed record Bill(long AmountMicros, string Currency, ImmutableArray<BillLine> Lines);
