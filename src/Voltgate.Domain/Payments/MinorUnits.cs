using Voltgate.Domain.Rates;

namespace Voltgate.Domain.Payments;

/// <summary>Whole minor units of a currency (cents) and millionths of its unit.</summary>
public static class MinorUnits
{
    /// <summary>A currency has 0, 2 or 3 decimals.</summary>
    public static long MicrosOf(string currency) => Iso4217.MinorUnits(currency) switch
    {
        0 => 1_000_000,
        3 => 1_000,
        _ => 10_000,
    };

    public static long ToMicros(long minor, string currency) => checked(minor * MicrosOf(currency));

    /// <summary>Of an amount that is whole minor units already, as a bill's is.</summary>
    public static long OfMicros(long micros, string currency) => micros / MicrosOf(currency);

    /// <summary>In units of the currency, for showing.</summary>
    public static decimal ToUnits(long minor, string currency) => ToMicros(minor, currency) / 1_000_000m;
}
