namespace Voltgate.Simulator;

/// <summary>A vehicle's battery and what it can take. Energy in milli-Wh.</summary>
public sealed record Vehicle(long CapacityMilliWh, long ChargeMilliWh, int AcW, int DcW)
{
    /// <summary>A compact car with 58 kWh that arrives with 20 %.</summary>
    public static readonly Vehicle Compact = Of(58, 20, 11_000, 120_000);

    public static Vehicle Of(int capacityKWh, int percent, int acW, int dcW) =>
        new(capacityKWh * 1_000_000L, capacityKWh * 10_000L * percent, acW, dcW);

    /// <summary>Where the driver has it stop: many say 80.</summary>
    public int LimitPercent { get; init; } = 100;

    public int Permille => (int)(ChargeMilliWh * 1000 / CapacityMilliWh);

    public int Percent => (Permille + 5) / 10;

    public bool IsFull => ChargeMilliWh >= CapacityMilliWh / 100 * LimitPercent;

    /// <summary>The watts that flow, given what the connector offers and how long it has flowed.</summary>
    public long DrawW(ConnectorSpec connector, long elapsedMs)
    {
        if (IsFull) return 0;
        var most = (long)Math.Min(connector.PowerW, connector.IsDc ? DcW : AcW);
        var ramp = Math.Min(1000, 50 + (elapsedMs / 15)); // about 15 s from the contactor to full power
        return most * (connector.IsDc ? DcShare(Permille) : AcShare(Permille)) / 1000 * ramp / 1000;
    }

    /// <summary>Direct current: full until half, then the battery tapers: 45 % of it at 80 %, 5 % at the end.</summary>
    private static long DcShare(int permille) => permille switch
    {
        < 500 => 1000,
        < 800 => 1000 - ((permille - 500) * 550L / 300),
        _ => 450 - ((permille - 800) * 400L / 200),
    };

    /// <summary>Alternating current: the charger on board holds its power until the last few percent.</summary>
    private static long AcShare(int permille) => permille < 960 ? 1000 : 1000 - ((permille - 960) * 850L / 40);
}
