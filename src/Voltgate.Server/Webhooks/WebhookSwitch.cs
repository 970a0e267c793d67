using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>Why a webhook was switched off without being asked: <c>disabled_reason</c> of the resource.</summary>
internal static class DisabledReason
{
    public const string Gone = "gone";
    public const string OnlyFailures = "only_failures";
}

/// <summary>Switches webhooks off and on: what they listen to, and the lanes that wait for them.</summary>
internal sealed partial class WebhookSwitch(
    Database database, Committer committer, Entropy entropy, WebhookAlerts alerts, ILogger<WebhookSwitch> log)
{
    /// <summary>No clock gets there: a parked lane waits until its webhook is switched on.</summary>
    private const long Parked = 9_000_000_000_000_000;

    private const int Tries = 5;

    private sealed class Row
    {
        public string Organization { get; init; } = "";

        public long Version { get; init; }

        public long CreatedAt { get; init; }

        public long? FailingSince { get; init; }

        public string Body { get; init; } = "";
    }

    /// <summary>Adds to the commit that creates, edits or switches on a webhook.</summary>
    /// <param name="patterns">"*", "session.*", "session.ended".</param>
    public static void On(
        List<Statement> unit, string organization, string webhook, IEnumerable<string> patterns, long nowMs)
    {
        unit.Add(Unlisten(webhook));
        foreach (var pattern in patterns.Distinct(StringComparer.Ordinal))
            unit.Add(Statement.Of(
                "insert into webhook_patterns (organization, pattern, webhook) values ($1, $2, $3)",
                organization, pattern, webhook));
        unit.Add(Statement.Of(
            "update delivery_lanes set due_at = $2 where webhook = $1 and due_at = $3", webhook, nowMs, Parked));
        unit.Add(Statement.Of("update webhooks set failing_since = null where id = $1", webhook));
    }

    /// <summary>Adds to the commit that switches a webhook off: nothing is lost, nothing is sent.</summary>
    public static void Off(List<Statement> unit, string webhook)
    {
        unit.Add(Unlisten(webhook));
        unit.Add(Statement.Of(
            "update delivery_lanes set due_at = $2, claimed_by = null where webhook = $1", webhook, Parked));
    }

    /// <summary>Adds to the commit that deletes a webhook; the log of its deliveries stays.</summary>
    public static void Forget(List<Statement> unit, string webhook)
    {
        unit.Add(Unlisten(webhook));
        unit.Add(Statement.Of("delete from delivery_lanes where webhook = $1", webhook));
        unit.Add(Statement.Of("delete from replays where webhook = $1", webhook));
    }

    /// <summary>
    /// Switches off an endpoint that is gone or answered nothing but failures, with a webhook.updated event and a mail.
    /// </summary>
    /// <param name="failingBeforeMs">Only if it has been failing since then; null: whatever the row says.</param>
    public async Task Disable(string webhook, string reason, long? failingBeforeMs, CancellationToken cancel)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await Read(webhook, cancel) is not { } row) return;
            if (failingBeforeMs is { } before && (row.FailingSince is not { } since || since > before)) return;
            if (await committer.Commit(Word(webhook, row, reason), cancel) != CommitStatus.Done) continue;
            LogDisabled(webhook, reason);
            return;
        }
    }

    private async Task<Row?> Read(string webhook, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<Row>(
            "select organization, version, created_at as CreatedAt, failing_since as FailingSince, body "
            + "from webhooks where id = @webhook and active",
            new { webhook });
    }

    private List<Statement> Word(string webhook, Row row, string reason)
    {
        var now = entropy.NowMs;
        var resource = JsonNode.Parse(row.Body)!.AsObject();
        resource["active"] = false;
        resource["disabled_reason"] = reason;
        resource["updatedAt"] = new WireTime(now).ToString();
        var stored = new StoredResource(
            webhook, row.Organization, row.Version + 1, row.CreatedAt, now, resource.ToJsonString());
        var unit = new List<Statement>
        {
            Statement.Fence(
                "update webhooks set active = false, version = $3, updated_at = $4, body = $5 "
                + "where id = $1 and version = $2 and active",
                webhook, row.Version, stored.Version, now, stored.Body),
        };
        Off(unit, webhook);
        EventLog.Add(unit, EventBody.Edited(entropy, "webhook", "updated", stored));
        alerts.Disabled(unit, row.Organization, resource, reason);
        return unit;
    }

    private static Statement Unlisten(string webhook) =>
        Statement.Of("delete from webhook_patterns where webhook = $1", webhook);

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} was switched off: {Reason}.")]
    private partial void LogDisabled(string webhook, string reason);
}
