namespace Voltgate.Domain;

/// <summary>An amount of money in millionths of the currency's unit. Currency: ISO 4217, upper case.</summary>
public readonly record struct Money(long Micros, string Currency)
{
    public decimal Amount => Micros / 1_000_000m;

    public static Money Of(decimal amount, string currency) =>
        new((long)decimal.Round(amount * 1_000_000m, MidpointRounding.ToEven), currency);
}
