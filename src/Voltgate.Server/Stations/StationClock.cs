using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>
/// Time as an input: wakes stations that something is due for, pings silent sockets, lets go of idle actors. What is
/// due lies in the store, so a restart forgets none of it.
/// </summary>
internal sealed partial class StationClock(
    LocalStations stations, HoursKeeper hours, ServerOptions options, TimeProvider clock, ILogger<StationClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Quirk 11: CALLs in a row without an answer after which a socket is closed, so that the station redials.
    /// </summary>
    private const int MostSilences = 4;

    private static readonly TimeSpan HoursBeat = TimeSpan.FromSeconds(10);

    private readonly Dictionary<StationLink, long> pinged = [];
    private long keptAt = clock.GetTimestamp();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Guarded(stations.Reset, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Guarded(stations.WakeDue, stoppingToken);
            var open = stations.Links; // a copy of all: once a beat
            await Guarded(_ => PingSilent(open), stoppingToken);
            await Guarded(_ => AskSettled(open), stoppingToken);
            await Guarded(cancel => KeepHours(open, cancel), stoppingToken);
            await Guarded(_ => stations.WriteDueFrames(), stoppingToken);
            stations.Trim(Unused);
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Guarded(Func<CancellationToken, Task> beat, CancellationToken cancel)
    {
        try
        {
            await beat(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e)
        {
            // The edge of the loop: the store may be away for a while; what is due stays due.
            LogBeat(e);
        }
    }

    /// <summary>
    /// Half-open sockets are found within 90 s: silence, a ping, another one, the end (reliability G10).
    /// </summary>
    private async Task PingSilent(IReadOnlyCollection<KeyValuePair<StationLink, string>> open)
    {
        var patience = TimeSpan.FromSeconds(options.Ocpp.PongTimeoutSeconds);
        var pings = new List<Task>();
        foreach (var (link, _) in open)
        {
            var (interval, limit) = PatienceWith(link.Quirks.Ping);
            var silence = clock.GetElapsedTime(link.LastReadTimestamp);
            if (silence >= limit || link.Silences >= MostSilences) link.Abort();
            else if (silence >= interval && IsPingDue(link, patience)) pings.Add(link.Ping());
        }

        // All at once: one that takes nothing any more must not hold up the others, or the clock.
        await Task.WhenAll(pings);

        if (pinged.Count <= open.Count) return;
        var alive = open.Select(l => l.Key).ToHashSet();
        foreach (var gone in pinged.Keys.Where(l => !alive.Contains(l)).ToList()) pinged.Remove(gone);
    }

    /// <summary>After how long a silence a link is pinged, and cut. Quirks 8 and 9.</summary>
    private (TimeSpan Interval, TimeSpan Limit) PatienceWith(PingTrait? trait)
    {
        var interval = TimeSpan.FromSeconds(trait?.IntervalSeconds ?? options.Ocpp.PingIntervalSeconds);
        var limit = interval + 2 * TimeSpan.FromSeconds(options.Ocpp.PongTimeoutSeconds);
        if (trait is null || trait is { Answers: true, IntervalSeconds: not 0 }) return (interval, limit);
        var beats = 3 * TimeSpan.FromSeconds(options.Ocpp.HeartbeatIntervalSeconds);
        return (interval == TimeSpan.Zero ? TimeSpan.MaxValue : interval, beats > limit ? beats : limit);
    }

    // Sessions from before the link, or a station that never said what it is.
    private static bool IsToAsk(ChargeStation station) => !station.Sessions.IsEmpty || station.BootInfo is null;

    /// <summary>
    /// After a restart everybody redials at once; what was missed is asked over minutes, not in one burst.
    /// </summary>
    private async Task AskSettled(IReadOnlyCollection<KeyValuePair<StationLink, string>> open)
    {
        foreach (var (link, station) in open)
            if (link.TrySettle() && await stations.Of(station) is { } actor && IsToAsk(actor.Station))
                await actor.Post(new StationWork(new LinkSettled()) { Link = link });
    }

    private async Task KeepHours(
        IReadOnlyCollection<KeyValuePair<StationLink, string>> open, CancellationToken cancel)
    {
        if (clock.GetElapsedTime(keptAt) < HoursBeat) return;
        keptAt = clock.GetTimestamp();
        await hours.Look(open, cancel);
    }

    private bool IsPingDue(StationLink link, TimeSpan patience)
    {
        var now = clock.GetTimestamp();
        if (pinged.TryGetValue(link, out var last) && clock.GetElapsedTime(last, now) < patience) return false;
        pinged[link] = now;
        return true;
    }

    [LoggerMessage(LogLevel.Error, "The stations' clock failed; it goes on.")]
    private partial void LogBeat(Exception e);
}
