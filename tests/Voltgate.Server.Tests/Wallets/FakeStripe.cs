using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>What came in at Stripe's address. Fields: of the form.</summary>
internal sealed record StripeCall(
    string Line, string Authorization, string IdempotencyKey, IReadOnlyDictionary<string, string> Fields);

/// <summary>
/// A local server in Stripe's place: it records the calls, and answers as Stripe documents for checkout sessions, the
/// same for the same Idempotency-Key.
/// </summary>
internal sealed class FakeStripe : IAsyncDisposable
{
    public const string SecretKey = "sk_test_0123456789";
    public const string WebhookSecret = "whsec_stripe_0123456789";

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<StripeCall> calls = [];
    private readonly Dictionary<string, JsonObject> sessions = [];
    private readonly Dictionary<string, string> byKey = [];

    private FakeStripe(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    /// <summary>Another answer than the documented one: its status and body.</summary>
    public (int Status, string Body)? Instead { get; set; }

    public IReadOnlyList<StripeCall> Calls
    {
        get
        {
            lock (gate) return [.. calls];
        }
    }

    public static async Task<FakeStripe> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var stripe = new FakeStripe(builder.Build());
        stripe.app.Run(stripe.Take);
        await stripe.app.StartAsync();
        stripe.Url = stripe.app.Urls.First();
        return stripe;
    }

    /// <summary>The driver paid, or let the time run out; nobody is told yet.</summary>
    public JsonObject Becomes(string session, string status, string paymentStatus)
    {
        lock (gate)
        {
            sessions[session]["status"] = status;
            sessions[session]["payment_status"] = paymentStatus;
            return sessions[session].DeepClone().AsObject();
        }
    }

    /// <summary>An event, signed as Stripe signs.</summary>
    public static HttpRequestMessage Event(
        string path, string type, JsonObject session, DateTimeOffset at, string secret = WebhookSecret)
    {
        var body = new JsonObject
        {
            ["id"] = "evt_1", ["object"] = "event", ["type"] = type,
            ["data"] = new JsonObject { ["object"] = session.DeepClone() },
        }.ToJsonString();
        var signed = $"{at.ToUnixTimeSeconds()}.{body}";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed));
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(
            "Stripe-Signature", $"t={at.ToUnixTimeSeconds()},v1={Convert.ToHexStringLower(mac)},v0=aa");
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Take(HttpContext http)
    {
        var form = await new StreamReader(http.Request.Body).ReadToEndAsync();
        var fields = QueryHelpers.ParseQuery(form).ToDictionary(f => f.Key, f => f.Value.ToString());
        var (line, key) = (
            $"{http.Request.Method} {http.Request.Path}", http.Request.Headers["Idempotency-Key"].ToString());
        var (status, body) = (200, "");
        lock (gate)
        {
            calls.Add(new StripeCall(line, http.Request.Headers.Authorization.ToString(), key, fields));
            if (Instead is { } other) (status, body) = other;
            else if (http.Request.Method == "POST") body = Make(key, fields).ToJsonString();
            else body = sessions[http.Request.Path.Value!.Split('/')[^1]].ToJsonString();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body);
    }

    private JsonObject Make(string key, Dictionary<string, string> fields)
    {
        if (byKey.TryGetValue(key, out var known)) return sessions[known];
        var id = $"cs_test_{sessions.Count + 1}";
        byKey[key] = id;
        return sessions[id] = new JsonObject
        {
            ["id"] = id, ["object"] = "checkout.session", ["url"] = $"https://checkout.stripe.com/c/pay/{id}",
            ["status"] = "open", ["payment_status"] = "unpaid",
            ["metadata"] = new JsonObject { ["top_up"] = fields["metadata[top_up]"] },
        };
    }
}
