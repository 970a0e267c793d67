using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>Stripe's HTTP API, against a local server that records the calls.</summary>
public sealed class StripeTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_driver_pays_at_stripe_and_is_credited_once(string provider)
    {
        await using var stripe = await FakeStripe.Start();
        await using var stage = await Set(provider, stripe);
        var (wallet, hook) = (await Purse.Fill(stage.Api, stage.Words["u1"], 0), await Choose(stage));

        var topUp = (await stage.Api.Post(
            "/top_up", $$"""{"type":"manual","wallet":"{{wallet}}","amount":2000,"wallet_amount":2500}""",
            ("Idempotency-Key", "t1"))).MustBe(201);
        Assert.Equal(
            ("created", "https://checkout.stripe.com/c/pay/cs_test_1"), (topUp.Text("status"), topUp.Text("url")));
        var again = await stage.Api.Post(
            "/top_up", $$"""{"type":"manual","wallet":"{{wallet}}","amount":2000,"wallet_amount":2500}""",
            ("Idempotency-Key", "t1"));
        Assert.Equal(topUp.Body, again.Body);

        var call = Assert.Single(stripe.Calls);
        Assert.Equal(
            ("POST /v1/checkout/sessions", "Bearer " + FakeStripe.SecretKey, topUp.Text("_id")),
            (call.Line, call.Authorization, call.IdempotencyKey));
        Assert.Equal(
            ("payment", "2000", "eur", "1", topUp.Text("_id"), "https://app.example/paid", "https://app.example/no"),
            (call.Fields["mode"], call.Fields["line_items[0][price_data][unit_amount]"],
                call.Fields["line_items[0][price_data][currency]"], call.Fields["line_items[0][quantity]"],
                call.Fields["client_reference_id"], call.Fields["success_url"], call.Fields["cancel_url"]));

        var open = stripe.Becomes("cs_test_1", "complete", "unpaid");
        await Tell(stage, hook, "checkout.session.completed", open); // a bank debit: the money comes later
        Assert.Equal((0, 0), await Purse.Of(stage.Api, wallet));
        var paid = stripe.Becomes("cs_test_1", "complete", "paid");
        for (var i = 0; i < 3; i++) await Tell(stage, hook, "checkout.session.async_payment_succeeded", paid);
        Assert.Equal((2_500, 0), await Purse.Of(stage.Api, wallet));
        Assert.Equal("completed", (await stage.Api.Get($"/top_up/{topUp.Text("_id")}")).MustBe(200).Text("status"));
        Assert.Equal(["top_up.created", "top_up.completed"], await Purse.Told(stage.Api));
        Assert.Equal(409, (await stage.Api.Post($"/top_up/{topUp.Text("_id")}/complete")).Status);
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_lost_event_is_found_by_asking_and_money_that_comes_late_counts(string provider)
    {
        await using var stripe = await FakeStripe.Start();
        await using var stage = await Set(provider, stripe);
        var (wallet, hook) = (await Purse.Fill(stage.Api, stage.Words["u1"], 0), await Choose(stage));
        var lost = await stage.Api.Make("/top_up", $$"""{"wallet":"{{wallet}}","amount":1000}""");
        var late = await stage.Api.Make("/top_up", $$"""{"wallet":"{{wallet}}","amount":300}""");
        stripe.Becomes("cs_test_1", "complete", "paid");
        stripe.Becomes("cs_test_2", "expired", "unpaid");

        stage.Pass(6);
        await Talk.Until(async () =>
        {
            stage.Clock.Leap(TimeSpan.FromSeconds(61));
            return await Status(stage, lost) == "completed" && await Status(stage, late) == "failed";
        });
        Assert.Equal((1_000, 0), await Purse.Of(stage.Api, wallet));
        Assert.Contains(stripe.Calls, c => c.Line == "GET /v1/checkout/sessions/cs_test_1");

        await Tell(stage, hook, "checkout.session.completed", stripe.Becomes("cs_test_2", "complete", "paid"));
        Assert.Equal("completed", await Status(stage, late));
        Assert.Equal((1_300, 0), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Fact]
    public async Task What_is_not_signed_by_stripe_changes_nothing()
    {
        await using var stripe = await FakeStripe.Start();
        await using var stage = await Set(On.Sqlite, stripe);
        var (wallet, hook) = (await Purse.Fill(stage.Api, stage.Words["u1"], 0), await Choose(stage));
        await stage.Api.Make("/top_up", $$"""{"wallet":"{{wallet}}","amount":1000}""");
        var paid = stripe.Becomes("cs_test_1", "complete", "paid");
        var now = stage.Clock.GetUtcNow();

        using var nobody = new HttpClient { BaseAddress = stage.Server.Url };
        foreach (var request in new[]
        {
            FakeStripe.Event(hook, "checkout.session.completed", paid, now, "whsec_somebody_else"),
            FakeStripe.Event(hook, "checkout.session.completed", paid, now - TimeSpan.FromMinutes(6)),
            FakeStripe.Event(hook + "x", "checkout.session.completed", paid, now),
            new HttpRequestMessage(HttpMethod.Post, hook) { Content = new StringContent("{}") },
        })
        {
            using (request)
            {
                using var answer = await nobody.SendAsync(request);
                Assert.Equal("signature_invalid", (await ApiClient.Read(answer)).MustBe(400).Code);
            }
        }

        Assert.Equal((0, 0), await Purse.Of(stage.Api, wallet));
        await Tell(stage, hook, "customer.created", paid);
        Assert.Equal((0, 0), await Purse.Of(stage.Api, wallet));
    }

    [Fact]
    public async Task What_stripe_refuses_or_leaves_unanswered_makes_no_top_up()
    {
        await using var stripe = await FakeStripe.Start();
        await using var stage = await Set(On.Sqlite, stripe);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 0);
        await Choose(stage);
        var body = $$"""{"wallet":"{{wallet}}","amount":1000}""";

        stripe.Instead = (402, """{"error":{"message":"Your account cannot make charges."}}""");
        var refused = (await stage.Api.Post("/top_up", body)).MustBe(409);
        Assert.Equal("provider_refused", refused.Code);
        Assert.Contains("Your account cannot make charges.", refused.Message, StringComparison.Ordinal);
        foreach (var (status, text) in new[] { (500, "{}"), (429, "{}"), (200, "<html>"), (200, "[]") })
        {
            stripe.Instead = (status, text);
            var away = (await stage.Api.Post("/top_up", body)).MustBe(503);
            Assert.Equal(("provider_unavailable", "60"), (away.Code, away.Headers["Retry-After"]));
        }

        Assert.Empty((await stage.Api.Get("/top_up")).MustBe(200).Items);
        stripe.Instead = null;
        (await stage.Api.Post("/top_up", body)).MustBe(201);
    }

    [Fact]
    public async Task Its_secrets_are_asked_for_and_shown_to_nobody()
    {
        await using var stripe = await FakeStripe.Start();
        await using var stage = await Set(On.Sqlite, stripe);
        var path = $"/organizations/{stage.Organization}/payment_provider";
        Assert.Equal("manual", (await stage.Api.Get(path)).MustBe(200).Text("provider"));
        var missing = (await stage.Api.Patch(path, """{"provider":"stripe"}""")).MustBe(422);
        Assert.Equal(["secret_key", "webhook_secret", "success_url", "cancel_url"], missing.Fields);

        await Choose(stage);
        var shown = (await stage.Api.Get(path)).MustBe(200);
        Assert.True((bool)shown.Result["has_secret_key"]!);
        var log = await stage.Api.Get("/audit_log?paginate_limit=100");
        foreach (var secret in new[] { FakeStripe.SecretKey, FakeStripe.WebhookSecret })
        {
            Assert.DoesNotContain(secret, shown.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, log.Body, StringComparison.Ordinal);
            Assert.Equal(0, await stage.Count(
                $"payment_providers where secret_key like '%{secret}%' or webhook_secret like '%{secret}%'"));
        }
    }

    private static Task<Stage> Set(string provider, FakeStripe stripe) => Stage.Set(
        provider, configure: o => o with { Payments = new PaymentsSection { StripeUrl = stripe.Url } });

    /// <summary>Chooses Stripe; where it is to send its events.</summary>
    private static async Task<string> Choose(Stage stage)
    {
        var chosen = await stage.Api.Patch($"/organizations/{stage.Organization}/payment_provider", $$"""
            {"provider":"stripe","secret_key":"{{FakeStripe.SecretKey}}",
             "webhook_secret":"{{FakeStripe.WebhookSecret}}","success_url":"https://app.example/paid",
             "cancel_url":"https://app.example/no"}
            """);
        return new Uri(chosen.MustBe(200).Text("webhook_url")).AbsolutePath;
    }

    private static async Task Tell(Stage stage, string hook, string type, JsonObject session)
    {
        using var nobody = new HttpClient { BaseAddress = stage.Server.Url };
        using var request = FakeStripe.Event(hook, type, session, stage.Clock.GetUtcNow());
        using var answer = await nobody.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    private static async Task<string> Status(Stage stage, string topUp) =>
        (await stage.Api.Get($"/top_up/{topUp}")).MustBe(200).Text("status");
}
