namespace Voltgate.Domain;

/// <summary>An amount of energy, or a meter register, in whole milli-watt-hours: never a float (ADR 0006).</summary>
public readonly record struct Energy(long MilliWh) : IComparable<Energy>
{
    public static readonly Energy Zero;

    public decimal Wh => MilliWh / 1_000m;

    public decimal KWh => MilliWh / 1_000_000m;

    public static Energy FromWh(decimal wh) => new((long)decimal.Round(wh * 1_000m, MidpointRounding.ToEven));

    public static Energy FromKWh(decimal kwh) => FromWh(kwh * 1_000m);

    public int CompareTo(Energy other) => MilliWh.CompareTo(other.MilliWh);

    public static Energy operator +(Energy a, Energy b) => new(a.MilliWh + b.MilliWh);

    public static Energy operator -(Energy a, Energy b) => new(a.MilliWh - b.MilliWh);

    public static bool operator <(Energy a, Energy b) => a.MilliWh < b.MilliWh;

    public static bool operator >(Energy a, Energy b) => a.MilliWh > b.MilliWh;

    public static bool operator <=(Energy a, Energy b) => a.MilliWh <= b.MilliWh;

    public static bool operator >=(Energy a, Energy b) => a.MilliWh >= b.MilliWh;
}
