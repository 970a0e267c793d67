using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>The first-run guide: from a new organisation to a simulated station that charges.</summary>
public sealed partial class FirstStepsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_new_organisation_charges_by_following_the_first_steps()
    {
        await using var server = await TestServer.Start(configure: Visit.KnownPort);
        using var api = await server.Tenant("New Ltd");
        using var person = await OperatorClient.Join(server, api, "Admin");
        await using var browser = await Browser.Start();
        await browser.Carry(person, server.Url);
        var page = await browser.Open();
        var began = Stopwatch.StartNew();
        await page.GotoAsync(new Uri(server.Url, "/chargestations").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show the first steps" }).ClickAsync();
        await page.GetByText("Prepare everything").ClickAsync();
        var command = await page.Locator("main pre").InnerTextAsync();
        using var station = Simulate(command);
        try
        {
            await page.GetByText("The station is online.").WaitForAsync();
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start a session" }).ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Combobox, new LocatorGetByRoleOptions { Name = "Driver" }).Or(
                dialog.GetByRole(AriaRole.Textbox, new LocatorGetByRoleOptions { Name = "Driver" })).ClickAsync();
            await page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "Test Driver" }).ClickAsync();
            await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Start" }).ClickAsync();
            await page.GetByText("Running", new PageGetByTextOptions { Exact = true }).First.WaitForAsync();
            await page.GetByText(SomeEnergy()).First.WaitForAsync();
            output.WriteLine($"From the list of stations to energy in a car: {began.Elapsed.TotalSeconds:0.0} s");

            var session = Assert.Single((await api.Get("/sessions")).MustBe(200).Items)!;
            Assert.Equal("Started", (string)session["status"]!);
            Assert.True((int)session["metrics"]!["energyConsumed"]! > 0, session.ToJsonString());
            Assert.Empty(browser.Complaints);
        }
        finally
        {
            station.Kill();
            await station.WaitForExitAsync();
        }
    }

    /// <summary>What the guide has its reader run in a terminal.</summary>
    private static Process Simulate(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("voltgate", words[0]);
        return Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, words[0]), words[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    [GeneratedRegex(@"^(0\.0[1-9]|0\.[1-9]\d|[1-9]\d*\.\d\d) kWh$")]
    private static partial Regex SomeEnergy();
}
