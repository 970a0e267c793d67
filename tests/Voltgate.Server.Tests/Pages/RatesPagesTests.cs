using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Prices, as whoever sells charging makes them at the dashboard.</summary>
public sealed class RatesPagesTests
{
    [Fact]
    public async Task A_rate_is_made_changed_and_reckoned_with()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto("/rates");
        await visit.Press("Add a rate");
        await visit.Fill("Name", "Day");
        await visit.Fill("Price without tax", "0.5");
        await visit.Submit("Save");
        await visit.Link("Day").ClickAsync();
        await visit.Sees("Version 1");

        await visit.Press("Edit");
        await visit.Fill("Price without tax", "0.6");
        await visit.Press("Add a part");
        await visit.Field("Price without tax").Last.FillAsync("2");
        await visit.Fill("At most", "100");
        await visit.Submit("Save");
        await visit.Sees("Version 2");
        await visit.Fill("Plugged in, hours", "2");
        await visit.Fill("of them drawing energy", "1.5");
        await visit.Fill("Energy, kWh", "20");
        await visit.Press("Reckon");
        await visit.Sees("It would cost €17.85"); // (20 × 0.6 + 1.5 × 2) × 1.19

        var rate = Assert.Single((await visit.Api.Get("/rates")).MustBe(200).Items)!;
        Assert.Equal(0.6m, (decimal)rate["price_components"]![0]!["price"]!);
        Assert.Equal("TIME", (string)rate["price_components"]![1]!["type"]!);
        Assert.Equal(100m, (decimal)rate["maximum_amount"]!);
        var versions = (await visit.Api.Get($"/rates/{rate["_id"]}/versions")).MustBe(200).Items;
        Assert.Equal([2, 1], versions.Select(v => (int)v!["version"]!));
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_week_is_painted_by_mouse_and_by_keyboard()
    {
        await using var visit = await Visit.Begin();
        var day = await Rate(visit, "Day", 0.6);
        var night = await Rate(visit, "Night", 0.3);
        await visit.Goto("/rates");
        await visit.Press("Add a schedule");
        await visit.Fill("Name", "Both");
        await visit.Choose("Where nothing is painted", "Day");
        await visit.InDialog("Create").ClickAsync();
        await visit.Heading("Both");

        await visit.Choose("Paint with", "Night");
        await Cell(visit, "Mon, 22:00: Day").HoverAsync();
        await visit.Page.Mouse.DownAsync();
        await Cell(visit, "Mon, 23:00: Day").HoverAsync();
        await visit.Page.Mouse.UpAsync();
        await Cell(visit, "Tue, 23:00: Day").HoverAsync(); // the mouse is up: nothing is painted
        await visit.Page.Keyboard.PressAsync("Tab");
        await Cell(visit, "Mon, 22:00: Night").PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await visit.Press("Save the week");
        await visit.Sees("The week is saved as a new version");

        var schedule = Assert.Single((await visit.Api.Get("/rates?schedule=true")).MustBe(200).Items)!;
        Assert.Equal(day, (string)schedule["default_rate"]!["_id"]!);
        var entry = Assert.Single(schedule["layout"]!.AsArray())!;
        Assert.Equal(night, (string)entry["rate"]!["_id"]!);
        Assert.Equal(
            """{"day_of_week":[1,2],"start_time":"22:00","end_time":"24:00"}""", entry["target"]!.ToJsonString());
        await visit.Page.ReloadAsync();
        await Cell(visit, "Tue, 23:00: Night").WaitForAsync();
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_rate_goes_once_it_is_confirmed_and_nothing_uses_it()
    {
        await using var visit = await Visit.Begin();
        var day = await Rate(visit, "Day", 0.6);
        var schedule = await visit.Api.Make(
            "/rates/schedule", $$"""{"name":"Plan","currency":"EUR","default_rate":"{{day}}","layout":[]}""");
        await visit.Goto("/rates/" + day);

        await visit.Press("Delete");
        await visit.InDialog("Delete").ClickAsync();
        await visit.Dialog.GetByRole(AriaRole.Alert).WaitForAsync(); // the schedule uses it
        await visit.Submit("Cancel");
        (await visit.Api.Get("/rates/" + day)).MustBe(200);
        await visit.Goto("/rates/" + schedule);
        await visit.Press("Delete");
        await visit.Dialog.GetByText("Plan").WaitForAsync();
        await visit.Submit("Delete");

        await visit.Heading("Rates");
        await visit.Link("Plan").WaitForAsync(Visit.Gone);
        (await visit.Api.Get("/rates/" + schedule)).MustBe(404);
        visit.MustBeCalm(409);
    }

    private static ILocator Cell(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Gridcell, new PageGetByRoleOptions { Name = name, Exact = true });

    private static Task<string> Rate(Visit visit, string name, double price) =>
        visit.Api.Make("/rates", FormattableString.Invariant(
            $$"""{"name":"{{name}}","currency":"EUR","price_components":[{"type":"ENERGY","price":{{price}}}]}"""));
}
