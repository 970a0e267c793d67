using Microsoft.Playwright;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Wallets;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Pages;

/// <summary>
/// Every page of the dashboard, with something on it: it opens without a complaint, and axe finds nothing.
/// </summary>
public sealed class DashboardPagesTests
{
    private static readonly string[] Tabs =
        ["overview", "commands", "configuration", "messages", "connection", "security"];

    [Theory]
    [InlineData(ColorScheme.Light, "en", 1280)]
    [InlineData(ColorScheme.Dark, "de", 390)]
    public async Task A_page_opens_and_everybody_can_use_it(ColorScheme scheme, string language, int width)
    {
        await using var sink = await WebhookSink.Start();
        await using var visit = await Visit.Begin();
        string[] paths = [.. await Furnish(visit, sink), .. await FurnishMore(visit)];
        await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await visit.Page.SetViewportSizeAsync(width, 900);
        await visit.Page.AddInitScriptAsync(
            $$"""localStorage.setItem("voltgate-preferences", '{"language":"{{language}}"}');""");
        var wrong = new List<string>();

        foreach (var path in paths)
        {
            await visit.Goto(path);
            await visit.Page.Locator("h1").First.WaitForAsync();
            await visit.Page.WaitForLoadStateAsync(LoadState.Load);
            await visit.Page.WaitForFunctionAsync(
                "() => ![...document.querySelectorAll('.mantine-Skeleton-root')].some(s => s.offsetParent)");
            Assert.Equal(language, await visit.Page.GetAttributeAsync("html", "lang"));
            wrong.AddRange((await Axe.Find(visit.Page)).Select(found => $"{path}: {found}"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(visit.Browser.Complaints);
    }

    private static async Task<string[]> Furnish(Visit visit, WebhookSink sink)
    {
        var api = visit.Api;
        var location = await api.Make(
            "/locations", """{"name":"Yard","timezone":"Europe/Berlin","coordinates":[13.4,52.5]}""");
        (await api.Patch($"/chargestations/{visit.Box.Id}", $$"""{"location":"{{location}}"}""")).MustBe(200);
        var driver = await api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await api.Make("/tokens", $$"""{"physicalId":"04A1","user":"{{driver}}"}""");
        var rate = await api.Make(
            "/rates", """{"name":"R","currency":"EUR","price_components":[{"type":"ENERGY","price":0.5,"tax":19}]}""");
        (await api.Patch($"/connectors/{visit.Box.Connector}", $$"""{"rate":"{{rate}}"}""")).MustBe(200);
        var hook = await api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["session.*"]}""");
        var now = DateTimeOffset.UtcNow;
        var number = (int)(await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"04A1","meterStart":0,"timestamp":"{{now.AddHours(-1):O}}"}
            """))["transactionId"]!;
        for (var i = 1; i <= 6; i++)
            await visit.Station.Call("MeterValues", $$"""
                {"connectorId":1,"transactionId":{{number}},"meterValue":[
                 {"timestamp":"{{now.AddMinutes(10 * i - 60):O}}","sampledValue":[
                 {"value":"{{1_500 * i}}"},{"value":"9","measurand":"Power.Active.Import","unit":"kW"},
                 {"value":"{{40 + i}}","measurand":"SoC","unit":"Percent"}]}]}
                """);
        await visit.Station.Call(
            "StopTransaction", $$"""{"transactionId":{{number}},"meterStop":9000,"timestamp":"{{now:O}}"}""");
        await visit.Station.Call("Authorize", """{"idTag":"04B2"}""");
        var session = (await api.Get("/sessions")).MustBe(200).Items[0]!["_id"];
        return
        [
            "/", "/chargestations", "/chargestations?new=1", "/sessions", "/sessions?start=1", $"/sessions/{session}",
            .. Tabs.Select(tab => $"/chargestations/{visit.Box.Id}?tab={tab}"), "/drivers", $"/drivers/{driver}",
            "/cards", "/cards?tab=unknown", "/locations", $"/locations/{location}", "/rates", $"/rates/{rate}",
            "/webhooks", $"/webhooks/{hook}", "/api-keys", "/operators", "/audit-log", "/settings", "/first-steps",
            "/nowhere",
        ];
    }

    /// <summary>A reservation, a load group, a schedule, a certificate, and money for the driver.</summary>
    private static async Task<string[]> FurnishMore(Visit visit)
    {
        var api = visit.Api;
        var group = await api.Make("/load_management/groups", $$"""
            {"name":"Fuse","maximum_capacity":20,"connectors":["{{visit.Box.Connector}}"]}
            """);
        var driver = (string)Assert.Single((await api.Get("/users")).MustBe(200).Items)!["_id"]!;
        await Purse.Fill(api, driver, 2_000);
        await api.Make("/top_up", $$"""{"wallet":"{{driver}}","amount":500}""");
        await api.Make("/reservations", $$"""
            {"connector":"{{visit.Box.Connector}}","user":"{{driver}}",
             "expires_at":"{{DateTimeOffset.UtcNow.AddHours(1):O}}"}
            """);
        var rate = await api.Make(
            "/rates", """{"name":"N","currency":"EUR","price_components":[{"type":"ENERGY","price":0.3}]}""");
        var schedule = await api.Make("/rates/schedule", $$"""
            {"name":"Plan","currency":"EUR","default_rate":"{{rate}}","layout":[{"rate":"{{rate}}",
             "target":{"day_of_week":[1],"start_time":"22:07","end_time":"05:43"} }]}
            """);
        await Papers.Note(visit.Box.Server, visit.Box.Id);
        return
        [
            "/reservations", "/reservations?new=1", "/load-groups", $"/load-groups/{group}",
            "/chargestations?tab=unknown", $"/rates/{schedule}",
        ];
    }
}
