using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>Money into wallets: booked by an operator, or paid at Stripe.</summary>
public sealed class TopUpTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_operator_books_a_top_up_once_whatever_is_asked_at_once(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 0);
        var topUp = (await stage.Api.Post(
            "/top_up", $$"""{"wallet":"{{wallet}}","amount":2000,"wallet_amount":2200}""")).MustBe(201);
        Assert.Equal(
            ("manual", "created", "EUR"), (topUp.Text("provider"), topUp.Text("status"), topUp.Text("currency")));
        Assert.Equal((0, 0), await Purse.Of(stage.Api, wallet));

        var path = $"/top_ups/{topUp.Text("_id")}";
        var booked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => stage.Api.Post(path + "/complete")));
        Assert.Single(booked, b => b.Status == 200);
        Assert.All(booked.Where(b => b.Status != 200), b => Assert.Equal((409, "top_up_closed"), (b.Status, b.Code)));
        Assert.Equal((2_200, 0), await Purse.Of(stage.Api, wallet));
        Assert.Equal((409, "top_up_closed"), await Codes(stage.Api.Post(path + "/cancel")));
        Assert.Equal(["top_up.created", "top_up.completed"], await Purse.Told(stage.Api));

        var given = await stage.Api.Make("/top_up", $$"""{"wallet":"{{wallet}}","amount":1}""");
        Assert.Equal("canceled", (await stage.Api.Post($"/top_up/{given}/cancel")).MustBe(200).Text("status"));
        Assert.Equal((409, "top_up_closed"), await Codes(stage.Api.Post($"/top_up/{given}/complete")));
        Assert.Equal((2_200, 0), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_wallet_gives_no_more_than_it_has_free(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 1_000);
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stage.Api.Post(
            $"/wallets/{wallet}/adjust", """{"amount":-300,"note":"paid out"}""")));
        Assert.Equal(3, taken.Count(t => t.Status == 200));
        Assert.All(
            taken.Where(t => t.Status != 200),
            t => Assert.Equal((409, "insufficient_balance"), (t.Status, t.Code)));
        Assert.Equal((100, 0), await Purse.Of(stage.Api, wallet));

        (await stage.Api.Post($"/wallets/{wallet}/adjust", """{"amount":5000,"note":"goodwill"}""")).MustBe(200);
        (await Purse.Start(stage)).MustBe(201);
        Assert.Equal(
            (409, "insufficient_balance"),
            await Codes(stage.Api.Post($"/wallets/{wallet}/adjust", """{"amount":-1,"note":"held"}""")));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_adjustment_that_is_sent_again_with_its_key_is_booked_once(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 1_000);
        Task<ApiAnswer> Send(long amount, string key) => stage.Api.Post(
            $"/wallets/{wallet}/adjust", $$"""{"amount":{{amount}},"note":"goodwill"}""", ("Idempotency-Key", key));

        var first = (await Send(250, "a")).MustBe(200);
        var again = (await Send(250, "a")).MustBe(200);
        Assert.Equal(first.Body, again.Body);
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        Assert.Equal((422, "idempotency_key_reused"), await Codes(Send(251, "a")));
        Assert.Equal((409, "insufficient_balance"), await Codes(Send(-2_000, "b")));
        (await Send(-200, "b")).MustBe(200); // a refusal is not kept

        Assert.Equal((1_050, 0), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_driver_with_money_is_not_erased(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 500);
        Assert.Equal((409, "wallet_not_empty"), await Codes(stage.Api.Delete($"/users/{wallet}")));
        (await stage.Api.Post($"/wallets/{wallet}/adjust", """{"amount":-500,"note":"paid out"}""")).MustBe(200);
        (await stage.Api.Delete($"/users/{wallet}")).MustBe(200);
        (await stage.Api.Get($"/users/{wallet}/wallet")).MustBe(404);
        (await stage.Api.Get($"/wallets/{wallet}/transactions")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_user_shows_its_wallet_and_a_missing_one_is_made(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var user = stage.Words["u1"];
        (await stage.Api.Get($"/wallets/{user}")).MustBe(404);
        var shown = (await stage.Api.Get($"/users/{user}/wallet")).MustBe(200);
        Assert.Equal(user, shown.Text("_id"));
        var wallet = shown.Result["wallet"]!;
        Assert.Equal(("USD", 0L), ((string)wallet["currency"]!, (long)wallet["balance"]!));
        Assert.Equal((409, "wallet_exists"), await Codes(stage.Api.Post("/wallets", $$"""{"user":"{{user}}"}""")));
        Assert.Single((await stage.Api.Get("/wallets?user=" + user)).MustBe(200).Items);
        Assert.Empty((await stage.Api.Get("/wallets?user=6956e2000000000000000001")).MustBe(200).Items);
        Assert.Null((await stage.Api.Get($"/users/{user}")).MustBe(200).Result["wallet"]);
    }

    private static async Task<(int, string)> Codes(Task<ApiAnswer> asking)
    {
        var answer = await asking;
        return (answer.Status, answer.Code);
    }
}
