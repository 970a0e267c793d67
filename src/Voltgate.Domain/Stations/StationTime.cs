namespace Voltgate.Domain.Stations;

public enum TimeFlaw
{
    None,
    NoZone,
    Unreadable,
}

/// <summary>A time as a station claims it. <see cref="AtMs"/> is null where the text could not be read.</summary>
public readonly record struct StationTime(long? AtMs, TimeFlaw Flaw, string Raw)
{
    /// <summary>A clock this far ahead of ours is wrong; so is one from before OCPP existed.</summary>
    public const long ToleranceMs = 5 * 60_000;

    private const long FirstCredibleMs = 1_262_304_000_000; // 2010-01-01

    public static StationTime At(long ms) => new(ms, TimeFlaw.None, "");

    /// <summary>Whether the claim can be believed, given when the message arrived.</summary>
    public bool IsCredible(long receivedAtMs) =>
        AtMs is { } at && at >= FirstCredibleMs && at <= receivedAtMs + ToleranceMs;

    /// <summary>The claimed time where it is credible, never later than the arrival; else the arrival.</summary>
    public long Or(long receivedAtMs) => IsCredible(receivedAtMs) ? Math.Min(AtMs!.Value, receivedAtMs) : receivedAtMs;
}
