using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Wallets;

namespace Voltgate.Server.Tests.Pages;

/// <summary>A driver's wallet: shown as money, kept in the currency's minor units.</summary>
public sealed class MoneyPagesTests
{
    [Fact]
    public async Task A_wallet_is_made_and_money_booked_in_with_a_note_and_out_as_far_as_there_is_some()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await Purse.Fill(visit.Api, await visit.Api.Make("/users", """{"firstname":"Emil"}"""), 0);
        await visit.Goto("/drivers/" + ada);
        await visit.Press("Make a wallet");
        await visit.Fill("Currency", "eur");
        await visit.Submit("Make a wallet");
        await visit.Sees("Nothing has been booked yet.");
        Assert.Equal((0, 0), await Purse.Of(visit.Api, ada));

        await visit.Press("Adjust");
        await visit.Fill("Amount", "12.5");
        await visit.Fill("Why", "Goodwill after an outage");
        await visit.Submit("Book it");
        await visit.Sees("+€12.50");
        await visit.Sees("Goodwill after an outage");
        await Assertions.Expect(visit.Page.GetByText("€12.50", Exactly)).ToHaveCountAsync(2); // available, and in all
        await visit.Press("Adjust");
        await visit.Dialog.GetByText("Out of the wallet").ClickAsync();
        await visit.Fill("Amount", "12.51");
        await visit.Fill("Why", "Pay-out");
        await visit.InDialog("Book it").ClickAsync();
        var alert = visit.Dialog.GetByRole(AriaRole.Alert);
        await alert.GetByText("There is not so much in the wallet").WaitForAsync();
        await alert.GetByText("The wallet has not so much that is not held for a session; take less.").WaitForAsync();
        Assert.Equal((1_250, 0), await Purse.Of(visit.Api, ada));
        await visit.Fill("Amount", "2.05");
        await visit.Submit("Book it");
        await visit.Sees("-€2.05");
        await visit.Page.GetByText("€10.45", Exactly).First.WaitForAsync();

        Assert.Equal("EUR", (await visit.Api.Get($"/wallets/{ada}")).MustBe(200).Text("currency").ToUpperInvariant());
        Assert.Equal(
            [("adjustment", -205L, "Pay-out"), ("adjustment", 1_250L, "Goodwill after an outage")],
            (await Booked(visit, ada)).Select(b => (
                (string)b!["type"]!, (long)b["amount"]!, (string)b["note"]!)));
        await Purse.MustBalance(visit.Box.Server);
        visit.MustBeCalm(409);
    }

    [Fact]
    public async Task A_top_up_waits_for_its_payment_is_booked_or_given_up()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await Purse.Fill(visit.Api, ada, 0);
        await visit.Goto("/drivers/" + ada);

        await TopUp(visit, "20", "25", isPaid: false);
        await visit.Sees("Top-ups that wait");
        await visit.Page.GetByText("€20.00, asked for").WaitForAsync();
        Assert.Equal((0, 0), await Purse.Of(visit.Api, ada));
        await visit.Press("It is paid");
        await visit.Dialog.GetByText("The wallet gains €25.00").WaitForAsync();
        await visit.Submit("Book it");
        await visit.Sees("+€25.00");
        await visit.Page.GetByText("Top-ups that wait").WaitForAsync(Visit.Gone);
        await TopUp(visit, "10", null, isPaid: true);
        await visit.Sees("+€10.00");
        await TopUp(visit, "7", null, isPaid: false);
        await visit.Press("Give it up");
        await visit.Submit("Give it up");
        await visit.Page.GetByText("Top-ups that wait").WaitForAsync(Visit.Gone);
        await visit.Page.GetByText("€35.00", Exactly).First.WaitForAsync();

        Assert.Equal((3_500, 0), await Purse.Of(visit.Api, ada));
        Assert.Equal([1_000L, 2_500L], (await Booked(visit, ada)).Select(b => (long)b!["amount"]!));
        var topUps = (await visit.Api.Get("/top_up?sort_order=asc")).MustBe(200).Items;
        Assert.Equal(
            [(2_000L, "completed"), (1_000L, "completed"), (700L, "canceled")],
            topUps.Select(t => ((long)t!["amount"]!, (string)t["status"]!)));
        await Purse.MustBalance(visit.Box.Server);
        visit.MustBeCalm();
    }

    private static PageGetByTextOptions Exactly => new() { Exact = true };

    private static async Task TopUp(Visit visit, string pays, string? gains, bool isPaid)
    {
        await visit.Press("Top up");
        await visit.Fill("The driver pays", pays);
        if (gains is not null) await visit.Fill("The wallet gains", gains);
        if (isPaid) await visit.Dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await visit.Submit("Top up");
    }

    private static async Task<JsonArray> Booked(Visit visit, string wallet) =>
        (await visit.Api.Get($"/wallets/{wallet}/transactions")).MustBe(200).Items;
}
