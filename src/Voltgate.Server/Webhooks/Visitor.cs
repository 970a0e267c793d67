using System.Security.Cryptography;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Walks along one claimed lane, strictly in order, as far as it goes (api-contract §4: FIFO per chargestation).
/// </summary>
internal sealed class Visitor(
    Courier courier, Ledger ledger, WebhookSwitch off, Exhaustion exhaustion, TimeProvider clock)
{
    /// <summary>An endpoint that did nothing but fail for so long is switched off.</summary>
    public const long PatienceMs = 5L * 24 * 60 * 60 * 1000;

    private const long Margin = 5_000;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="drain">No further delivery is begun.</param>
    /// <param name="abort">The one under way is given up.</param>
    public async Task Visit(EndpointQueue queue, ClaimedLane lane, CancellationToken drain, CancellationToken abort)
    {
        // Handed back before the lease can end, even if the last delivery takes all of its time.
        var latestStart = lane.Claim.UntilMs - (long)courier.Timeout.TotalMilliseconds - Margin;
        var done = lane.DoneSeq;
        foreach (var delivery in lane.Deliveries)
        {
            if (drain.IsCancellationRequested || NowMs > latestStart || queue.Endpoint is not { } endpoint)
            {
                ledger.TryAdd(new LedgerEntry.LaneRested(lane, done, NowMs));
                return;
            }

            var settled = await Deliver(new Claimed(endpoint, lane.Lane, delivery), abort);
            if (settled.State == DeliveryState.Exhausted) await exhaustion.Write(settled, abort);
            else await ledger.Add(new LedgerEntry.Attempted(settled), abort);
            await Judge(queue, settled, abort);
            if (settled.State == DeliveryState.Pending)
            {
                await ledger.Add(new LedgerEntry.LaneRested(lane, done, settled.NextAtMs), abort);
                return;
            }

            done = delivery.Seq;
        }

        await ledger.Add(new LedgerEntry.LaneRested(lane, lane.EndSeq, NowMs), abort);
    }

    private async Task<Settled> Deliver(Claimed claimed, CancellationToken abort)
    {
        var sent = await courier.Send(courier.Sign(claimed), abort);
        var jitter = RandomNumberGenerator.GetInt32(-RetrySchedule.JitterPermille, RetrySchedule.JitterPermille + 1);
        return Verdict.Of(sent, NowMs, jitter);
    }

    private async Task Judge(EndpointQueue queue, Settled settled, CancellationToken abort)
    {
        var (webhook, answer) = (settled.Sent.Signed.Claimed.Endpoint.Id, settled.Sent.Answer);
        if (answer.Succeeded)
        {
            if (queue.FailingSinceMs is null) return;
            queue.FailingSinceMs = null;
            await ledger.Add(new LedgerEntry.Failing(webhook, null), abort);
            return;
        }

        var now = NowMs;
        if (answer.Status == Answer.Gone)
        {
            queue.Endpoint = null;
            await off.Disable(webhook, DisabledReason.Gone, failingBeforeMs: null, abort);
        }
        else if (queue.FailingSinceMs is not { } since)
        {
            queue.FailingSinceMs = now;
            await ledger.Add(new LedgerEntry.Failing(webhook, now), abort);
        }
        else if (now - since >= PatienceMs)
        {
            await off.Disable(webhook, DisabledReason.OnlyFailures, now - PatienceMs, abort);
        }
    }
}
