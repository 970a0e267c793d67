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
/// The one writer of this process. Units that wait together are written in one transaction; while the disk syncs it,
/// the next one is written. A unit is told of its fate only after its sync: durable before acknowledged (ADR 0005).
/// </summary>
internal sealed partial class Committer(Database database, ILogger<Committer> log)
    : BackgroundService, IAsyncDisposable
{
    /// <summary>Beyond this a group no longer saves fsyncs, it only adds delay.</summary>
    private const int GroupSize = 512;

    private readonly Channel<CommitUnit> queue = Channel.CreateBounded<CommitUnit>(
        new BoundedChannelOptions(50_000) { SingleReader = true });

    /// <summary>Written and not yet durable. One waits while one is being synced: then the writer waits, too.</summary>
    private readonly Channel<Group> written = Channel.CreateBounded<Group>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

    private volatile Task newest = Task.CompletedTask;

    /// <summary>Pulsed once deliveries are durable, so that the dispatcher need not poll for them.</summary>
    public DispatchSignal Deliveries { get; } = new();

    /// <summary>Units waiting: for metrics and back-pressure.</summary>
    public int Depth => queue.Reader.Count;

    /// <summary>
    /// Completes when all that can be read now is durable. Whoever answers from a read awaits this first: a reader sees
    /// a group as soon as it is written, and a power cut may still take it.
    /// </summary>
    public Task Settled => database.ReadsRunAhead ? newest : Task.CompletedTask;

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

    /// <remarks>The host stops services in reverse order of their registration: the committer goes last.</remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await Drain();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>After a start that failed nobody stops it; the database must not be closed under it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Drain();
        Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Task.Run(WriteGroups, CancellationToken.None), Task.Run(SyncGroups, CancellationToken.None));

    private async Task WriteGroups()
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync())
            {
                var group = new Group();
                while (group.Units.Count < GroupSize && queue.Reader.TryRead(out var unit)) group.Units.Add(unit);
                if (group.Units.Count == 0) continue;
                newest = group.Settled; // before anything of it can be read
                await Write(group);
                await written.Writer.WriteAsync(group);
            }
        }
        finally
        {
            written.Writer.Complete();
        }
    }

    private async Task SyncGroups()
    {
        await foreach (var group in written.Reader.ReadAllAsync())
        {
            try
            {
                database.Sync();
            }
            catch (Exception e)
            {
                // Whatever it was: nobody knows what the disk holds now.
                End(e);
            }

            if (group.Settle()) Deliveries.Pulse();
        }
    }

    private async Task Write(Group group)
    {
        try
        {
            if (await database.Write(group.Units)) group.Written.AddRange(group.Units);
            else await WriteOneByOne(group);
        }
        catch (Exception e) when (group.Units.Count > 1 && !database.IsOutage(e))
        {
            // One bad unit must not take its neighbours with it.
            await WriteOneByOne(group);
        }
        catch (Exception e)
        {
            Fail(group, group.Units[0], e);
            for (var i = 1; i < group.Units.Count; i++) group.Units[i].Fail(Unavailable(e));
        }
    }

    private async Task WriteOneByOne(Group group)
    {
        foreach (var unit in group.Units)
        {
            try
            {
                await database.Write([unit]);
                group.Written.Add(unit);
            }
            catch (Exception e)
            {
                Fail(group, unit, e);
            }
        }
    }

    private void Fail(Group group, CommitUnit unit, Exception e)
    {
        if (database.IsDuplicate(e))
        {
            unit.Status = CommitStatus.Duplicate;
            group.Written.Add(unit);
            return;
        }

        LogFailure(e);
        if (database.IsFatal(e)) End(e);
        unit.Fail(database.IsOutage(e) ? Unavailable(e) : e);
    }

    private static void End(Exception e) => Environment.FailFast("The store failed to make a write durable.", e);

    private static StoreUnavailableException Unavailable(Exception e) =>
        new("The store takes no writes: " + e.Message, e);

    [LoggerMessage(LogLevel.Error, "A group of writes failed; nothing of it was acknowledged.")]
    private partial void LogFailure(Exception e);

    /// <summary>
    /// Units that travel in one transaction. Written: those whose fate is known once they are durable.
    /// </summary>
    private sealed class Group
    {
        private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<CommitUnit> Units { get; } = new(GroupSize);

        public List<CommitUnit> Written { get; } = new(GroupSize);

        public Task Settled => settled.Task;

        /// <summary>True: there are new deliveries among them.</summary>
        public bool Settle()
        {
            var queued = false;
            foreach (var unit in Written)
            {
                queued = queued || AddsDeliveries(unit);
                unit.Settle();
            }

            settled.SetResult();
            return queued;
        }

        private static bool AddsDeliveries(CommitUnit unit)
        {
            foreach (var statement in unit.Statements)
                if (statement.Sql is EventLog.RaiseLanes or EventLog.ExtendLane) return true;
            return false;
        }
    }
}
