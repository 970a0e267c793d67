using Voltgate.Domain.Rates;

namespace Voltgate.Server.Api;

/// <summary>
/// Amounts as Stripe counts them: in a currency's minor unit, but for those that it keeps with other decimals
/// (docs.stripe.com/currencies, "special cases").
/// </summary>
internal static class StripeMoney
{
    /// <summary>Null: Stripe cannot take this amount.</summary>
    /// <param name="minor">In minor units of ISO 4217.</param>
    public static long? Of(long minor, string currency) => currency switch
    {
        "ISK" or "UGX" => checked(minor * 100),
        "MGA" => minor % 100 == 0 ? minor / 100 : null,
        _ when Iso4217.MinorUnits(currency) == 3 => minor % 10 == 0 ? minor : null,
        _ => minor,
    };
}
