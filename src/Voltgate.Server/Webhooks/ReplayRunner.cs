using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Works through ranges that are to be repeated, a page of events at a time, and never far ahead of the endpoint: the
/// queue holds a few pages whatever the range. The cursor is kept with each page, so a restart goes on where it was.
/// </summary>
internal sealed partial class ReplayRunner(
    Database database, Committer committer, Entropy entropy, TimeProvider clock, ILogger<ReplayRunner> log)
        : BackgroundService
{
    private const int PageSize = 500;
    private const int MostQueued = 2000;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Webhook { get; init; } = "";

        public long ToAt { get; init; }

        public string Patterns { get; init; } = "";

        public long CursorAt { get; init; }

        public string CursorStream { get; init; } = "";

        public long CursorSeq { get; init; }
    }

    private sealed class EventRow
    {
        public string Stream { get; init; } = "";

        public long Seq { get; init; }

        public long Place { get; init; }

        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public long At { get; init; }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var worked = false;
            try
            {
                worked = await Pass(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }

            if (!worked)
                await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One page of each open replay. False: nothing can be done now.</summary>
    public async Task<bool> Pass(CancellationToken cancel)
    {
        var worked = false;
        foreach (var replay in await Open(cancel))
            if (await Queued(replay, cancel) < MostQueued)
                worked |= await Page(replay, cancel);
        return worked;
    }

    private async Task<bool> Page(Row replay, CancellationToken cancel)
    {
        var page = await Events(replay, cancel);
        var patterns = replay.Patterns.Split(',');
        var last = page.Count < PageSize;
        var unit = new List<Statement> { Advance(replay, page, last) };
        var wanted = page.Where(e => Array.Exists(patterns, p => EventPattern.Matches(p, e.Type))).ToList();
        foreach (var e in wanted)
            ReplaySql.Add(
                unit, replay.Organization, replay.Webhook,
                new ReplayedEvent(entropy.NewId(), e.Stream, e.Seq, e.Place, e.Id, e.Type), entropy.NowMs);
        unit.Add(Statement.Of("update replays set queued = queued + $2 where id = $1", replay.Id, wanted.Count));
        // Stale: another process queued this page.
        return await committer.Commit(unit, cancel) == CommitStatus.Done && !last;
    }

    private Statement Advance(Row replay, List<EventRow> page, bool last)
    {
        var (at, stream, seq) = page.Count == 0
            ? (replay.CursorAt, replay.CursorStream, replay.CursorSeq)
            : (page[^1].At, page[^1].Stream, page[^1].Seq);
        return Statement.Fence(
            "update replays set cursor_at = $2, cursor_stream = $3, cursor_seq = $4, state = $5, updated_at = $6 "
            + "where id = $1 and state = 'running' and cursor_at = $7 and cursor_stream = $8 and cursor_seq = $9",
            replay.Id, at, stream, seq, last ? "done" : "running", entropy.NowMs,
            replay.CursorAt, replay.CursorStream, replay.CursorSeq);
    }

    private async Task<List<Row>> Open(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<Row>(
            "select r.id, r.organization, r.webhook, r.to_at as ToAt, r.patterns, r.cursor_at as CursorAt, "
            + "r.cursor_stream as CursorStream, r.cursor_seq as CursorSeq from replays r "
            + "join webhooks w on w.id = r.webhook and w.active where r.state = 'running' order by r.created_at "
            + "limit 100"))
            .AsList();
    }

    /// <summary>The numbers of replay lanes have no gaps, so their difference counts deliveries.</summary>
    private async Task<long> Queued(Row replay, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long?>(
            "select cast(sum(last_seq - done_seq) as bigint) from delivery_lanes "
            + "where webhook = @Webhook and done_seq < last_seq and lane like 'replay/%'", replay) ?? 0;
    }

    private async Task<List<EventRow>> Events(Row replay, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<EventRow>(
            "select stream, seq, place, id, type, at from events where organization = @Organization and at <= @ToAt "
            + "and at >= @CursorAt and (at > @CursorAt or (stream, seq) > (@CursorStream, @CursorSeq)) "
            + "order by at, stream, seq limit 500", replay)).AsList();
    }

    [LoggerMessage(LogLevel.Error, "A page of a webhook replay could not be queued; trying again.")]
    private partial void LogFailed(Exception e);
}
