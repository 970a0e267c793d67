using System.Net.WebSockets;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Stations that knock with an identity that nobody registered, as the root organisation sees them.</summary>
public sealed class UnknownStationsPagesTests
{
    private const string Boot =
        """{"chargePointVendor":"Elektra","chargePointModel":"Duo","chargePointSerialNumber":"SN-7781"}""";

    [Fact]
    public async Task One_is_adopted_with_a_password_and_another_sent_away()
    {
        await using var visit = await Visit.Begin(
            configure: o => o with { Ocpp = o.Ocpp with { UnknownStations = "quarantine" } }, atRoot: true);
        using var root = visit.Client(TestServer.BootstrapKey);
        await visit.Goto("/chargestations?tab=unknown");
        await visit.Sees("No unknown station waits");
        await using var mine = await visit.Knock("STRANGER-1");
        await mine.Call("BootNotification", Boot);
        await using var other = await visit.Knock("STRANGER-2");
        await other.Boot("Test", "One");
        await visit.Press("Look again");
        await visit.Page.GetByText("Elektra Duo · SN-7781 · OCPP 1.6 · from 127.0.0.1").WaitForAsync();
        Assert.Empty(await Axe.Find(visit.Page));
        await visit.Turn("/"); // an organisation without a station of its own
        await visit.Link("2 unknown stations wait to be adopted").ClickAsync();

        await visit.Press("Adopt STRANGER-1");
        await visit.Fill("Name", "Gate");
        await visit.InDialog("Adopt").ClickAsync();
        await visit.Dialog.GetByText("The chargestation is there").WaitForAsync();
        var password = await visit.Dialog.Locator("code").InnerTextAsync();
        await visit.InDialog("Close").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToHaveCountAsync(0);
        await mine.Closed;
        await visit.Press("Dismiss STRANGER-2");
        await visit.Dialog.GetByText("from 127.0.0.1").WaitForAsync();
        await visit.Submit("Dismiss");
        await other.Closed;
        await visit.Sees("No unknown station waits");

        var station = Assert.Single((await root.Get("/chargestations")).MustBe(200).Items)!;
        Assert.Equal(("Gate", "STRANGER-1"), ((string)station["name"]!, (string)station["endpoint"]!));
        Assert.Empty((await root.Get("/unknown_stations")).MustBe(200).Items);
        await Assert.ThrowsAsync<WebSocketException>(() => visit.Knock("STRANGER-1", "any password at all"));
        await using var back = await visit.Knock("STRANGER-1", password);
        Assert.Equal("Accepted", (string)(await back.Boot("Elektra", "Duo"))["status"]!);
        await visit.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Chargestations" }).ClickAsync();
        await visit.Link("Gate").ClickAsync();
        await visit.Heading("Gate");
        Assert.DoesNotContain(password, await visit.Page.ContentAsync(), StringComparison.Ordinal);
        await visit.Turn("/");
        await visit.Page.GetByText("of 1 online").WaitForAsync();
        await visit.Page.GetByText("to be adopted").WaitForAsync(Visit.Gone);
        visit.MustBeCalm();
    }
}
