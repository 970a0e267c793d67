using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Follows the end of the event log for those who listen to it: up to which place every event is there. Places are
/// given out before a transaction commits, so with several processes a higher one can be seen first; a gap is waited
/// for.
/// </summary>
internal sealed partial class EventTail(Database database, TimeProvider clock, ILogger<EventTail> log)
    : BackgroundService
{
    /// <summary>A transaction that takes longer than this to commit was rolled back, and its places with it.</summary>
    private static readonly TimeSpan GapPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim wanted = new(0);
    private TaskCompletionSource moved = Fresh();
    private int listeners;
    private long horizon = -1;
    private long gapSince;
    private long gapAt = -1;

    /// <summary>Registers a listener; until it is disposed the tail is followed.</summary>
    public IDisposable Listen()
    {
        if (Interlocked.Increment(ref listeners) == 1) wanted.Release();
        return new Listener(this);
    }

    public int Listeners => Volatile.Read(ref listeners);

    /// <summary>Where the log ends now.</summary>
    public async Task<long> End(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long?>("select max(place) from events") ?? 0;
    }

    /// <summary>The last place before which nothing will appear any more.</summary>
    public async Task<long> Horizon(CancellationToken cancel)
    {
        while (true)
        {
            var next = Moved;
            if (Volatile.Read(ref horizon) is >= 0 and var place) return place;
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Completes when the horizon moves on.</summary>
    public Task Moved => Volatile.Read(ref moved).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await wanted.WaitAsync(stoppingToken);
            while (Listeners > 0 && !stoppingToken.IsCancellationRequested)
            {
                await Look(stoppingToken);
                await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            Volatile.Write(ref horizon, -1); // whoever comes next starts at the end as it is then
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            var known = Volatile.Read(ref horizon);
            var last = known < 0 ? await End(cancel) : await Advance(known, cancel);
            if (last == known) return;
            Volatile.Write(ref horizon, last);
            Interlocked.Exchange(ref moved, Fresh()).TrySetResult();
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogLook(e); // the store may be away for a while; listeners wait
        }
    }

    private async Task<long> Advance(long known, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var places = await connection.QueryAsync<long>(
            "select place from events where place > @known order by place limit 10000", new { known });
        foreach (var place in places)
        {
            if (place != known + 1 && IsYoung(known + 1)) return known;
            known = place;
        }

        return known;
    }

    /// <summary>Whether the missing place may yet appear.</summary>
    private bool IsYoung(long place)
    {
        if (!database.PlacesComeLate) return false;
        if (gapAt != place) (gapAt, gapSince) = (place, clock.GetTimestamp());
        return clock.GetElapsedTime(gapSince) < GapPatience;
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Listener(EventTail tail) : IDisposable
    {
        private int isGone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isGone, 1) == 0) Interlocked.Decrement(ref tail.listeners);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The end of the event log could not be read; it is tried again.")]
    private partial void LogLook(Exception e);
}
