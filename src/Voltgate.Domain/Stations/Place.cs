namespace Voltgate.Domain.Stations;

/// <summary>
/// Where on a station something happens. OCPP 1.6 connector 0 and OCPP 2.x evse 0 are <see cref="Station"/>;
/// 1.6 connector n is <c>Place(n)</c>.
/// </summary>
public readonly record struct Place(int Connector, int Evse = 0)
{
    public static readonly Place Station = new(0);

    public bool IsStation => Connector == 0 && Evse == 0;
}
