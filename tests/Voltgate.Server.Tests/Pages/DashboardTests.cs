using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Security;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What operators do at the dashboard, in a real browser against the real server.</summary>
public sealed class DashboardTests
{
    [Fact]
    public async Task Who_signs_in_wrongly_is_told_and_who_signs_in_comes_to_the_page_and_out_again()
    {
        await using var server = await TestServer.Start();
        using var api = await server.Tenant("Yard Ltd");
        using var person = await OperatorClient.Join(server, api, "Admin");
        await using var browser = await Browser.Start();
        var page = await browser.Open();

        await page.GotoAsync(new Uri(server.Url, "/sessions").AbsoluteUri);
        await page.GetByLabel("E-mail address").FillAsync(person.Email);
        await page.Locator("input[type=password]").FillAsync("not it, not at all");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("The e-mail address or the password is wrong.").WaitForAsync();
        await page.Locator("input[type=password]").FillAsync(OperatorClient.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Nobody has charged yet").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Account", Exact = true }).ClickAsync();
        await page.GetByText("Yard Ltd").WaitForAsync();
        await page.GetByText("Sign out").ClickAsync();

        await page.GetByLabel("E-mail address").WaitForAsync();
        Assert.Equal(401, (await page.APIRequest.GetAsync(new Uri(server.Url, "/v1.1/me").AbsoluteUri)).Status);
    }

    [Theory]
    [InlineData("Viewer", false, false)]
    [InlineData("Support", false, true)]
    [InlineData("Admin", true, true)]
    public async Task What_a_role_may_not_is_not_offered(string role, bool managesKeys, bool starts)
    {
        await using var visit = await Visit.Begin(role);

        await visit.Goto("/sessions");
        await visit.Sees("Nobody has charged yet");
        Assert.Equal(managesKeys, await visit.Page.GetByRole(
            AriaRole.Link, new PageGetByRoleOptions { Name = "API keys" }).CountAsync() > 0);
        Assert.Equal(starts, await visit.Button("Start a session").CountAsync() > 0);
        if (managesKeys) return;
        await visit.Goto("/api-keys");
        await visit.Sees("Your role does not reach this page");
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_is_started_watched_and_stopped(string provider)
    {
        await using var visit = await Visit.Begin(provider: provider);
        await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        var rate = await visit.Api.Make(
            "/rates", """{"name":"R","currency":"EUR","price_components":[{"type":"ENERGY","price":0.5,"tax":0}]}""");
        (await visit.Api.Patch($"/connectors/{visit.Box.Connector}", $$"""{"rate":"{{rate}}"}""")).MustBe(200);
        await visit.Goto("/sessions?start=1");
        await visit.Choose("Chargestation (online)", "Box (YARD-1)");
        await visit.Choose("Connector", "Connector 1");
        await visit.Choose("Driver", "Ada Byron");
        await visit.Button("Start").ClickAsync();

        var start = await visit.Station.Expect();
        await visit.Heading("Session of Ada Byron");
        await visit.Sees("Starting");
        await visit.Station.Answer(start, """{"status":"Accepted"}""");
        var number = (int)(await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{start[3]!["idTag"]}}","meterStart":0,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """))["transactionId"]!;
        await visit.Sees("Running");
        await visit.Station.Call("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"{{DateTimeOffset.UtcNow:O}}",
             "sampledValue":[{"value":"10"},{"value":"11","measurand":"Power.Active.Import","unit":"kW"}]}]}
            """);
        await visit.Page.GetByText("11 kW").Or(visit.Page.GetByText("11.0 kW")).First.WaitForAsync();
        await visit.Button("Stop").First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(
            AriaRole.Button, new LocatorGetByRoleOptions { Name = "Stop", Exact = true }).ClickAsync();
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"Accepted"}""");
        await visit.Station.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":20,"timestamp":"{{DateTimeOffset.UtcNow:O}}","reason":"Remote"}
            """);

        await visit.Sees("Ended");
        await visit.Page.GetByText("€0.01").First.WaitForAsync();
        Assert.Empty(visit.Browser.Complaints);
    }

    [Fact]
    public async Task An_unknown_card_belongs_to_a_driver_after_two_clicks()
    {
        await using var visit = await Visit.Begin();
        var ada = await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await visit.Goto("/cards?tab=unknown");
        await visit.Sees("No unknown card");
        await visit.Station.Call("Authorize", """{"idTag":"04A1B2C3"}""");

        await visit.Sees("04A1B2C3"); // it appears by itself
        await visit.Choose("Assign card 04A1B2C3 to a driver", "Ada Byron");
        await visit.Sees("No unknown card");

        var card = Assert.Single((await visit.Api.Get("/tokens?physicalId=04A1B2C3")).MustBe(200).Items)!;
        Assert.Equal(ada, (string)card["user"]!);
    }

    [Fact]
    public async Task A_webhook_is_tested_and_its_delivery_replayed()
    {
        await using var sink = await WebhookSink.Start();
        await using var visit = await Visit.Begin();
        var hook = await visit.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["session.*"]}""");
        await visit.Goto("/webhooks/" + hook);

        await visit.Button("Send a test").ClickAsync();
        await sink.Wait(1);
        await visit.Page.GetByRole(
            AriaRole.Button, new PageGetByRoleOptions { NameRegex = new Regex("^webhook\\.test") })
            .First.ClickAsync();
        var answer = await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Region).GetByRole(
                AriaRole.Button, new LocatorGetByRoleOptions { Name = "Deliver again" }).First.ClickAsync(),
            r => r.Url.EndsWith("/replay", StringComparison.Ordinal));
        Assert.True(answer.Ok, await answer.TextAsync());
        var received = await sink.Wait(1);
        Assert.Equal(received[0].Text, received[1].Text);
    }

    [Fact]
    public async Task What_happens_while_the_network_is_away_is_shown_when_it_is_back()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto("/chargestations/" + visit.Box.Id);
        await visit.Sees("Live");
        await visit.Sees("Available");

        await visit.Browser.Cut(true);
        await visit.Page.GetByText(new Regex("^(Offline|Reconnecting)$")).First.WaitForAsync();
        await visit.Station.Report(1, "Faulted", DateTimeOffset.UtcNow);
        await visit.Browser.Cut(false);

        await visit.Sees("Live");
        await visit.Sees("Faulted");
    }

    [Fact]
    public async Task Scripts_that_a_station_says_never_run()
    {
        await using var server = await TestServer.Start();
        using var box = await Box.Make(server);
        using var person = await OperatorClient.Join(server, box.Api, "Admin");
        await using var station = await HostileStation.Connect(box);
        foreach (var text in HostileTexts.Scripts) await station.Say(text);
        await station.Tell(HostileTexts.Scripts);
        await using var browser = await Browser.Start();
        await browser.Carry(person, server.Url);
        var sessions = (await box.Api.Get("/sessions?paginate_limit=3")).Items.Select(s => $"/sessions/{s!["_id"]}");

        Assert.Equal(1, await browser.Hits($"data:text/html,<script>{HostileTexts.Hit}()</script>")); // it would tell
        string[] paths =
        [
            "/", "/chargestations", "/sessions", "/cards?tab=unknown", "/audit-log",
            .. new[] { "overview", "commands", "configuration", "messages", "connection", "security" }
                .Select(tab => $"/chargestations/{box.Id}?tab={tab}"),
            .. sessions, "/" + Uri.EscapeDataString(HostileTexts.Scripts[0]),
        ];
        foreach (var path in paths)
            Assert.Equal(0, await browser.Hits(new Uri(server.Url, path).AbsoluteUri, "h1, h2"));
        Assert.Empty(browser.Complaints);
    }
}
