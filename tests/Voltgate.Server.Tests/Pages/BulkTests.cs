using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>One order to many stations: what came of it is said of each.</summary>
public sealed class BulkTests
{
    [Fact]
    public async Task An_order_to_three_stations_tells_who_is_offline_who_accepts_and_who_refuses()
    {
        await using var visit = await Visit.Begin();
        foreach (var name in new[] { "Near", "Away" })
            (await visit.Api.Post("/chargestations", $$"""
                {"name":"{{name}}","endpoint":"{{name}}","security":{"type":"none"},"connectors":[{"connectorId":1}]}
                """)).MustBe(201);
        await using var near = await visit.Knock("Near");
        await near.Boot("Test", "Two");
        await visit.Goto("/chargestations");
        foreach (var name in new[] { "Box", "Near", "Away" })
            await visit.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = "Choose " + name })
                .CheckAsync();
        await visit.Sees("3 chosen");

        await visit.Press("Restart");
        foreach (var line in new[] { "3 chargestations", "3 connectors", "1 is offline and will refuse" })
            await visit.Dialog.GetByText(line, new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await visit.Submit("Restart");
        await visit.Sees("Sent to 2 of 3");
        await visit.Sees("0 accepted, 0 refused, 2 have not answered yet");
        await visit.Page.GetByRole(AriaRole.Status).GetByText("Away: ").WaitForAsync();
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"Accepted"}""");
        await near.Answer(await near.Expect(), """{"status":"Rejected"}""");
        await visit.Sees("1 accepted, 1 refused, 0 have not answered yet");

        await visit.Press("Archive");
        await visit.Submit("Archive");
        await visit.Sees("Sent to 3 of 3");
        var stations = (await visit.Api.Get("/chargestations")).MustBe(200).Items;
        Assert.All(stations, s => Assert.False((bool)s!["active"]!));
        var actions = (await visit.Api.Get("/actions")).MustBe(200).Items;
        Assert.Equal(["completed", "failed"], actions.Select(a => (string)a!["status"]!).Order());
        visit.MustBeCalm(409);
    }
}
