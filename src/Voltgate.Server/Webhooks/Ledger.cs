using System.Threading.Channels;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// The bookkeeping of the dispatcher: what became of deliveries and lanes is gathered from all that are being sent and
/// written in few commits. What is not yet written when the process dies is sent again, under the same webhook-id.
/// </summary>
internal sealed partial class Ledger(Committer committer, TimeProvider clock, ILogger<Ledger> log)
{
    private const int GroupSize = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<LedgerEntry> entries = Channel.CreateBounded<LedgerEntry>(
        new BoundedChannelOptions(2048) { SingleReader = true });

    public ValueTask Add(LedgerEntry entry, CancellationToken cancel) => entries.Writer.WriteAsync(entry, cancel);

    /// <summary>At the end there is no time to wait for room: what is not written is sent again.</summary>
    public void TryAdd(LedgerEntry entry) => entries.Writer.TryWrite(entry);

    /// <summary>No more entries; <see cref="Run"/> ends when those before are written.</summary>
    public void Close() => entries.Writer.TryComplete();

    public async Task Run(CancellationToken giveUp)
    {
        var group = new List<LedgerEntry>(GroupSize);
        while (await entries.Reader.WaitToReadAsync(giveUp))
        {
            group.Clear();
            while (group.Count < GroupSize && entries.Reader.TryRead(out var entry)) group.Add(entry);
            await Write(LedgerSql.Word(group), giveUp);
            // A lane that was given back may have got more while it was held.
            if (group.Exists(e => e is LedgerEntry.LaneRested)) committer.Deliveries.Pulse();
        }
    }

    private async Task Write(List<Statement> unit, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                await committer.Commit(unit, giveUp);
                return;
            }
            catch (StoreUnavailableException e)
            {
                LogWaiting(e.Message);
                await Task.Delay(Pause, clock, giveUp);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The lanes stay claimed until their lease ends, then the same deliveries are sent again.
                LogLost(e);
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Webhook bookkeeping waits for the store: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Error, "Webhook bookkeeping could not be written; its deliveries will be repeated.")]
    private partial void LogLost(Exception e);
}

/// <summary>Something to write down.</summary>
internal abstract record LedgerEntry
{
    /// <summary>One attempt was made.</summary>
    public sealed record Attempted(Settled Settled) : LedgerEntry;

    /// <summary>A lane is given back: done up to DoneSeq, not to be taken before DueAtMs.</summary>
    public sealed record LaneRested(ClaimedLane Lane, long DoneSeq, long DueAtMs) : LedgerEntry;

    /// <summary>Since when an endpoint answers nothing but failures; null: it is well again.</summary>
    public sealed record Failing(string Webhook, long? SinceMs) : LedgerEntry;
}
