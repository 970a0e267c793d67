using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>One entry of a station's mailbox.</summary>
internal sealed record StationWork(StationInput Input)
{
    /// <summary>Null: not a message of the station.</summary>
    public InFrame? Frame { get; init; }

    /// <summary>What waits to be written to the frame log is to be written now, even with nothing else.</summary>
    public bool WritesFrames { get; init; }

    /// <summary>The socket that came up or went down.</summary>
    public StationLink? Link { get; init; }

    /// <summary>More rows for the same commit, of whoever gave the order: an idempotency record, …</summary>
    public Func<Outcome, IEnumerable<Statement>>? AlsoCommit { get; init; }

    /// <summary>Told the outcome once it is durable; null: nobody waits, and a failed commit is tried again.</summary>
    public TaskCompletionSource<Outcome>? Asker { get; init; }
}
