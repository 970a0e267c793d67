using System.Security.Cryptography;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Sends what the <c>deliveries</c> table holds: claims due lanes, lets each endpoint take its turns, and hands every
/// lane back. Any number of processes may run one of these on the same PostgreSQL.
/// </summary>
internal sealed partial class Dispatcher(
    LaneClaims claims, EndpointStore endpoints, Visitor visitor, Ledger ledger, DispatchPace pace) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, EndpointQueue> queues = new(StringComparer.Ordinal);
    private readonly List<Task> turns = [];
    private readonly CancellationTokenSource abort = new();

    /// <summary>Lanes held now; for metrics.</summary>
    public int Held { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var giveUp = new CancellationTokenSource();
        var bookkeeping = ledger.Run(giveUp.Token);
        var next = Poll;
        var isFree = !pace.IsAlone;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // A store that is away at the start is no reason to end: the next pass asks again.
                if (!isFree) await claims.FreeAll(pace.NowMs);
                isFree = true;
                next = await Pass(stoppingToken);
                await pace.Signal.Wait(next, pace.Clock, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                pace.LogPassFailed(e);
                await Task.Delay(Poll, pace.Clock, stoppingToken).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Wind(giveUp, bookkeeping);
    }

    /// <summary>Claims what is due and starts it. Answers how long there is nothing more to do.</summary>
    private async Task<TimeSpan> Pass(CancellationToken cancel)
    {
        turns.RemoveAll(t => t.IsCompleted);
        var due = await claims.Due(cancel);
        var now = pace.NowMs;
        var wishes = new List<Allotment.Wish>();
        foreach (var endpoint in due.Where(e => e.DueAtMs <= now))
            if (await QueueOf(endpoint, cancel) is { Room: > 0 } queue)
                wishes.Add(new Allotment.Wish(endpoint.Webhook, endpoint.Organization, queue.Held, queue.Room));

        if (wishes.Count > 0) await Claim(wishes, now, cancel);
        foreach (var queue in queues.Values) Start(queue, cancel);
        var soonest = due.Where(e => e.DueAtMs > now).Select(e => e.DueAtMs - now).DefaultIfEmpty(long.MaxValue).Min();
        return soonest < Poll.TotalMilliseconds ? TimeSpan.FromMilliseconds(soonest) : Poll;
    }

    private async Task Claim(List<Allotment.Wish> wishes, long now, CancellationToken cancel)
    {
        var held = queues.Values.GroupBy(q => q.Organization).ToDictionary(g => g.Key, g => g.Sum(q => q.Held));
        Held = held.Values.Sum();
        var granted = Allotment.Of(wishes, held);
        if (granted.Count == 0) return;
        var claim = new Claim(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)), now + pace.LeaseMs);
        foreach (var lane in await claims.Take(granted, claim, now, cancel)) queues[lane.Webhook].Add(lane);
    }

    /// <summary>The endpoint's queue, with the webhook as it stands now; null when it cannot be sent to.</summary>
    private async Task<EndpointQueue?> QueueOf(DueEndpoint due, CancellationToken cancel)
    {
        if (!queues.TryGetValue(due.Webhook, out var queue))
            queues.Add(due.Webhook, queue = new EndpointQueue(due.Organization, pace.TurnsOfOneEndpoint));
        queue.FailingSinceMs = due.FailingSinceMs;
        if (queue.Endpoint is { } known && known.Version == due.Version) return queue;
        try
        {
            queue.Endpoint = await endpoints.Read(due.Webhook, cancel);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            // One unreadable row must not stop the others.
            pace.LogUnreadable(e, due.Webhook);
            return null;
        }

        return queue.Endpoint is null ? null : queue;
    }

    private void Start(EndpointQueue queue, CancellationToken drain)
    {
        while (queue.TryStart(out var lane))
        {
            var first = lane;
            turns.Add(Task.Run(() => Turn(queue, first, drain), CancellationToken.None));
        }
    }

    /// <summary>Walks lanes of one endpoint for as long as it has some waiting.</summary>
    private async Task Turn(EndpointQueue queue, ClaimedLane lane, CancellationToken drain)
    {
        do
        {
            try
            {
                await visitor.Visit(queue, lane, drain, abort.Token);
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                ledger.TryAdd(new LedgerEntry.LaneRested(lane, lane.DoneSeq, pace.NowMs));
            }
            catch (Exception e)
            {
                // The lane's lease ends by itself; what was not written down is sent again.
                pace.LogVisitFailed(e, lane.Webhook, lane.Lane);
            }

            if (queue.Finish()) pace.Signal.Pulse();
        }
        while (!drain.IsCancellationRequested && queue.TryStart(out lane));
    }

    /// <summary>Finishes what is under way, gives the rest back, and writes it all down.</summary>
    private async Task Wind(CancellationTokenSource giveUp, Task bookkeeping)
    {
        abort.CancelAfter(Grace);
        await Task.WhenAll(turns);
        foreach (var queue in queues.Values)
            while (queue.TryStart(out var lane))
            {
                ledger.TryAdd(new LedgerEntry.LaneRested(lane, lane.DoneSeq, pace.NowMs));
                queue.Finish();
            }

        ledger.Close();
        giveUp.CancelAfter(Grace);
        await bookkeeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        abort.Dispose();
        base.Dispose();
    }
}
