using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Repeats: the same event (and webhook-id) as a new delivery, in a lane <c>replay/&lt;stream&gt;</c> beside the live
/// one,
/// so that repeating the past never delays the present.
/// </summary>
internal sealed class Replay(Database database, Committer committer, Entropy entropy)
{
    private sealed class Row
    {
        public string Organization { get; init; } = "";

        public string Stream { get; init; } = "";

        public long Seq { get; init; }

        public long Place { get; init; }

        public string EventId { get; init; } = "";

        public string Type { get; init; } = "";
    }

    /// <summary>Queues one delivery again. The new delivery's id; null: there is no such delivery.</summary>
    /// <param name="also">More rows for the same commit.</param>
    public async Task<string?> One(
        string organization, string webhook, string delivery, params IReadOnlyList<Statement> also)
    {
        await using var connection = await database.Open();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select organization, event_stream as Stream, event_seq as Seq, event_place as Place, "
            + "event_id as EventId, event_type as Type from deliveries "
            + "where webhook = @webhook and id = @delivery and organization = @organization "
            + "and exists (select 1 from events where place = event_place)",
            new { webhook, delivery, organization });
        if (row is null) return null;
        var unit = new List<Statement>();
        var again = new ReplayedEvent(entropy.NewId(), row.Stream, row.Seq, row.Place, row.EventId, row.Type);
        ReplaySql.Add(unit, organization, webhook, again, entropy.NowMs);
        unit.AddRange(also);
        await committer.Commit(unit);
        return again.Delivery;
    }

    /// <summary>Queues a range in the background, oldest first; the replay's id.</summary>
    /// <param name="patterns">Which types, as webhooks name them: "*", "session.*", "session.ended".</param>
    /// <param name="also">More rows for the same commit.</param>
    public async Task<string> Range(
        string organization, string webhook, long fromMs, long toMs, IEnumerable<string> patterns,
        params IReadOnlyList<Statement> also)
    {
        var (id, now) = (entropy.NewId(), entropy.NowMs);
        await committer.Commit(
        [
            Statement.Of(
                "insert into replays (id, organization, webhook, from_at, to_at, patterns, cursor_at, cursor_stream, "
                + "cursor_seq, queued, state, created_at, updated_at) "
                + "values ($1, $2, $3, $4, $5, $6, $4, '', 0, 0, 'running', $7, $7)",
                id, organization, webhook, fromMs, Math.Min(toMs, now), string.Join(',', patterns), now),
            .. also,
        ]);
        return id;
    }
}

/// <summary>An event that is to be sent once more, as a delivery of its own.</summary>
internal sealed record ReplayedEvent(
    string Delivery, string Stream, long Seq, long Place, string EventId, string Type);

internal static class ReplaySql
{
    public const string LanePrefix = "replay/";

    /// <remarks>First the lane, whose row lock gives the delivery its number.</remarks>
    private const string InsertDelivery =
        "insert into deliveries (webhook, lane, seq, id, organization, event_stream, event_seq, event_place, event_id, "
        + "event_type, state, attempts, created_at, updated_at) "
        + "select webhook, lane, last_seq, $3, $4, $5, $6, $7, $8, $9, 'pending', 0, $10, $10 from delivery_lanes "
        + "where webhook = $1 and lane = $2";

    public static void Add(List<Statement> unit, string organization, string webhook, ReplayedEvent e, long nowMs)
    {
        var lane = LanePrefix + e.Stream;
        unit.Add(Statement.Of(EventLog.ExtendLane, webhook, lane, nowMs));
        unit.Add(Statement.Of(
            InsertDelivery, webhook, lane, e.Delivery, organization, e.Stream, e.Seq, e.Place, e.EventId, e.Type,
            nowMs));
    }
}
