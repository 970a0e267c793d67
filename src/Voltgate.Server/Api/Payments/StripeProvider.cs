using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>
/// Stripe Checkout over its HTTP API: a hosted page where the driver pays by card, Apple or Google Pay. Each top-up is
/// one checkout session, made under the top-up's id as the Idempotency-Key.
/// </summary>
internal sealed class StripeProvider(HttpMessageInvoker http, ServerOptions options) : ITopUpProvider, IDisposable
{
    public const string Word = "stripe";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly Refusal Away = new(
        503, "provider_unavailable", "Stripe did not answer; nothing was taken, try again in a minute.")
    { RetryAfterSeconds = 60 };

    public string Name => Word;

    public string? Objection(long amount, string currency) => StripeMoney.Of(amount, currency) is null
        ? $"Stripe takes no such amount of {currency}; round it up."
        : null;

    public async Task<Outcome<ProviderPayment>> Begin(
        TopUpResource topUp, ProviderAccount account, CancellationToken cancel)
    {
        var answer = await Ask(account, HttpMethod.Post, "checkout/sessions", FormOf(topUp, account), topUp.Id, cancel);
        if (!answer.Holds) return answer.Refusal;
        return new ProviderPayment((string?)answer.Value["id"], (string?)answer.Value["url"]);
    }

    public async Task<ProviderState> Look(TopUpResource topUp, ProviderAccount account, CancellationToken cancel)
    {
        var path = "checkout/sessions/" + Uri.EscapeDataString(topUp.ProviderReference ?? "");
        var answer = await Ask(account, HttpMethod.Get, path, null, null, cancel);
        return answer.Holds ? StateOf(answer.Value) : ProviderState.Waiting;
    }

    /// <summary>Of a checkout session, as an answer or in an event.</summary>
    public static ProviderState StateOf(JsonNode session) =>
        ((string?)session["status"], (string?)session["payment_status"]) switch
        {
            (_, "paid") => ProviderState.Paid,
            ("expired", _) => ProviderState.Expired,
            _ => ProviderState.Waiting,
        };

    public void Dispose() => http.Dispose();

    private static Dictionary<string, string> FormOf(TopUpResource topUp, ProviderAccount account) => new()
    {
        ["mode"] = "payment",
        ["client_reference_id"] = topUp.Id,
        ["metadata[top_up]"] = topUp.Id,
        ["payment_intent_data[metadata][top_up]"] = topUp.Id,
        ["line_items[0][quantity]"] = "1",
        ["line_items[0][price_data][currency]"] = topUp.Currency.ToLowerInvariant(),
        ["line_items[0][price_data][unit_amount]"] = $"{StripeMoney.Of(topUp.Amount, topUp.Currency)}",
        ["line_items[0][price_data][product_data][name]"] = "Charging credit",
        ["success_url"] = account.SuccessUrl ?? "",
        ["cancel_url"] = account.CancelUrl ?? "",
    };

    private async Task<Outcome<JsonNode>> Ask(
        ProviderAccount account, HttpMethod method, string path, Dictionary<string, string>? form, string? key,
        CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, $"{options.Payments.StripeUrl.TrimEnd('/')}/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", account.SecretKey);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (form is not null) request.Content = new FormUrlEncodedContent(form);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(patience.Token));
            if (body is not JsonObject || (int)response.StatusCode is >= 500 or 429) return Away;
            if (response.IsSuccessStatusCode) return body;
            return Refusal.Conflict("provider_refused", "Stripe refused: " + (string?)body["error"]?["message"]);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested
            && e is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            return Away;
        }
    }
}
