namespace Voltgate.Domain.Stations;

/// <summary>A limit on its way to a station: what it has confirmed, what it was told and has not answered.</summary>
/// <param name="ToldW">It holds to that; null: to nothing that is known.</param>
/// <param name="AskedW">It has been told and has not answered.</param>
/// <param name="RetryAtMs">It did not take the last one; told again then.</param>
/// <param name="Fault">Why not, in its own word.</param>
public sealed record Grant(long? ToldW = null, long? AskedW = null, long? RetryAtMs = null, string? Fault = null)
{
    public long AtMs { get; init; }

    /// <summary>What it was told before somebody undid it.</summary>
    public long? WasW { get; init; }

    /// <summary>Nobody else may allow more: the least of what it may hold to.</summary>
    public long? CapW => ToldW is { } told ? Math.Min(told, AskedW ?? told) : AskedW ?? WasW;

    /// <summary>The most that it may let flow now; null: no limit holds.</summary>
    public long? BoundW => ToldW is { } told ? Math.Max(told, AskedW ?? told) : null;

    /// <summary>The station has confirmed just that; of one whose answer was lost nobody can tell.</summary>
    public bool IsKnown(long watts) => ToldW == watts && Fault is null;

    public bool CanTell(long nowMs) => AskedW is null && !(RetryAtMs > nowMs);
}

/// <summary>What the load group of a connector has told its station.</summary>
/// <param name="Start">For whoever plugs in next.</param>
/// <param name="Share">For the session of that Number.</param>
public sealed record ConnectorLoad(Grant? Start = null, Grant? Share = null, int? Number = null)
{
    /// <summary>The grant of a running session; one of an earlier session says nothing of it.</summary>
    public Grant? ShareOf(int number) => Number == number ? Share : null;
}
