using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>Words ledger entries as statements.</summary>
internal static class LedgerSql
{
    private const string UpdateDelivery =
        "update deliveries set state = $4, attempts = $5, updated_at = $6, last_status = $7, last_error = $8, "
        + "latency_ms = $9, answer = $10 where webhook = $1 and lane = $2 and seq = $3 and state = 'pending'";

    /// <remarks>After a lost lease two processes may have made the same attempt; one line of it is enough.</remarks>
    private const string InsertAttempt =
        "insert into delivery_attempts (webhook, delivery, attempt, at, status, latency_ms, error, answer) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (webhook, delivery, attempt) do nothing";

    private const string RestLane =
        "update delivery_lanes set done_seq = $4, due_at = $5, claimed_by = null "
        + "where webhook = $1 and lane = $2 and claimed_by = $3";

    private const string StartFailing =
        "update webhooks set failing_since = $2 where id = $1 and failing_since is null";

    private const string StopFailing = "update webhooks set failing_since = null where id = $1";

    public static List<Statement> Word(List<LedgerEntry> entries)
    {
        var unit = new List<Statement>(entries.Count * 2);
        foreach (var entry in entries)
        {
            switch (entry)
            {
                case LedgerEntry.Attempted { Settled: var settled }:
                    Add(unit, settled, isFence: false);
                    break;
                case LedgerEntry.LaneRested(var lane, var done, var due):
                    unit.Add(Statement.Of(RestLane, lane.Webhook, lane.Lane, lane.Claim.Holder, done, due));
                    break;
                case LedgerEntry.Failing(var webhook, { } since):
                    unit.Add(Statement.Of(StartFailing, webhook, since));
                    break;
                case LedgerEntry.Failing(var webhook, null):
                    unit.Add(Statement.Of(StopFailing, webhook));
                    break;
            }
        }

        return unit;
    }

    /// <param name="isFence">The unit holds only if the delivery was still waiting.</param>
    public static void Add(List<Statement> unit, Settled settled, bool isFence)
    {
        var (claimed, _, at) = settled.Sent.Signed;
        var (webhook, delivery, answer) = (claimed.Endpoint.Id, claimed.Delivery, settled.Sent.Answer);
        var attempt = delivery.Attempts + 1;
        unit.Add(Statement.Of(
            UpdateDelivery, webhook, claimed.Lane, delivery.Seq, WordOf(settled.State), attempt, at + answer.LatencyMs,
            answer.Status, answer.Error, answer.LatencyMs, answer.Text)
            with
        { Rows = isFence ? 1 : Statement.Any });
        if (answer.Succeeded) return;
        unit.Add(Statement.Of(
            InsertAttempt, webhook, delivery.Id, attempt, at, answer.Status, answer.LatencyMs, answer.Error,
            answer.Text));
    }

    private static string WordOf(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => "delivered",
        DeliveryState.Exhausted => "exhausted",
        _ => "pending",
    };
}
