namespace Voltgate.Domain.Load;

/// <summary>Connectors behind one supply (api-contract §3 Load-management group).</summary>
/// <param name="MaximumW">More than that is not to be drawn by all of them together.</param>
/// <param name="MinimumW">With less a vehicle does not charge: a connector has that or nothing.</param>
/// <param name="BufferPermille">How much of the maximum is not shared out: room for who has just plugged in.</param>
/// <param name="Connectors">How many belong to it.</param>
public readonly record struct LoadGroup(long MaximumW, long MinimumW, int BufferPermille, int Connectors)
{
    /// <summary>What running sessions share.</summary>
    public long SharedW => MaximumW * (1_000 - BufferPermille) / 1_000;

    /// <summary>
    /// What a session may draw before it has a share, or while the station is not connected: so little that all
    /// connectors at once stay below the maximum.
    /// </summary>
    public long StartW => Math.Min(MinimumW, MaximumW / Math.Max(1, Connectors));
}
