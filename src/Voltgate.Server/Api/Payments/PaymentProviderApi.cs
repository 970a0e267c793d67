using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>How an organisation takes its drivers' money, and where Stripe tells of what was paid.</summary>
internal sealed class PaymentProviderApi(
    ProviderAccounts accounts, ResourceStore store, TopUpBook book, PublicAddress address, Entropy entropy)
{
    private const string StripePath = "/payment_providers/stripe/";

    private static readonly Shape Shape = new(
        "PaymentProviderBody",
        Field.Word("provider", [ManualProvider.Word, StripeProvider.Word], "Who takes the money of new top-ups."),
        Field.Text("secret_key", "Stripe's secret or restricted key; kept sealed, never shown.", max: 300, min: 8),
        Field.Text("webhook_secret", "Of the endpoint in Stripe's dashboard that calls webhook_url.", 300, 8),
        Url("success_url", "Where the driver goes after paying."),
        Url("cancel_url", "Where the driver goes without paying."));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/organizations/{id}/payment_provider", "read:payments", Get)
        {
            Summary = "How your organisation takes drivers' money.", Answer = typeof(PaymentProviderResource),
        },
        new("PATCH", "/organizations/{id}/payment_provider", "write:organizations", Update)
        {
            Summary = "Choose the payment provider; Stripe needs all the other fields.",
            Body = Shape, Answer = typeof(PaymentProviderResource),
        },
        new("POST", StripePath + "{organization}", null, Hear)
        {
            Summary = "Where Stripe sends checkout.session.* events, signed.",
            Open = true, Creates = false, Refusals = [(400, "signature_invalid")],
        },
    ];

    private static Field Url(string name, string description) =>
        Field.Text(name, description, max: 2_000) with
        {
            Rule = u => Uri.TryCreate((string)u!, UriKind.Absolute, out var url)
                && url.Scheme is "https" or "http" ? null : "Send an https URL.",
        };

    private async Task<IResult> Get(Call call) => call.Id == call.Organization
        ? Success.Ok("Payment provider", Shown(call, await accounts.Of(call.Organization, call.Cancel)))
        : Refusal.NotFound;

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (call.Id != call.Organization) return Refusal.NotFound;
        var before = await accounts.Of(call.Organization, call.Cancel);
        var after = new ProviderAccount(
            Said(body.Value, "provider", before.Provider) ?? ManualProvider.Word,
            Said(body.Value, "secret_key", before.SecretKey),
            Said(body.Value, "webhook_secret", before.WebhookSecret),
            Said(body.Value, "success_url", before.SuccessUrl), Said(body.Value, "cancel_url", before.CancelUrl));
        var missing = Missing(after).ToList();
        if (missing.Count > 0) return Refusal.Invalid(missing);
        var unit = new List<Statement> { accounts.Put(call.Organization, after, entropy.NowMs) };
        unit.AddRange(call.Audit.Rows(new AuditChange(
            "payment_provider", call.Organization, Shown(call, before), Shown(call, after))));
        await store.Commit(call, unit);
        return Success.Ok("Payment provider set", Shown(call, after));
    }

    private static string? Said(JsonObject body, string field, string? before) =>
        body.ContainsKey(field) ? (string?)body[field] : before;

    private static IEnumerable<FieldError> Missing(ProviderAccount a)
    {
        if (a.Provider != StripeProvider.Word) yield break;
        foreach (var (field, value) in new[]
        {
            ("secret_key", a.SecretKey), ("webhook_secret", a.WebhookSecret), ("success_url", a.SuccessUrl),
            ("cancel_url", a.CancelUrl),
        })
            if (value is null) yield return new FieldError(field, "Stripe needs it; send it too.");
    }

    private string Shown(Call call, ProviderAccount a) => Wire.Write(
        new PaymentProviderResource(
            a.Provider, a.SecretKey is not null, a.WebhookSecret is not null, a.SuccessUrl, a.CancelUrl,
            address.Web + ApiRoutes.Base + StripePath + call.Organization),
        WireContext.Default.PaymentProviderResource);

    /// <summary>Hostile until its signature holds; then a paid top-up is completed, however often it is told.</summary>
    private async Task<IResult> Hear(Call call)
    {
        var bytes = await call.Bytes();
        var organization = call.PathValue("organization");
        var account = await accounts.Of(organization, call.Cancel);
        var header = call.Http.Request.Headers["Stripe-Signature"].ToString();
        if (account.WebhookSecret is not { } secret || !StripeSignature.Holds(header, bytes, secret, entropy.NowMs))
            return new Refusal(
                400, "signature_invalid", "The Stripe-Signature does not hold; check webhook_secret and the clock.");
        if (Parsed(bytes) is not { } told || StateOf(told) is not { } state)
            return Success.Ok("Not about a top-up", "null");
        var topUp = (string?)told["data"]!["object"]!["metadata"]?["top_up"] ?? "";
        var ended = await book.End(organization, topUp, WalletKeeper.EndOf(state));
        return ended.Holds || ended.Refusal.Code is "top_up_closed" or "not_found"
            ? Success.Ok("Heard", "null")
            : ended.Refusal;
    }

    private static JsonNode? Parsed(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null: it says nothing that ends a top-up.</summary>
    private static ProviderState? StateOf(JsonNode told) => (string?)told["type"] switch
    {
        "checkout.session.completed" or "checkout.session.async_payment_succeeded"
            when told["data"]?["object"] is { } session
                && StripeProvider.StateOf(session) == ProviderState.Paid => ProviderState.Paid,
        "checkout.session.expired" when told["data"]?["object"] is not null => ProviderState.Expired,
        "checkout.session.async_payment_failed" when told["data"]?["object"] is not null => ProviderState.Failed,
        _ => null,
    };
}
