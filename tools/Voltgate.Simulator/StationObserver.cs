namespace Voltgate.Simulator;

/// <summary>Looks on; must be quick and must not throw. Any of the hooks may be absent.</summary>
public sealed record StationObserver
{
    /// <summary>Each frame: true for what the station says, and the frame's text.</summary>
    public Action<string, bool, string>? OnFrame { get; init; }

    /// <summary>What happened besides, as a sentence: connected, cut off, a card refused.</summary>
    public Action<string, string>? OnRemark { get; init; }
}
