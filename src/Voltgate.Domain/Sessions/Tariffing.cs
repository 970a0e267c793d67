using Voltgate.Domain.Payments;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>A session's price plan at work. Without a rate the same code runs on a plan without prices.</summary>
public static class Tariffing
{
    private static readonly RatePlan Free = new("", 0, "", "EUR", new PriceList("", "", []), []);

    public static RatePlan PlanOf(Session session) => session.Plan ?? Free;

    public static TimeZoneInfo ZoneOf(Session session) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(session.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The running cost, by the same function that makes the bill.</summary>
    public static Session Price(Session session)
    {
        if (session.Plan is not { } plan || session.StartedAtMs is not { } start) return session;
        var amount = session.Waived ? 0 : Cost.AmountOf(plan, session.Usage, start);
        return amount == session.CostMicros ? session : session with { CostMicros = amount };
    }

    /// <summary>
    /// Whether a station that reckons itself comes to another total: by more than one minor unit, or in another
    /// currency (2.1 I12). The bill is ours either way.
    /// </summary>
    public static bool Contradicts(Session session, ReckonedCost theirs)
    {
        if (session.Waived || BillOf(session) is not { } bill) return false;
        if (!theirs.Currency.Equals(bill.Currency, StringComparison.OrdinalIgnoreCase)) return true;
        var (told, ours) = theirs.WithTaxMicros is { } whole
            ? (whole, bill.AmountMicros)
            : (theirs.BeforeTaxMicros ?? bill.AmountMicros, (long)(bill.Lines.Sum(l => l.BeforeTax) * 1_000_000));
        return Math.Abs(told - ours) > MinorUnits.MicrosOf(bill.Currency);
    }

    /// <summary>The bill with every line, for showing.</summary>
    public static Bill? BillOf(Session session)
    {
        if (session.Plan is not { } plan || session.StartedAtMs is not { } start) return null;
        var bill = Cost.Of(plan, session.Usage, start, session.EndedAtMs ?? session.BookedUntilMs);
        return session.Waived ? bill with { AmountMicros = 0 } : bill;
    }
}
