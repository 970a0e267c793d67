using System.Threading.Channels;

namespace Voltgate.Server.Storage;

/// <summary>A unit of writes on its way into a group, and the promise of its fate.</summary>
internal sealed class CommitUnit(IReadOnlyList<Statement> statements)
{
    private readonly TaskCompletionSource<CommitStatus> fate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Statement> Statements { get; } = statements;

    public Task<CommitStatus> Fate => fate.Task;

    public CommitStatus Status { get; set; }

    public void Settle() => fate.TrySetResult(Status);

    public void Fail(Exception reason) => fate.TrySetException(reason);
}

/// <summary>
/// The one writer of this process. Units that wait together are committed in one transaction with one fsync, and each
/// is told of its fate only afterwards: durable before acknowledged (ADR 0005).
/// </summary>
internal sealed partial class Committer(Database database, ILogger<Committer> log) : BackgroundService
{
    /// <summary>Beyond this a group no longer saves fsyncs, it only adds delay.</summary>
    private const int GroupSize = 512;

    private readonly Channel<CommitUnit> queue = Channel.CreateBounded<CommitUnit>(
        new BoundedChannelOptions(50_000) { SingleReader = true });

    /// <summary>Pulsed once deliveries are durable, so that the dispatcher need not poll for them.</summary>
    public DispatchSignal Deliveries { get; } = new();

    /// <summary>Units waiting: for metrics and back-pressure.</summary>
    public int Depth => queue.Reader.Count;

    /// <summary>Completes when the unit is durable, or with why it is not.</summary>
    /// <exception cref="StoreUnavailableException">The store takes no writes.</exception>
    public async Task<CommitStatus> Commit(IReadOnlyList<Statement> statements, CancellationToken cancel = default)
    {
        var unit = new CommitUnit(statements);
        try
        {
            await queue.Writer.WriteAsync(unit, cancel);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("The store is shut down.", e);
        }

        return await unit.Fate;
    }

    /// <summary>Takes no more units, writes those that wait, and ends.</summary>
    public async Task Drain()
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running) await running;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var group = new List<CommitUnit>(GroupSize);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            while (group.Count < GroupSize && queue.Reader.TryRead(out var unit)) group.Add(unit);
            await Write(group);
        }
    }

    /// <remarks>The host stops services in reverse order of their registration: the committer goes last.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await Drain();
        await base.StopAsync(cancellationToken);
    }

    private async Task Write(List<CommitUnit> group)
    {
        try
        {
            if (await database.Write(group)) Settle(group);
            else await WriteOneByOne(group);
        }
        catch (Exception e) when (group.Count > 1 && !database.IsOutage(e))
        {
            // One bad unit must not take its neighbours with it.
            await WriteOneByOne(group);
        }
        catch (Exception e)
        {
            Fail(group[0], e);
            for (var i = 1; i < group.Count; i++) group[i].Fail(Unavailable(e));
        }
    }

    private async Task WriteOneByOne(List<CommitUnit> group)
    {
        foreach (var unit in group)
        {
            try
            {
                await database.Write([unit]);
                Settle([unit]);
            }
            catch (Exception e)
            {
                Fail(unit, e);
            }
        }
    }

    private void Settle(List<CommitUnit> group)
    {
        var queued = false;
        foreach (var unit in group)
        {
            queued = queued || AddsDeliveries(unit);
            unit.Settle();
        }

        if (queued) Deliveries.Pulse();
    }

    private static bool AddsDeliveries(CommitUnit unit)
    {
        foreach (var statement in unit.Statements)
            if (statement.Sql is EventLog.RaiseLanes or EventLog.ExtendLane) return true;
        return false;
    }

    private void Fail(CommitUnit unit, Exception e)
    {
        if (database.IsDuplicate(e))
        {
            unit.Status = CommitStatus.Duplicate;
            unit.Settle();
            return;
        }

        LogFailure(e);
        if (database.IsFatal(e)) Environment.FailFast("The store failed to make a write durable.", e);
        unit.Fail(database.IsOutage(e) ? Unavailable(e) : e);
    }

    private static StoreUnavailableException Unavailable(Exception e) =>
        new("The store takes no writes: " + e.Message, e);

    [LoggerMessage(LogLevel.Error, "A group of writes failed; nothing of it was acknowledged.")]
    private partial void LogFailure(Exception e);
}
