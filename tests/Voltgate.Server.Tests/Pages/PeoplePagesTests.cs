using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Drivers and their cards.</summary>
public sealed class PeoplePagesTests
{
    [Fact]
    public async Task A_driver_is_made_edited_found_and_told_everything_that_is_known_of_them()
    {
        await using var visit = await Visit.Begin();
        await visit.Api.Make("/users", """{"firstname":"Emil","lastname":"Berger","email":"emil@example.com"}""");
        await visit.Goto("/drivers");
        await visit.Press("Add a driver");
        await visit.Fill("First name", "Ada");
        await visit.Fill("Last name", "Byron");
        await visit.Fill("E-mail", $"{new string('a', 400)}@example.com"); // longer than any
        await visit.InDialog("Save").ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Alert).WaitForAsync();
        await visit.Fill("E-mail", "ada@example.com");
        await visit.Submit("Save");
        await visit.Fill("Search", "ada@example.com");
        await visit.Link("Emil Berger").WaitForAsync(Visit.Gone);
        Assert.Contains("q=ada", visit.Page.Url);
        await visit.Link("Ada Byron").WaitForAsync();
        Assert.Equal(0, await visit.Link("Emil Berger").CountAsync());
        await visit.Link("Ada Byron").ClickAsync();

        await visit.Press("Edit");
        await visit.Fill("Mobile phone", "+491701234567");
        await visit.Switch("May charge", false);
        await visit.Submit("Save");
        await visit.Sees("+491701234567");
        await visit.Sees("Inactive");
        var file = await visit.Download(visit.Link("Everything about this driver, as JSON"));

        var ada = Assert.Single((await visit.Api.Get("/users?email=ada@example.com")).MustBe(200).Items)!;
        Assert.False((bool)ada["active"]!);
        Assert.Equal("+491701234567", (string)ada["phone"]!["mobile"]!);
        var told = JsonNode.Parse(file)!;
        Assert.Contains("ada@example.com", told.ToJsonString());
        Assert.DoesNotContain("emil@example.com", told.ToJsonString());
        visit.MustBeCalm(422);
    }

    [Fact]
    public async Task A_card_is_given_to_a_driver_blocked_and_refused_and_the_driver_goes()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await visit.Api.Make("/tokens", """{"physicalId":"04A2"}""");
        await visit.Goto("/cards");
        await visit.Press("Add a card");
        await visit.Fill("What the card says (idTag)", "04A1");
        await visit.Choose("Driver", "Ada Byron");
        await visit.Submit("Save");
        await visit.Sees("Ada Byron");
        Assert.Equal("Accepted", await Authorize(visit, "04A1"));

        await visit.Press("04A1");
        await visit.Switch("May charge", false);
        await visit.Submit("Save");
        await visit.Sees("Inactive");
        Assert.Equal("Blocked", await Authorize(visit, "04A1"));
        var card = Assert.Single((await visit.Api.Get("/tokens?physicalId=04A1")).MustBe(200).Items)!;
        Assert.Equal(ada, (string)card["user"]!);

        await visit.Press("04A2");
        await visit.Press("Delete the card");
        await visit.Submit("Delete");
        await visit.Button("04A2").WaitForAsync(Visit.Gone);
        Assert.Empty((await visit.Api.Get("/tokens?physicalId=04A2")).MustBe(200).Items);
        await visit.Goto("/drivers/" + ada);
        await visit.Sees("04A1");
        await visit.Press("Delete");
        await visit.Dialog.GetByText("2 cards are deleted, too").WaitForAsync();
        await visit.Fill("Type Ada Byron to confirm", "Ada Byron");
        await visit.Submit("Delete");
        await visit.Sees("No driver yet");
        (await visit.Api.Get("/users/" + ada)).MustBe(404);
        (await visit.Api.Get($"/tokens/{card["_id"]}")).MustBe(404);
        visit.MustBeCalm();
    }

    private static async Task<string> Authorize(Visit visit, string card) => (string)(await visit.Station.Call(
        "Authorize", $$"""{"idTag":"{{card}}"}"""))["idTagInfo"]!["status"]!;
}
