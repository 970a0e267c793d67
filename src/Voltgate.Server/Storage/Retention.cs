using System.Data.Common;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>
/// Removes events, and the record of their deliveries, once they are older than Storage:EventKeepDays, and stations'
/// frames by Storage:MessageKeepDays: once an hour, a batch a commit, by one process at a time. What is still to be
/// delivered stays, the newest event of an organisation (listeners come back to it), what holds an open session's state
/// (ADR 0011), and of a session what its bill was made of.
/// </summary>
internal sealed partial class Retention(
    Database database, Committer committer, TimeProvider clock, ServerOptions options, ILogger<Retention> log)
    : BackgroundService
{
    private const int Batch = 500;
    private const long DayMs = 86_400_000;
    private const long PeriodMs = 3_600_000;
    private const long LeaseMs = 120_000;

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Between full batches: who asks and reports goes first.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <remarks>
    /// The newest of all stays besides: SQLite would give its place away again. A live delivery has its event's number,
    /// a repeated one lies in a lane beside.
    /// </remarks>
    private const string RemoveEvents =
        """
        delete from events where place > $1 and place <= $2 and at < $3
          and place < (select max(place) from events)
          and exists (select 1 from events n where n.organization = events.organization and n.at > events.at)
          and not exists (select 1 from sessions s where s.id = events.resource and s.state_place = events.place)
          and not exists (select 1 from webhooks w join deliveries d on d.webhook = w.id and d.lane = events.stream
            and d.seq = events.seq and d.state = 'pending' where w.organization = events.organization)
          and not exists (select 1 from webhooks w join delivery_lanes l on l.webhook = w.id
            and l.lane = 'replay/' || events.stream and l.done_seq < l.last_seq
            join deliveries d on d.webhook = l.webhook and d.lane = l.lane and d.seq > l.done_seq
              and d.event_place = events.place and d.state = 'pending' where w.organization = events.organization)
          and not exists (select 1 from replays r join webhooks w on w.id = r.webhook and w.active
            where r.organization = events.organization and r.state = 'running'
              and r.from_at <= events.at and r.to_at >= events.at)
        """;

    private const string SelectMessages =
        """
        select m.place as Id, m.at as At, exists (select 1 from sessions s
          where s.id = m.session and s.status in ('created', 'Started')) as IsOpen
        from messages m where m.place > @after and m.place < (select max(place) from messages)
        order by m.place limit @Batch
        """;

    /// <summary>What a station said of a session stays as evidence: its start, its readings, its end.</summary>
    private const string OfSession = "direction = 'in' and kind is null and session is not null";

    private const string RemoveMessages =
        "delete from messages where place > $1 and place <= $2 and not (" + OfSession + ")";

    /// <summary>Of a reading the wording goes, what was measured stays.</summary>
    private const string RemoveWording =
        "update messages set body = 'null' where place > $1 and place <= $2 and reading is not null";

    /// <summary>Settled, or of a webhook that is gone; from one moment up to another.</summary>
    private const string Settled =
        "webhook = $1 and created_at >= $2 and created_at <= $3 and created_at < $4 "
        + "and (state <> 'pending' or not exists (select 1 from webhooks w where w.id = deliveries.webhook))";

    private const string RemoveAttempts =
        "delete from delivery_attempts where webhook = $1 and delivery in (select id from deliveries where "
        + Settled + ")";

    private const string RemoveDeliveries = "delete from deliveries where " + Settled;

    /// <summary>One row a webhook by loose index scan, those that are deleted among them.</summary>
    private const string SelectWebhooks =
        """
        with recursive w(webhook) as (
          select min(webhook) from deliveries
          union all
          select (select min(d.webhook) from deliveries d where d.webhook > w.webhook)
          from w where w.webhook is not null)
        select webhook from w where webhook is not null
        """;

    private long leasedUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (options.Storage.EventKeepDays > 0 || options.Storage.MessageKeepDays > 0)
        {
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await Pass(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or DbException)
            {
                LogAway(e);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host stops: the lease runs out, and another process goes on.
            }
        }
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task Pass(CancellationToken cancel)
    {
        await using (var connection = await database.Open(cancel))
            leasedUntil = await connection.ExecuteScalarAsync<long>(
                "select due_at from chores where name = 'retention'");
        if (leasedUntil > NowMs || !await Commit(LeaseMs)) return;
        if (OldestOf(options.Storage.MessageKeepDays) is { } frame && !await TrimMessages(frame, cancel)) return;
        if (OldestOf(options.Storage.EventKeepDays) is { } oldest
            && !(await TrimEvents(oldest, cancel) && await TrimDeliveries(oldest, cancel))) return;
        await Commit(PeriodMs);
    }

    private long? OldestOf(int keepDays) => keepDays == 0 ? null : NowMs - keepDays * DayMs;

    /// <summary>False: another process has taken over.</summary>
    private async Task<bool> TrimEvents(long oldest, CancellationToken cancel)
    {
        for (var after = 0L; ;)
        {
            var rows = await Read<Row>(
                "select place as Id, at as At from events where place > @after order by place limit @Batch",
                new { after, Batch }, cancel);
            if (!rows.Exists(r => r.At < oldest)) return true; // places follow the time of arrival
            if (!await Commit(LeaseMs, Statement.Of(RemoveEvents, after, rows[^1].Id, oldest))) return false;
            after = rows[^1].Id;
            await Task.Delay(Pause, clock, cancel);
        }
    }

    /// <summary>False: another process has taken over. What was looked through is not looked through again.</summary>
    private async Task<bool> TrimMessages(long oldest, CancellationToken cancel)
    {
        var after = (await Read<long>("select place from chores where name = 'messages'", new { }, cancel)).Single();
        while (true)
        {
            var rows = await Read<Row>(SelectMessages, new { after, Batch }, cancel);
            var old = rows.TakeWhile(r => r.At < oldest && !r.IsOpen).ToList();
            if (old.Count == 0) return true;
            var upTo = old[^1].Id;
            if (!await Commit(
                LeaseMs, Statement.Of(RemoveMessages, after, upTo), Statement.Of(RemoveWording, after, upTo),
                Statement.Of("update chores set place = $1 where name = 'messages'", upTo))) return false;
            after = upTo;
            await Task.Delay(Pause, clock, cancel);
        }
    }

    private async Task<bool> TrimDeliveries(long oldest, CancellationToken cancel)
    {
        foreach (var webhook in await Read<string>(SelectWebhooks, new { }, cancel))
        {
            for (var from = 0L; ;)
            {
                var times = await Read<long>(
                    "select created_at from deliveries where webhook = @webhook and created_at >= @from "
                    + "and created_at < @oldest order by created_at limit @Batch",
                    new { webhook, from, oldest, Batch }, cancel);
                if (times.Count == 0) break;
                var to = times[^1];
                if (!await Commit(
                    LeaseMs, Statement.Of(RemoveAttempts, webhook, from, to, oldest),
                    Statement.Of(RemoveDeliveries, webhook, from, to, oldest))) return false;
                from = to + 1;
                await Task.Delay(Pause, clock, cancel);
            }
        }

        return true;
    }

    private async Task<List<T>> Read<T>(string sql, object values, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<T>(sql, values)).AsList();
    }

    /// <summary>A batch, if the lease still holds, and the lease goes on.</summary>
    private async Task<bool> Commit(long leaseMs, params Statement[] batch)
    {
        var until = NowMs + leaseMs;
        var lease = Statement.Fence(
            "update chores set due_at = $2 where name = 'retention' and due_at = $1", leasedUntil, until);
        var isHeld = await committer.Commit([lease, .. batch]) == CommitStatus.Done;
        leasedUntil = until;
        return isHeld;
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long At { get; init; }

        public bool IsOpen { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "Old events could not be removed; it is tried again.")]
    private partial void LogAway(Exception e);
}
