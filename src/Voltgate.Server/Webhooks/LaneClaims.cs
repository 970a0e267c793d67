using System.Data.Common;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>An active webhook with something queued, and when its first lane is due.</summary>
internal sealed record DueEndpoint(
    string Webhook, string Organization, long Version, long? FailingSinceMs, long DueAtMs);

/// <summary>
/// Takes lanes for this process by a lease, so that several processes never send the same lane at once: a lane is free
/// when its due time has come, and a claim moves that time ahead (architecture §3).
/// </summary>
internal sealed class LaneClaims(Database database, Committer committer, EventReader events)
{
    /// <summary>Deliveries read with a claim: a lane with more gives the others their turn and comes back.</summary>
    public const int VisitLength = 32;

    /// <summary>One row a webhook by loose index scan: the cost does not grow with the lanes that wait.</summary>
    private const string SelectDue =
        """
        with recursive w(webhook) as (
          select min(webhook) from delivery_lanes where done_seq < last_seq
          union all
          select (select min(l.webhook) from delivery_lanes l where l.done_seq < l.last_seq and l.webhook > w.webhook)
          from w where w.webhook is not null)
        select h.id as Webhook, h.organization as Organization, h.version as Version, h.failing_since as FailingSinceMs,
          (select min(l.due_at) from delivery_lanes l where l.webhook = h.id and l.done_seq < l.last_seq) as DueAtMs
        from w join webhooks h on h.id = w.webhook where h.active
        """;

    private const string SelectTaken =
        $"""
        select l.webhook, l.lane, l.done_seq, l.last_seq, d.seq, d.id, d.attempts, {EventReader.Columns}
        from delivery_lanes l
        left join deliveries d
          on d.webhook = l.webhook and d.lane = l.lane and d.state = 'pending' and d.seq > l.done_seq
          and d.seq <= coalesce((select x.seq from deliveries x
            where x.webhook = l.webhook and x.lane = l.lane and x.seq > l.done_seq and x.state = 'pending'
            order by x.seq limit 1 offset 31), l.last_seq)
        left join events e on e.place = d.event_place
        where l.claimed_by = @Holder
        order by l.webhook, l.lane, d.seq
        """;

    /// <remarks>The due time stands on the outer row too: without it racing claims take a lane twice on
    /// PostgreSQL.</remarks>
    private readonly string takeLanes = database.Adapt(
        """
        update delivery_lanes set due_at = $4, claimed_by = $5
        where webhook = $1 and due_at <= $2 and done_seq < last_seq and lane in (
          select lane from delivery_lanes where webhook = $1 and due_at <= $2 and done_seq < last_seq
          order by due_at limit $3 /*skip locked*/)
        """);

    public async Task<IReadOnlyList<DueEndpoint>> Due(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var rows =
            await connection.ExecuteReaderAsync(new CommandDefinition(SelectDue, cancellationToken: cancel));
        var due = new List<DueEndpoint>();
        while (await rows.ReadAsync(cancel))
        {
            long? failingSince = await rows.IsDBNullAsync(3, cancel) ? null : rows.GetInt64(3);
            if (await rows.IsDBNullAsync(4, cancel)) continue;
            due.Add(new DueEndpoint(
                rows.GetString(0), rows.GetString(1), rows.GetInt64(2), failingSince, rows.GetInt64(4)));
        }

        return due;
    }

    /// <summary>Claims up to so many due lanes of each webhook; all in one commit.</summary>
    public async Task<IReadOnlyList<ClaimedLane>> Take(
        IReadOnlyList<(string Webhook, int Lanes)> wanted, Claim claim, long nowMs, CancellationToken cancel)
    {
        var unit = new Statement[wanted.Count];
        for (var i = 0; i < unit.Length; i++)
            unit[i] = Statement.Of(takeLanes, wanted[i].Webhook, nowMs, wanted[i].Lanes, claim.UntilMs, claim.Holder);
        await committer.Commit(unit, cancel);
        var taken = await Taken(claim, cancel);
        await committer.Settled; // what was read may be a moment ahead of the disk, and must not be told before
        return taken;
    }

    /// <summary>Frees what a dead process held. Only where no other process can be alive: on SQLite.</summary>
    public Task FreeAll(long nowMs) => committer.Commit(
        [Statement.Of("update delivery_lanes set due_at = $1, claimed_by = null where claimed_by is not null", nowMs)]);

    private async Task<IReadOnlyList<ClaimedLane>> Taken(Claim claim, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var rows = await connection.ExecuteReaderAsync(
            new CommandDefinition(SelectTaken, new { claim.Holder }, cancellationToken: cancel));
        var (lanes, waiting) = (new List<ClaimedLane>(), new List<Waiting>());
        while (await rows.ReadAsync(cancel))
        {
            var (webhook, lane) = (rows.GetString(0), rows.GetString(1));
            if (lanes.Count == 0 || lanes[^1].Lane != lane || lanes[^1].Webhook != webhook)
                lanes.Add(new ClaimedLane(
                    webhook, lane, claim, rows.GetInt64(2), rows.GetInt64(3), new List<Delivery>()));
            // An event that grew too old just when it was asked for again is passed over.
            if (!await rows.IsDBNullAsync(7, cancel)) waiting.Add(WaitingIn(lanes[^1], rows));
        }

        await rows.CloseAsync(); // the connection is needed for what is worded now
        foreach (var (lane, seq, id, attempts, row) in waiting)
            ((List<Delivery>)lane.Deliveries).Add(
                new Delivery(seq, id, row.Id, attempts, await events.Body(connection, row)));
        return lanes;
    }

    private static Waiting WaitingIn(ClaimedLane lane, DbDataReader rows) => new(
        lane, rows.GetInt64(4), rows.GetString(5), rows.GetInt64(6), EventReader.Row(rows, 7));

    /// <summary>A delivery whose body is not read yet.</summary>
    private readonly record struct Waiting(ClaimedLane Lane, long Seq, string Id, long Attempts, EventRow Event);
}
