using System.Diagnostics;
using System.Threading.Channels;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// The one writer of a station (ADR 0004). For each entry of its mailbox: gather, decide, commit, act. Nothing is
/// answered before it is durable, and the station is never waited for in here.
/// </summary>
internal sealed partial class StationActor
{
    private const int MailboxSize = 100;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Nothing was kept of an order that is refused so.</summary>
    public const string TakenCode = "exists";

    private static readonly OrderRefused Taken = new(TakenCode, "There is one with this key already.");

    // Whoever finds the mailbox empty walks on into the actor: one hop through the thread pool less a message.
    private readonly Channel<StationWork> mailbox = Channel.CreateBounded<StationWork>(
        new BoundedChannelOptions(MailboxSize) { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly StationShell shell;
    private readonly Lock gate = new();
    private StoredStation stored;
    private long lastUsedTimestamp;
    private volatile bool isEnding;

    public StationActor(StoredStation stored, StationShell shell)
    {
        this.shell = shell;
        this.stored = Furnish(stored);
        lastUsedTimestamp = shell.Clock.GetTimestamp();
        Running = Task.Run(Run);
    }

    /// <summary>Ends when the actor has been told to end and its mailbox is empty.</summary>
    public Task Running { get; }

    /// <summary>The socket that stands for the station now, or null.</summary>
    public StationLink? Link { get; private set; }

    public FrameMemory Frames { get; } = new();

    /// <summary>The station as it stood after the last commit.</summary>
    public ChargeStation Station => stored.Station;

    /// <summary>Its mailbox takes nothing more.</summary>
    public bool IsEnding => isEnding;

    private bool IsIdle => Link is null && mailbox.Reader.Count == 0;

    /// <summary>Puts work into the mailbox and waits until it is durable.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was kept.</exception>
    public async Task<Outcome> Ask(StationWork work)
    {
        var asker = new TaskCompletionSource<Outcome>(); // whoever asked goes on at once, on the actor's thread
        await mailbox.Writer.WriteAsync(work with { Asker = asker });
        return await asker.Task;
    }

    /// <summary>Puts work into the mailbox; it is tried again until it is durable.</summary>
    public ValueTask Post(StationWork work) => mailbox.Writer.WriteAsync(work);

    /// <summary>Tells that a socket has ended; a station that was deleted meanwhile need not know.</summary>
    public async Task Farewell(StationLink link)
    {
        var work = new StationWork(new LinkDown()) { Link = link };
        while (!mailbox.Writer.TryWrite(work))
            if (!await mailbox.Writer.WaitToWriteAsync()) return;
    }

    /// <summary>It will be used now, and stays for a while; false: it is ending, another one is to be made.</summary>
    public bool TryUse()
    {
        lock (gate)
        {
            if (!isEnding) lastUsedTimestamp = shell.Clock.GetTimestamp();
            return !isEnding;
        }
    }

    /// <summary>Ends it where nobody has used it for so long.</summary>
    public bool TryRetire(TimeSpan unused)
    {
        lock (gate)
        {
            if (!IsIdle || shell.Clock.GetElapsedTime(lastUsedTimestamp) < unused) return false;
            End();
            return true;
        }
    }

    public void End()
    {
        lock (gate) isEnding = true;
        mailbox.Writer.TryComplete();
    }

    private async Task Run()
    {
        await foreach (var work in mailbox.Reader.ReadAllAsync())
        {
            lastUsedTimestamp = shell.Clock.GetTimestamp();
            try
            {
                await Take(work);
            }
            catch (Exception e)
            {
                // The edge of the actor: one failed entry must not end the station.
                Fail(work, e);
            }
        }
    }

    private async Task Take(StationWork work)
    {
        if (IsOutdated(work)) return;
        work = await shell.Quirks.Read(Station, work, shell.Stations);
        for (var attempt = 1; ; attempt++)
        {
            var nowMs = shell.Entropy.NowMs;
            var known = await shell.Gatherer.Gather(stored.Station, work.Input);
            var outcome = StationMachine.Step(stored.Station, work.Input, known, nowMs);
            var unit = await shell.Writer.Prepare(
                stored, outcome, work with { Link = work.Link ?? Link }, Frames, nowMs);
            var status = await Commit(unit, nowMs);
            if (status == CommitStatus.Done)
            {
                Become(outcome, unit, work);
                Act(work, outcome, unit?.Calls ?? []);
                return;
            }

            if (status == CommitStatus.Duplicate && work.Input is Ordered && attempt == 2)
            {
                work.Asker?.TrySetResult(outcome with { Result = Taken });
                return;
            }

            // Somebody else wrote this station: look again, decide again.
            if (attempt == 3) throw new InvalidOperationException(
                $"Station {Station.Id} is written by another process.");
            stored = Furnish(await shell.Stations.Load(Station.Id)
                ?? throw new InvalidOperationException($"Station {Station.Id} is gone."));
        }
    }

    private StoredStation Furnish(StoredStation read) => read with { Station = shell.Quirks.Furnish(read.Station) };

    private async ValueTask<CommitStatus> Commit(StationUnit? unit, long nowMs)
    {
        if (unit is null) return CommitStatus.Done;
        var status = CommitStatus.Stale;
        try
        {
            return status = await shell.Committer.Commit(unit.Statements);
        }
        finally
        {
            if (status != CommitStatus.Done) Frames.Loose.PutBack(unit.Loose, nowMs);
        }
    }

    private bool IsOutdated(StationWork work)
    {
        switch (work.Input)
        {
            case LinkUp when work.Link!.IsOver:
                return true; // kept waiting by the store for too long
            case LinkUp:
                Link = work.Link;
                return false;
            case LinkDown when Link is not null && !ReferenceEquals(work.Link, Link):
                return true; // an old socket's farewell
            case LinkDown:
                Link = null;
                return false;
            default:
                return false;
        }
    }

    private void Become(Outcome outcome, StationUnit? unit, StationWork work)
    {
        var before = Station;
        stored = unit is null
            ? stored with { Station = outcome.Next }
            : new StoredStation(
                outcome.Next with { Version = stored.Station.Version + 1, EventSeq = unit.EventSeq }, unit.MessageSeq);
        if (!ReferenceEquals(before.BootInfo, Station.BootInfo)
            || before.Settings.QuirkProfile != Station.Settings.QuirkProfile) stored = Furnish(stored);
        if (work.Frame is not { } frame || !FrameWording.IsKept(outcome, work.Input)) return;
        frame.IsKept = true;
        if (frame.Kind == InFrame.Call) Frames.Forget();
    }

    private void Act(StationWork work, Outcome outcome, IReadOnlyList<string?> calls)
    {
        if (work.Input is Said { Message: Booted }) Link?.RaiseLimit(shell.Options.Ocpp.MaxMessageBytes);
        // The station's own CALL is answered before we ask anything of it; whoever orders can wait for the order to go.
        if (work.Input is Said) work.Asker?.TrySetResult(outcome);
        for (var i = 0; i < outcome.Commands.Count; i++)
            shell.Errands.Add(Run(outcome.Commands[i], calls.Count > i ? calls[i] : null, Link), Link);
        work.Asker?.TrySetResult(outcome);
    }

    /// <summary>One command's way to the station and back into the mailbox.</summary>
    private async Task Run(Telling told, string? messageId, StationLink? link)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sentAt = 0L;
        var life = told.DueAtMs - shell.Entropy.NowMs is { } ms ? TimeSpan.FromMilliseconds(ms) : default(TimeSpan?);
        var patience = new CallPatience(life, () =>
        {
            sentAt = Stopwatch.GetTimestamp();
            sent.TrySetResult();
        });
        var receipt = link is null ? Task.FromResult(new Receipt(Answer.Offline, "NotConnected"))
            : link.Tell(told.Command, patience, messageId);
        if (told.Errand.Kind is ErrandKind.Action or ErrandKind.TokenList)
        {
            await Task.WhenAny(sent.Task, receipt);
            if (sent.Task.IsCompleted) await Post(new StationWork(new Handed(told.Errand)));
        }

        var answer = await receipt;
        var took = sentAt == 0 ? default(TimeSpan?) : Stopwatch.GetElapsedTime(sentAt);
        var action = messageId is null ? null : link?.Dialect.Write(told.Command)?.Action;
        var frame = action is null ? null : FrameWording.AnswerTo(action, messageId!, answer, took);
        await Post(new StationWork(new Answered(told.Errand, answer)) { Frame = frame });
    }

    private void Fail(StationWork work, Exception e)
    {
        if (work.Asker is { } asker)
        {
            asker.TrySetException(e);
            return;
        }

        LogRetry(shell.Log, Station.Id, work.Input.GetType().Name, e);
        shell.Errands.Add(Repost(work));
    }

    private async Task Repost(StationWork work)
    {
        await Task.Delay(RetryDelay, shell.Clock);
        await Post(work);
    }

    [LoggerMessage(LogLevel.Warning, "Station {Station}: {Input} could not be stored; it is tried again.")]
    private static partial void LogRetry(ILogger log, string station, string input, Exception e);
}
