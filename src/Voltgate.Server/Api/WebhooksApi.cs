using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Api;

/// <summary>Webhooks: where events go. Their secret is shown once and sealed at rest.</summary>
internal sealed class WebhooksApi(ResourceStore store, ListReader lists, WebhookSecrets secrets, DialGuard guard)
{
    public static readonly ResourceKind<WebhookResource> Kind = new(
        "webhook", new ResourceTable("webhooks", "url", "active", "api_version"), WireContext.Default.WebhookResource,
        w => [w.Url, w.Active, w.ApiVersion]);

    private static readonly Shape Shape = new(
        "WebhookBody",
        Field.Text("url", "https, or http inside an allowed private network.", max: 2_048, min: 1).Must,
        Field.List("events", EventNames.Field, "Types, session.* for a family, * for all.", max: 100, min: 1).Must,
        Fields.Active,
        Field.Text("description", max: 2_000),
        Fields.Email with { Name = "alert_email", Description = "Who is told when it is switched off." },
        Field.Word("api_version", ["v1.1"]) with { Default = "\"v1.1\"" },
        Field.MetaData);

    private static readonly ListSpec List = new("webhooks", Filter.Text("url"), Filter.Flag("active"));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/webhooks", "read:webhooks", lists.Read)
        {
            Summary = "List webhooks, without their secrets.", List = List, Answer = typeof(WebhookResource),
        },
        new("POST", "/webhooks", "write:webhooks", Create)
        {
            Summary = "Register a webhook; its secret stands in the answer, this once.",
            Body = Shape, Answer = typeof(WebhookResource),
            Refusals = [(409, "too_many_webhooks"), (422, UrlVerdict.RefusedCode)],
        },
        new("GET", "/webhooks/{id}", "read:webhooks", Get)
        {
            Summary = "Read a webhook.", Answer = typeof(WebhookResource),
        },
        new("PATCH", "/webhooks/{id}", "write:webhooks", Update)
        {
            Summary = "Change a webhook; active true switches it on again.",
            Body = Shape, Answer = typeof(WebhookResource),
            Refusals = [(422, UrlVerdict.RefusedCode)],
        },
        new("DELETE", "/webhooks/{id}", "write:webhooks", Delete)
        {
            Summary = "Delete a webhook.", Answer = typeof(WebhookResource),
        },
        new("POST", "/webhooks/{id}/rotate_secret", "write:webhooks", Rotate)
        {
            Summary = "Give a webhook a new secret; the old one signs too for 24 hours.",
            Answer = typeof(WebhookResource), Fresh = true,
            Refusals = [(409, "conflict"), (409, "rotation_running")],
        },
    ];

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var url = await Judge(call, body.Value);
        if (!url.Holds) return url.Refusal;
        if (await secrets.AreTooMany(call.Organization, call.Cancel))
            return Refusal.Conflict(
                "too_many_webhooks", "There are as many webhooks as an organisation may have; delete one.");

        var secret = WebhookSecrets.New();
        call.Audit.Shows("secret");
        var made = await store.Create(
            Kind, call.Organization, body.Value, call.Audit,
            (webhook, unit) => Listen(webhook, unit), insert: webhook => secrets.Insert(webhook, secret));
        return made.Holds
            ? Success.Created(
                "Webhook created; keep its secret, it is not shown again",
                Shown(made.Value.Resource with { Warning = url.Value.Text }, secret))
            : made.Refusal;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        return found.Holds ? Success.Ok("Webhook", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var url = await Judge(call, body.Value);
        if (!url.Holds) return url.Refusal;
        if (body.Value.ContainsKey("active")) body.Value["disabled_reason"] = null;
        var changed = await store.Update(Kind, call, call.Id, body.Value, Listen);
        return changed.Holds
            ? Success.Ok(
                "Webhook updated", Wire.Write(changed.Value.Resource with { Warning = url.Value.Text }, Kind.Json))
            : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(Kind, call, call.Id, (webhook, unit) =>
        {
            WebhookSwitch.Forget(unit, webhook.Row.Id);
            return Task.FromResult<Refusal?>(null);
        });
        return gone.Holds ? Success.Ok("Webhook deleted", gone.Value.Body) : gone.Refusal;
    }

    private async Task<IResult> Rotate(Call call)
    {
        var secret = WebhookSecrets.New();
        call.Audit.Shows("secret");
        var until = secrets.OverlapEnd();
        var changed = await store.Update(
            Kind, call, call.Id, new JsonObject { ["old_secret_until"] = until.ToString() },
            (webhook, unit) =>
            {
                secrets.Rotate(unit, webhook.Row.Id, secret, until);
                return Task.FromResult<Refusal?>(null);
            },
            secrets.RefuseWhileRotating);
        return changed.Holds
            ? Success.Ok("Secret rotated; keep it, it is not shown again", Shown(changed.Value.Resource, secret))
            : changed.Refusal;
    }

    private static Task<Refusal?> Listen(Stored<WebhookResource> webhook, List<Statement> unit)
    {
        var row = webhook.Row;
        if (webhook.Resource.Active)
            WebhookSwitch.On(unit, row.Organization, row.Id, webhook.Resource.Events, row.UpdatedAt);
        else
            WebhookSwitch.Off(unit, row.Id);
        return Task.FromResult<Refusal?>(null);
    }

    /// <summary>A warning where the name does not resolve now; a refusal that tells nothing of what is there.</summary>
    private async Task<Outcome<UrlWarning>> Judge(Call call, JsonObject fields)
    {
        if ((string?)fields["url"] is not { } url) return new UrlWarning(null);
        return await guard.Check(url, call.Cancel) switch
        {
            UrlVerdict.Refused refused => new Refusal(422, UrlVerdict.RefusedCode, refused.Message)
            {
                Errors = [new FieldError("url", refused.Message)],
            },
            UrlVerdict.Unresolved => new UrlWarning("The host does not resolve now; deliveries fail until it does."),
            _ => new UrlWarning(null),
        };
    }

    private static string Shown(WebhookResource webhook, string secret) =>
        Wire.Write(webhook with { Secret = secret }, Kind.Json);

    private sealed record UrlWarning(string? Text);
}
