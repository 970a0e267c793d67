using System.Globalization;
using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Api;

/// <summary>What became of a webhook's events: the log, the test button, repeats.</summary>
internal sealed class DeliveriesApi(
    ResourceStore store, ListReader lists, DeliveryLog log, TestPing ping, Replay replay)
{
    private static readonly string[] States = ["pending", "delivered", "exhausted"];

    private static readonly ListSpec List = new(
        "deliveries", Filter.Word("state", States), Filter.Text("event_type"), Filter.Id("event", "event_id"))
    {
        Within = ("webhook", "id"),
        Select = DeliveryLog.Columns,
    };

    private static readonly Shape Range = new(
        "ReplayBody",
        Field.Time("from", "The first moment.").Must,
        Field.Time("to", "The last moment; left out: now."),
        Field.List("events", EventNames.Field, "Left out: all that the webhook listens to.", max: 100, min: 1));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/webhooks/{id}/deliveries", "read:webhooks", ListAll)
        {
            Summary = "List a webhook's deliveries.", List = List, Answer = typeof(DeliveryResource),
        },
        new("GET", "/webhooks/{id}/deliveries/{delivery}", "read:webhooks", Read)
        {
            Summary = "Read a delivery with each attempt: when, how long, what the receiver answered.",
            Answer = typeof(DeliveryResource),
        },
        new("POST", "/webhooks/{id}/test", "write:webhooks", Test)
        {
            Summary = "Send a webhook.test event to this webhook alone; the delivery's id is in result.",
            Answer = typeof(QueuedResource), Refusals = [(409, "webhook_inactive")],
        },
        new("POST", "/webhooks/{id}/deliveries/{delivery}/replay", "write:webhooks", ReplayOne)
        {
            Summary = "Send one event again, with the same webhook-id.", Answer = typeof(QueuedResource),
            Refusals = [(409, "webhook_inactive")],
        },
        new("POST", "/webhooks/{id}/replay", "write:webhooks", ReplayRange)
        {
            Summary = "Send the events of a span of time again, in the background.", Body = Range,
            Answer = typeof(QueuedResource), Refusals = [(409, "webhook_inactive")],
        },
    ];

    private async Task<IResult> ListAll(Call call)
    {
        var webhook = await store.Find(WebhooksApi.Kind, call, call.Id);
        if (!webhook.Holds) return webhook.Refusal;
        return await lists.Read<DeliveryRow>(
            call, List, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(r => Worded(r))]));
    }

    private async Task<IResult> Read(Call call)
    {
        var webhook = await store.Find(WebhooksApi.Kind, call, call.Id);
        if (!webhook.Holds) return webhook.Refusal;
        if (await log.Find(call.Id, call.PathValue("delivery"), call.Cancel) is not { } row) return Refusal.NotFound;
        var attempts = await log.Attempts(call.Id, row.Id, call.Cancel);
        return Success.Ok("Delivery", Worded(row, [.. attempts.Select(a => new AttemptResource(
            a.Number, new WireTime(a.At), a.Status, a.LatencyMs, a.Error, a.Answer))]));
    }

    private async Task<IResult> Test(Call call)
    {
        var webhook = await store.Find(WebhooksApi.Kind, call, call.Id);
        if (!webhook.Holds) return webhook.Refusal;
        if (Inactive(webhook.Value) is { } refusal) return refusal;
        return Queued(
            call, "Test event queued",
            await ping.Send(call.Organization, call.Id, webhook.Value.Body, call.Audit.Rows(Of(call, webhook.Value))));
    }

    private async Task<IResult> ReplayOne(Call call)
    {
        var webhook = await store.Find(WebhooksApi.Kind, call, call.Id);
        if (!webhook.Holds) return webhook.Refusal;
        if (Inactive(webhook.Value) is { } refusal) return refusal;
        var (delivery, also) = (call.PathValue("delivery"), call.Audit.Rows(Of(call, webhook.Value)));
        return await replay.One(call.Organization, call.Id, delivery, also) is { } id
            ? Queued(call, "Delivery queued again", id)
            : Refusal.NotFound;
    }

    private async Task<IResult> ReplayRange(Call call)
    {
        var webhook = await store.Find(WebhooksApi.Kind, call, call.Id);
        if (!webhook.Holds) return webhook.Refusal;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (Inactive(webhook.Value) is { } refusal) return refusal;
        var from = Ms(body.Value["from"])!.Value;
        var to = Ms(body.Value["to"]) ?? long.MaxValue;
        if (to < from) return Refusal.Invalid("to", "Send a time after from.");
        var events = body.Value["events"]?.AsArray().Select(e => (string)e!) ?? webhook.Value.Resource.Events;
        var also = call.Audit.Rows(new AuditChange("webhook", call.Id, null, body.Value.ToJsonString()));
        return Queued(
            call, "Replay queued", await replay.Range(call.Organization, call.Id, from, to, events, also));
    }

    private static Refusal? Inactive(Stored<WebhookResource> webhook) => webhook.Resource.Active
        ? null
        : Refusal.Conflict("webhook_inactive", "This webhook is switched off; set active to true first.");

    /// <summary>Nothing of the webhook itself changes.</summary>
    private static AuditChange Of(Call call, Stored<WebhookResource> webhook) =>
        new(WebhooksApi.Kind.Name, call.Id, webhook.Body, webhook.Body);

    private static Success Queued(Call call, string message, string id)
    {
        call.Audit.Kept();
        return Success.Ok(message, Wire.Write(new QueuedResource(id, "pending"), WireContext.Default.QueuedResource));
    }

    private static long? Ms(JsonNode? time) => time is null
        ? null
        : DateTimeOffset.Parse((string)time!, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static string Worded(DeliveryRow row, IReadOnlyList<AttemptResource>? attempts = null) => Wire.Write(
        new DeliveryResource(
            row.Id, row.Webhook, row.EventId, row.EventType, row.State, row.Attempts, row.LastStatus, row.LastError,
            new WireTime(row.CreatedAt), new WireTime(row.UpdatedAt), attempts),
        WireContext.Default.DeliveryResource);
}
