namespace Voltgate.Domain.Stations;

/// <summary>
/// Where on a station something happens. OCPP 1.6 connector 0 and OCPP 2.x evse 0 are <see cref="Station"/>; 1.6
/// connector n is <c>Place(n)</c>, 2.x connector c of evse e is <c>Place(c, e)</c>, and c = 0 where only the evse is
/// told.
/// </summary>
public readonly record struct Place(int Connector, int Evse = 0)
{
    public static readonly Place Station = new(0);

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsStation => Connector == 0 && Evse == 0;

    /// <summary>What a version that counts connectors calls it: evse e with one plug is its connector e.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Number => Evse > 0 && Connector <= 1 ? Evse : Connector;

    /// <summary>As it is kept: where only the evse is told, its first plug.</summary>
    public Place ToKnown() => Connector == 0 && Evse > 0 ? new Place(1, Evse) : this;

    /// <summary>What a version that counts EVSEs calls it.</summary>
    public Place ToEvse() => Evse > 0 || IsStation ? this : new Place(1, Connector);
}
