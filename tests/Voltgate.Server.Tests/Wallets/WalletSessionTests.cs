using Microsoft.Extensions.DependencyInjection;
using Voltgate.Domain.Payments;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Wallets;

/// <summary>Sessions that a wallet pays: the hold, the capture, and what happens when the money runs out.</summary>
public sealed class WalletSessionTests
{
    private static Task<Stage> Set(string provider) => Stage.Set(provider, """{"type":"ENERGY","price":0.5,"tax":0}""");

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_is_free_is_held_and_what_it_cost_is_captured_with_the_end(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);

        var made = (await Purse.Start(stage)).MustBe(201);
        var session = made.Text("_id");
        Assert.Equal("wallet", made.Text("type"));
        Assert.Equal(
            ("api_wallet", "authorized", "eur", 50m),
            ((string)made.Result["payment"]!["type"]!, (string)made.Result["payment"]!["status"]!,
                (string)made.Result["payment"]!["currency"]!, (decimal)made.Result["payment"]!["authorized_amount"]!));
        Assert.Equal((5_000, 5_000), await Purse.Of(stage.Api, wallet));

        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        var number = Talk.Number(await stage.Station.Ask(
            "StartTransaction", Talk.Start(stage, tag: stage.Words["tag"])));
        stage.Pass(60);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 10_000));

        // 10 kWh at 0.50: the whole rest is free again.
        Assert.Equal((4_500, 0), await Purse.Of(stage.Api, wallet));
        var ended = await stage.Api.Get($"/sessions/{session}");
        Assert.Equal(5m, (decimal)ended.Result["cost"]!["amount"]!);
        Assert.Equal(
            ("captured", 5m, 0m),
            ((string)Purse.Payment(ended)["status"]!, (decimal)Purse.Payment(ended)["captured_amount"]!,
                (decimal)Purse.Payment(ended)["uncollected_amount"]!));
        Assert.Equal(
            ["top_up.created", "top_up.completed", "payment.created", "payment.authorized", "payment.captured"],
            await Purse.Told(stage.Api));
        var booked = (await stage.Api.Get($"/wallets/{wallet}/transactions")).MustBe(200).Items;
        Assert.Equal(["capture -500", "top_up 5000"], booked.Select(t => $"{t!["type"]} {t["amount"]}"));
        var listed = Assert.Single((await stage.Api.Get($"/payments?session={session}")).MustBe(200).Items)!;
        Assert.Equal(Purse.Payment(ended).ToJsonString(), listed.ToJsonString());
        var payment = (string)listed["_id"]!;
        Assert.Equal(listed.ToJsonString(), (await stage.Api.Get($"/payments/{payment}")).Result.ToJsonString());
        Assert.Equal(payment, (string)booked[0]!["reference"]!);
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_documented_refusals_are_405_and_hold_nothing(string provider)
    {
        await using var stage = await Set(provider);
        await Refused(stage, "wallet_missing", "User does not have a wallet");

        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 1_999);
        await Refused(stage, "wallet_minimum_balance", "User does not have minimum balance");

        (await stage.Api.Patch(
            $"/organizations/{stage.Organization}", """{"minimum_balance_to_start_session":1999}""")).MustBe(200);
        (await stage.Api.Patch($"/connectors/{stage.Words["c1"]}", $$"""{"rate":"{{await Dollars(stage)}}"}"""))
            .MustBe(200);
        await Refused(stage, "wallet_currency_mismatch", "Wallet currency does not match the rate currency");
        Assert.Equal((1_999, 0), await Purse.Of(stage.Api, wallet));

        (await Purse.Start(stage, "c2")).MustBe(201);
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_start_that_is_refused_or_comes_to_nothing_gives_the_money_back(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var first = (await Purse.Start(stage)).MustBe(201).Text("_id");
        Assert.Equal(
            ("wallet_minimum_balance", 405), await CodeOf(Purse.Start(stage, "c2"))); // all of it is held

        var call = await stage.NextCall();
        await stage.Station.Answer(call, """{"status":"Rejected"}""");
        while ((string?)(await stage.NextEvent())["type"] != "payment.canceled") continue;
        var failed = await stage.Api.Get($"/sessions/{first}");
        Assert.Equal(
            ("cancelled", "canceled"),
            ((string)failed.Result["status"]!, (string)Purse.Payment(failed)["status"]!));
        Assert.Equal((5_000, 0), await Purse.Of(stage.Api, wallet));

        await stage.Station.Call(
            "StatusNotification", """{"connectorId":1,"errorCode":"GroundFailure","status":"Faulted"}""");
        Assert.Equal(("connector_unavailable", 409), await CodeOf(Purse.Start(stage)));
        Assert.Equal((5_000, 0), await Purse.Of(stage.Api, wallet));

        var withdrawn = (await Purse.Start(stage, "c2")).MustBe(201).Text("_id");
        (await stage.Api.Post($"/sessions/{withdrawn}/stop")).MustBe(200);
        Assert.Equal((5_000, 0), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task When_the_money_is_used_up_the_station_is_told_to_stop_and_no_wallet_falls_below_zero(
        string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 2_000);
        var (session, number) = await Begin(stage);
        stage.Pass(150);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 39_999));
        Assert.Equal("Started", await StatusOf(stage, session));
        stage.Pass(60);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 40_500));

        var stop = await stage.NextCall();
        Assert.Equal("RemoteStopTransaction", (string)stop[2]!);
        await stage.Station.Answer(stop, """{"status":"Accepted"}""");
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 41_000, "Remote"));

        var ended = await stage.Api.Get($"/sessions/{session}");
        Assert.Equal("target_cost", ended.MustBe(200).Text("stop_reason"));
        Assert.Equal(20.5m, (decimal)ended.Result["cost"]!["amount"]!);
        Assert.Equal(
            (20m, 0.5m),
            ((decimal)Purse.Payment(ended)["captured_amount"]!, (decimal)Purse.Payment(ended)["uncollected_amount"]!));
        Assert.Equal((0, 0), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_late_stop_that_lowers_the_bill_gives_back_what_was_taken_too_much(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var (session, number) = await Begin(stage);
        stage.Pass(60);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 10_000));

        // Another start on the connector: the first session never ended here, and is closed at its last reading.
        stage.Pass(60);
        await stage.Station.Call("StartTransaction", Talk.Start(stage, meter: 9_000, tag: "CARD1"));
        Assert.Equal("Ended", await StatusOf(stage, session));
        Assert.Equal((4_500, 0), await Purse.Of(stage.Api, wallet));

        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 9_000));
        var corrected = await stage.Api.Get($"/sessions/{session}");
        var cost = (decimal)corrected.Result["cost"]!["amount"]!;
        var (balance, held) = await Purse.Of(stage.Api, wallet);
        Assert.Equal((5_000 - (long)(cost * 100), 0L), (balance, held));
        Assert.Equal(cost, (decimal)Purse.Payment(corrected)["captured_amount"]!);
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Of_many_starts_at_once_one_gets_the_money(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => Purse.Start(stage, i % 2 == 0 ? "c1" : "c2")));

        Assert.Single(starts, s => s.Status == 201);
        Assert.All(starts, s => Assert.Contains(s.Status, new[] { 201, 405, 409 }));
        Assert.Equal((5_000, 5_000), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task One_idempotency_key_holds_once(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var first = (await Purse.Start(stage, "c1", ("Idempotency-Key", "k1"))).MustBe(201);
        var again = (await Purse.Start(stage, "c1", ("Idempotency-Key", "k1"))).MustBe(201);
        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"]));
        Assert.Equal((5_000, 5_000), await Purse.Of(stage.Api, wallet));
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_restart_in_between_changes_nothing(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var (session, number) = await Begin(stage);
        await stage.Restart();
        await stage.Relink();
        Assert.Equal((5_000, 5_000), await Purse.Of(stage.Api, wallet));
        stage.Pass(60);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 2_000));
        Assert.Equal((4_900, 0), await Purse.Of(stage.Api, wallet));
        Assert.Equal(1m, (decimal)Purse.Payment(await stage.Api.Get($"/sessions/{session}"))["captured_amount"]!);
        await Purse.MustBalance(stage.Server);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_hold_that_a_crash_left_behind_is_given_back(string provider)
    {
        await using var stage = await Set(provider);
        var wallet = await Purse.Fill(stage.Api, stage.Words["u1"], 5_000);
        var (services, at) = (stage.Server.Services, stage.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var payment = new SessionPayment("6b068fc1f00c82f3cd056f55", wallet, "EUR", 5_000, at);
        var row = await services.GetRequiredService<WalletStore>().Find(stage.Organization, wallet);
        await services.GetRequiredService<Committer>().Commit(
            WalletWrites.Hold(stage.Organization, payment, row!.Version));
        stage.Pass(5);
        stage.Clock.Leap(TimeSpan.FromSeconds(61));
        Assert.Equal((5_000, 5_000), await Purse.Of(stage.Api, wallet)); // its start may still be under way

        stage.Pass(6);
        await Talk.Until(async () =>
        {
            stage.Clock.Leap(TimeSpan.FromSeconds(61));
            return await Purse.Of(stage.Api, wallet) == (5_000, 0);
        });
        await Purse.MustBalance(stage.Server);
    }

    /// <summary>A session that the wallet pays, and its number; the car is plugged in.</summary>
    private static async Task<(string Session, int Number)> Begin(Stage stage)
    {
        var session = (await Purse.Start(stage)).MustBe(201).Text("_id");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        var number = Talk.Number(await stage.Station.Ask(
            "StartTransaction", Talk.Start(stage, tag: stage.Words["tag"])));
        return (session, number);
    }

    private static async Task<string> StatusOf(Stage stage, string session) =>
        (await stage.Api.Get($"/sessions/{session}")).MustBe(200).Text("status");

    private static async Task<string> Dollars(Stage stage) => await stage.Api.Make(
        "/rates", """{"name":"Dollars","currency":"USD","price_components":[{"type":"ENERGY","price":1,"tax":0}]}""");

    private static async Task<(string, int)> CodeOf(Task<ApiAnswer> asking)
    {
        var answer = await asking;
        return (answer.Code, answer.Status);
    }

    private static async Task Refused(Stage stage, string code, string message)
    {
        var answer = await Purse.Start(stage);
        Assert.Equal((405, code, message), (answer.Status, answer.Code, answer.Message));
    }
}
