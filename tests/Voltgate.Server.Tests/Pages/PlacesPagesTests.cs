using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Locations and the chargestations that stand there.</summary>
public sealed class PlacesPagesTests
{
    [Fact]
    public async Task A_location_is_made_and_its_opening_hours_are_edited()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto("/locations");
        await visit.Link("Add a location").First.ClickAsync();
        await visit.Heading("New location");
        await visit.Fill("Name", "Market Square");
        await visit.Fill("City", "Berlin");
        await visit.Fill("Latitude", "52.5");
        await visit.Fill("Longitude", "13.4");
        await visit.Press("Save");
        await visit.Heading("Market Square");

        await visit.Switch("Always open", false);
        await visit.Fill("Monday, from", "06:30");
        await visit.Press("Add a time: Monday");
        await visit.Press("Take this time out: Sunday");
        await visit.Sees("Closed");
        await visit.Press("Save");
        var location = Assert.Single((await visit.Api.Get("/locations")).MustBe(200).Items)!;
        await Box.Until(
            async () => (await visit.Api.Get($"/locations/{location["_id"]}")).Result["openingHours"] is not null,
            "opening hours");

        var kept = (await visit.Api.Get($"/locations/{location["_id"]}")).MustBe(200).Result;
        Assert.Equal("""[13.4,52.5]""", kept["coordinates"]!.ToJsonString());
        Assert.Equal(
            """[{"startTime":"06:30","endTime":"20:00"},{"startTime":"20:00","endTime":"23:00"}]""",
            kept["openingHours"]!["1"]!.ToJsonString());
        Assert.Equal(0, (kept["openingHours"]!["0"] as JsonArray)?.Count ?? 0);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Field("Monday, from").First).ToHaveValueAsync("06:30");
        await visit.Goto("/locations");
        await visit.Sees("By the week");
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_field_that_is_wrong_is_named_and_a_location_with_stations_stays()
    {
        await using var visit = await Visit.Begin();
        var location = await visit.Api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}""");
        (await visit.Api.Patch($"/chargestations/{visit.Box.Id}", $$"""{"location":"{{location}}"}""")).MustBe(200);
        await visit.Goto("/locations/" + location);

        await visit.Fill("Country, two letters", "X");
        await visit.Press("Save");
        await visit.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await visit.Press("Delete");
        await visit.InDialog("Delete").ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Alert).WaitForAsync();
        await visit.Submit("Cancel");
        await visit.Link("Chargestations here").ClickAsync();
        await visit.Link("Box").WaitForAsync();

        (await visit.Api.Get("/locations/" + location)).MustBe(200);
        visit.MustBeCalm(409, 422);
    }

    [Fact]
    public async Task A_chargestation_is_added_and_its_password_is_shown_once()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto("/chargestations");
        await visit.Press("Add a chargestation");
        await visit.Fill("Name", "Gate");
        await visit.Fill("Endpoint", "YARD-1");
        await visit.Press("Add it");
        await visit.Dialog.GetByText("endpoint").Last.WaitForAsync(); // it is the other station's
        await visit.Fill("Endpoint", "GATE-1");
        await visit.Press("Add it");
        await visit.Dialog.GetByText("Copy it now: it is not shown again.").WaitForAsync();
        var password = await visit.Dialog.Locator("code").InnerTextAsync();
        await visit.Dialog.GetByRole(
            AriaRole.Link, new LocatorGetByRoleOptions { Name = "Open the chargestation" }).ClickAsync();

        await visit.Heading("Gate");
        await visit.Page.GetByRole(
            AriaRole.Img, new PageGetByRoleOptions { Name = "QR code of the connection address" }).WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByText(password).CountAsync());
        await using (var station = await visit.Knock("GATE-1", password)) // what was shown is what holds
            await station.Boot("Test", "Two");
        await visit.Sees("Test Two");
        visit.MustBeCalm(409, 422);
    }

    [Fact]
    public async Task A_chargestation_is_edited_archived_and_deleted_by_its_name()
    {
        await using var visit = await Visit.Begin();
        await visit.Api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}""");
        await visit.Goto("/chargestations/" + visit.Box.Id);

        await visit.Press("Edit");
        await visit.Fill("Name", "North gate");
        await visit.Fill("Description", "Behind the barn");
        await visit.Choose("Location", "Yard");
        await visit.Switch("In use", false);
        await visit.Submit("Save");
        await visit.Heading("North gate");
        await visit.Sees("Behind the barn");
        await visit.Sees("Archived");
        var kept = (await visit.Api.Get("/chargestations/" + visit.Box.Id)).MustBe(200).Result;
        Assert.False((bool)kept["active"]!);
        Assert.Equal("North gate", (string)kept["name"]!);
        await visit.Press("Delete");
        await visit.Dialog.GetByText("1 connector").WaitForAsync();
        await visit.Fill("Type North gate to confirm", "North");
        Assert.True(await visit.InDialog("Delete").IsDisabledAsync());
        await visit.Fill("Type North gate to confirm", "North gate");
        await visit.Submit("Delete");

        await visit.Sees("No chargestation yet");
        (await visit.Api.Get("/chargestations/" + visit.Box.Id)).MustBe(404);
        visit.MustBeCalm();
    }
}
