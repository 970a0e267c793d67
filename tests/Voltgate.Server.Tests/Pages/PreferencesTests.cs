using System.Globalization;
using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Language, colours and time zone are their operator's, and stay.</summary>
public sealed class PreferencesTests
{
    [Fact]
    public async Task Language_colours_and_time_zone_stay_and_times_are_the_sites()
    {
        await using var visit = await Visit.Begin();
        var site = await visit.Api.Make("/locations", """{"name":"Wharf","timezone":"Pacific/Auckland"}""");
        (await visit.Api.Patch($"/chargestations/{visit.Box.Id}", $$"""{"location":"{{site}}"}""")).MustBe(200);
        var began = DateTimeOffset.UtcNow.AddHours(-3);
        var number = (int)(await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"04A1","meterStart":0,"timestamp":"{{began:O}}"}
            """))["transactionId"]!;
        await visit.Station.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":9000,"timestamp":"{{began.AddHours(1):O}}"}
            """);
        var session = (string)(await visit.Api.Get("/sessions")).MustBe(200).Items[0]!["_id"]!;
        await visit.Goto("/sessions/" + session);
        await visit.Page.GetByText(Clock(began, TimeZoneInfo.Local)).First.WaitForAsync();

        await Prefer(visit, "Account", "In the site's time zone");
        await visit.Page.GetByText(Clock(began, "Pacific/Auckland")).First.WaitForAsync();
        await Prefer(visit, "Account", "Dark");
        await Prefer(visit, "Account", "Deutsch");
        await visit.Link("Ladevorgänge").First.WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Link("Ladevorgänge").First.WaitForAsync();
        var html = visit.Page.Locator("html");
        Assert.Equal("de", await html.GetAttributeAsync("lang"));
        Assert.Equal("dark", await html.GetAttributeAsync("data-mantine-color-scheme"));
        var there = TimeZoneInfo.ConvertTime(began, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland"));
        await visit.Page.GetByText(there.ToString("HH:mm:ss", CultureInfo.InvariantCulture)).First.WaitForAsync();

        await Prefer(visit, "Konto", "English");
        await Prefer(visit, "Account", "In my time zone");
        await visit.Page.GetByText(Clock(began, TimeZoneInfo.Local)).First.WaitForAsync();
        visit.MustBeCalm();
    }

    private static async Task Prefer(Visit visit, string account, string item)
    {
        await visit.Press(account);
        await visit.Page.GetByRole(
            AriaRole.Menuitem, new PageGetByRoleOptions { Name = item, Exact = true }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Menu).WaitForAsync(Visit.Gone);
    }

    private static string Clock(DateTimeOffset at, string zone) =>
        Clock(at, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("h:mm:ss", CultureInfo.InvariantCulture);
}
