using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Domain.Events;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Gives a delivery up after its last attempt. The delivery's state, the webhook's last_exhausted and the event that
/// tells of both, and the mail, are one commit, so that nobody is told twice or never. What was to tell of such an end
/// and came to one itself is told of no more: nobody would listen, and it would never stop.
/// </summary>
internal sealed class Exhaustion(
    Database database, Committer committer, Entropy entropy, WebhookAlerts alerts) : IDisposable
{
    private const int Tries = 100;

    /// <summary>The webhook is one row: who ends several deliveries at once ends them one after the other.</summary>
    private readonly SemaphoreSlim turn = new(1);

    private sealed class Row
    {
        public string EventType { get; init; } = "";

        public string Organization { get; init; } = "";

        public long Version { get; init; }

        public long CreatedAt { get; init; }

        /// <summary>Null: the webhook was deleted meanwhile.</summary>
        public string? Body { get; init; }
    }

    public async Task Write(Settled settled, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            for (var i = 0; i < Tries; i++)
            {
                // After a lost lease another process may have been first: then there is nothing left to tell.
                if (await Read(settled, cancel) is not { } row) return;
                if (await committer.Commit(Word(settled, row), cancel) == CommitStatus.Done) return;
            }

            throw new InvalidOperationException("A delivery could not be given up: its webhook changes all the time.");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Row?> Read(Settled settled, CancellationToken cancel)
    {
        var (endpoint, lane, delivery) = settled.Sent.Signed.Claimed;
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<Row>(
            "select d.event_type as EventType, d.organization, coalesce(w.version, 0) as Version, "
            + "coalesce(w.created_at, 0) as CreatedAt, w.body from deliveries d "
            + "left join webhooks w on w.id = d.webhook "
            + "where d.webhook = @webhook and d.lane = @lane and d.seq = @seq and d.state = 'pending'",
            new { webhook = endpoint.Id, lane, seq = delivery.Seq });
    }

    private List<Statement> Word(Settled settled, Row row)
    {
        var unit = new List<Statement>();
        LedgerSql.Add(unit, settled, isFence: true);
        if (row.Body is not null && row.EventType != EventTypes.DeliveryExhausted) Tell(unit, settled, row);
        return unit;
    }

    private void Tell(List<Statement> unit, Settled settled, Row row)
    {
        var (claimed, answer) = (settled.Sent.Signed.Claimed, settled.Sent.Answer);
        var (webhook, now) = (claimed.Endpoint.Id, entropy.NowMs);
        var last = new ExhaustedDelivery(
            claimed.Delivery.Id, claimed.Delivery.EventId, row.EventType, claimed.Delivery.Attempts + 1, answer.Status,
            answer.Error, new WireTime(now));
        var resource = JsonNode.Parse(row.Body!)!.AsObject();
        resource["last_exhausted"] = JsonNode.Parse(Wire.Write(last, WireContext.Default.ExhaustedDelivery));
        resource["updatedAt"] = new WireTime(now).ToString();
        var stored = new StoredResource(
            webhook, row.Organization, row.Version + 1, row.CreatedAt, now, resource.ToJsonString());
        unit.Add(Statement.Fence(
            "update webhooks set version = $3, updated_at = $4, body = $5 where id = $1 and version = $2",
            webhook, row.Version, stored.Version, now, stored.Body));
        EventLog.Add(unit, EventBody.Of(
            entropy, stored.Organization, webhook, stored.Version, EventTypes.DeliveryExhausted, "webhook", webhook,
            Encoding.UTF8.GetBytes(stored.Body)));
        alerts.Exhausted(unit, stored.Organization, resource, last);
    }
}
