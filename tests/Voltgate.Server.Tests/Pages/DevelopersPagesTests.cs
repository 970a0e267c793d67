using Microsoft.Playwright;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What an application needs: its keys, and the webhooks that it hears.</summary>
public sealed class DevelopersPagesTests
{
    [Fact]
    public async Task A_key_is_made_for_its_scopes_replaced_and_revoked()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto("/api-keys");
        await visit.Press("Make a key");
        await visit.Fill("What it is for", "Shop");
        await visit.Field("Scopes").Or(visit.Page.GetByRole(
            AriaRole.Combobox, new PageGetByRoleOptions { Name = "Scopes" })).FillAsync("read:sessions");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.InDialog("Create").ClickAsync();
        var first = await Secret(visit);
        using var shop = visit.Client(first);
        (await shop.Get("/sessions")).MustBe(200);
        (await shop.Get("/rates")).MustBe(403);

        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "Shop" });
        await row.GetByText(first[..8]).WaitForAsync();
        await row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Replace" }).ClickAsync();
        await visit.InDialog("Replace").ClickAsync();
        var second = await Secret(visit);
        Assert.NotEqual(first, second);
        using var renewed = visit.Client(second);
        (await renewed.Get("/sessions")).MustBe(200);
        (await shop.Get("/sessions")).MustBe(200); // for a day
        await row.First.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Revoke" }).ClickAsync();
        Assert.True(await visit.InDialog("Revoke").IsDisabledAsync());
        await visit.Fill("Type Shop to confirm", "Shop");
        await visit.Submit("Revoke");

        await row.GetByText("Revoked").First.WaitForAsync();
        await Box.Until(async () => (await renewed.Get("/sessions")).Status == 401, "401");
        Assert.Equal(0, await visit.Page.GetByText(second).CountAsync());
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_webhook_is_made_edited_and_signs_by_a_new_secret_and_its_deliveries_are_told()
    {
        await using var sink = await WebhookSink.Start();
        await using var visit = await Visit.Begin();
        await visit.Goto("/webhooks");
        await visit.Press("Add a webhook");
        await visit.Fill("Address", "http://example.com/hook");
        await visit.InDialog("Save").ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Alert).WaitForAsync();
        await visit.Fill("Address", sink.Url.AbsoluteUri);
        await visit.InDialog("Save").ClickAsync();
        await visit.Dialog.GetByText("The webhook is there").WaitForAsync();
        var first = await visit.Dialog.Locator("code").InnerTextAsync();
        await visit.Dialog.GetByRole(AriaRole.Link).ClickAsync();
        await visit.Heading(sink.Url.Authority);

        await visit.Press("Edit");
        await visit.Fill("Description", "The shop");
        await visit.Submit("Save");
        await visit.Sees("The shop");
        await visit.Press("New secret");
        await visit.Submit("New secret");
        var second = await visit.Page.Locator("main code").First.InnerTextAsync();
        Assert.NotEqual(first, second);
        await visit.Press("Send a test");
        var test = (await sink.Wait(1))[^1];
        foreach (var secret in new[] { first, second }) // the old one for a day
            Assert.True(Verifier.Standard(
                test.Id, test.Headers["webhook-timestamp"], test.Headers["webhook-signature"], test.Body, secret));
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "webhook.test" })
            .First.ClickAsync();
        await visit.Page.GetByText("Attempt 1").First.WaitForAsync();
        await visit.Page.GetByText("\"type\": \"webhook.test\"").WaitForAsync();
        await visit.Choose("State", "Given up");
        await visit.Sees("Nothing has been delivered yet");
        await visit.Choose("State", "Delivered");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "webhook.test" })
            .First.WaitForAsync();

        await visit.Press("Delete");
        await visit.Submit("Delete");
        await visit.Sees("No webhook yet");
        Assert.Empty((await visit.Api.Get("/webhooks")).MustBe(200).Items);
        visit.MustBeCalm(422);
    }

    /// <summary>The secret of the window that shows it this once; closes the window.</summary>
    private static async Task<string> Secret(Visit visit)
    {
        await visit.Dialog.GetByText("Copy it now: it is not shown again.").WaitForAsync();
        var secret = await visit.Dialog.Locator("code").InnerTextAsync();
        await visit.Submit("Close");
        return secret;
    }
}
