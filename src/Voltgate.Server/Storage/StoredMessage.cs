namespace Voltgate.Server.Storage;

/// <summary>A frame for the log.</summary>
/// <param name="Direction">"in" or "out".</param>
/// <param name="Kind">SEND, CALLRESULT, CALLERROR, INVALID or SILENCE; null: a CALL.</param>
internal sealed record StoredMessage(
    string Direction, string? Kind, string Action, string MessageId, ReadOnlyMemory<byte> Body)
{
    /// <summary>Not accepted, but taken: with remarks.</summary>
    public const string Soft = "soft";

    /// <summary>Refused, or not to be understood.</summary>
    public const string Hard = "hard";

    public string? Session { get; init; }

    /// <summary>Normalised, JSON.</summary>
    public byte[]? Readings { get; init; }

    /// <summary>What we answered; null: with an empty object, or not yet.</summary>
    public byte[]? Answer { get; init; }

    /// <summary>soft, hard; null: accepted.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why, each on a line of its own.</summary>
    public string? Reasons { get; init; }

    /// <summary>How long the answer took (µs). Of a CALL that is kept with its commit it is known only later.</summary>
    public long? TookUs { get; init; }

    /// <summary>The same of the station's CALL that was kept before this one.</summary>
    public long? PriorTookUs { get; init; }

    /// <summary>So many alike from AtMs to UntilMs, this being the last.</summary>
    public long? Times { get; init; }

    /// <summary>When it came (unix ms); null: now.</summary>
    public long? AtMs { get; init; }

    public long? UntilMs { get; init; }
}
