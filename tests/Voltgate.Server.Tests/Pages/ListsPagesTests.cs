using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>How things are found among many: by words, filters and order, and through the palette.</summary>
public sealed class ListsPagesTests
{
    [Fact]
    public async Task Stations_are_found_by_a_part_of_their_serial_number_by_status_and_in_order()
    {
        await using var visit = await Visit.Begin();
        await visit.Station.Call("BootNotification", """
            {"chargePointVendor":"Elektra","chargePointModel":"Duo","chargePointSerialNumber":"SN-778142"}
            """);
        await visit.Station.Report(1, "Faulted", DateTimeOffset.UtcNow);
        await visit.Api.Make("/chargestations", """{"name":"Alpha","connectors":[{"connectorId":1}]}""");
        await visit.Api.Make("/chargestations", """{"name":"Zulu"}""");
        await visit.Goto("/chargestations");
        await Names(visit, "Zulu", "Alpha", "Box"); // the newest first

        await visit.Fill("Search", "7814");
        await Names(visit, "Box");
        Assert.Contains("q=7814", visit.Page.Url, StringComparison.Ordinal);
        await visit.Fill("Search", "no such thing");
        await visit.Sees("No chargestation fits these filters");
        await visit.Press("Clear filters");
        await Names(visit, "Zulu", "Alpha", "Box");
        await visit.Choose("A connector is", "Faulted");
        await Names(visit, "Box");
        await visit.Station.Report(1, "Available", DateTimeOffset.UtcNow);
        await visit.Sees("No chargestation fits these filters");
        await visit.Press("Clear filters");

        await visit.Press("Name");
        await Names(visit, "Alpha", "Box", "Zulu");
        await Sorted(visit, "ascending");
        await visit.Button("Name").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Names(visit, "Zulu", "Box", "Alpha");
        await visit.Page.ReloadAsync();
        await Sorted(visit, "descending");
        await Names(visit, "Zulu", "Box", "Alpha");
        var listed = (await visit.Api.Get("/chargestations?sort_by=name&sort_order=desc")).MustBe(200).Items;
        Assert.Equal(["Zulu", "Box", "Alpha"], listed.Select(s => (string)s!["name"]!));
        visit.MustBeCalm();
    }

    [Fact]
    public async Task The_palette_finds_a_driver_and_a_card_by_a_part()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await visit.Api.Make("/tokens", """{"physicalId":"04A1B2C3"}""");
        await visit.Api.Make("/tokens", """{"physicalId":"04D4E5F6"}""");
        await visit.Goto("/");
        await visit.Heading("Overview");

        await Find(visit, "yro", "Driver Ada Byron");
        await visit.Heading("Ada Byron");
        Assert.EndsWith("/drivers/" + ada, visit.Page.Url, StringComparison.Ordinal);
        await Find(visit, "1b2", "Card 04A1B2C3");
        await visit.Heading("Cards");
        await visit.Button("04A1B2C3").WaitForAsync();
        await visit.Button("04D4E5F6").WaitForAsync(Visit.Gone);
        visit.MustBeCalm();
    }

    private static Task Names(Visit visit, params string[] names) => Assertions.Expect(
        visit.Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link)).ToHaveTextAsync(names);

    private static Task Sorted(Visit visit, string way) => Assertions.Expect(
        visit.Page.GetByRole(AriaRole.Columnheader, new PageGetByRoleOptions { Name = "Name" }))
        .ToHaveAttributeAsync("aria-sort", way);

    private static async Task Find(Visit visit, string part, string found)
    {
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Dialog.GetByRole(AriaRole.Combobox).FillAsync(part);
        var option = visit.Dialog.GetByRole(
            AriaRole.Option, new LocatorGetByRoleOptions { Name = found, Exact = true });
        await Assertions.Expect(option).ToHaveAttributeAsync("aria-selected", "true"); // nothing else is called that
        await visit.Page.Keyboard.PressAsync("Enter");
    }
}
