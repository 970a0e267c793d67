using Microsoft.Playwright;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Everything without a mouse: signing in, going about, starting and stopping a session.</summary>
public sealed class KeyboardTests
{
    private const int MostStops = 90;

    /// <summary>What whoever listens would hear first of that which has the focus.</summary>
    private const string Focused = """
        () => {
          const at = document.activeElement;
          const told = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
          return told.replace("*", "").trim();
        }
        """;

    [Fact]
    public async Task A_session_is_started_and_stopped_without_a_mouse()
    {
        await using var visit = await Visit.Begin();
        await visit.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        await SignIn(visit);

        var keys = visit.Page.Keyboard;
        await visit.Page.ReloadAsync();
        await visit.Heading("Overview");
        await TabTo(visit, "Skip to content", most: 1);
        await keys.PressAsync("Enter");
        Assert.Equal("main", await visit.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Equal(1, await visit.Page.GetByRole(AriaRole.Navigation).CountAsync());
        await keys.PressAsync("Control+k");
        await visit.Page.WaitForFunctionAsync("() => document.activeElement.role === 'combobox'");
        await keys.TypeAsync("sess");
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = "Drivers" })
            .WaitForAsync(Visit.Gone);
        await visit.Page.GetByRole(
            AriaRole.Option, new PageGetByRoleOptions { Name = "Sessions", Exact = true, Selected = true })
            .WaitForAsync();
        await keys.PressAsync("Enter");
        await visit.Heading("Sessions");
        await Focus(visit, "main"); // a page that is turned begins at its top

        await TabTo(visit, "Start a session");
        await keys.PressAsync("Enter");
        await visit.Dialog.WaitForAsync();
        await keys.PressAsync("Escape");
        await visit.Dialog.WaitForAsync(Visit.Gone);
        await visit.Page.WaitForFunctionAsync($"name => ({Focused})() === name", "Start a session");
        await keys.PressAsync("Enter");
        await Choose(visit, "Chargestation (online)", "Box");
        await Choose(visit, "Connector", "Connector 1");
        await Choose(visit, "Driver", "Ada");
        await TabTo(visit, "Start");
        await keys.PressAsync("Enter");
        await Begin(visit);

        await TabTo(visit, "Stop");
        await keys.PressAsync("Enter");
        await visit.Dialog.WaitForAsync();
        await visit.Page.WaitForFunctionAsync($"name => ({Focused})() === name", "Cancel"); // what harms nobody
        await keys.PressAsync("Enter");
        await visit.Dialog.WaitForAsync(Visit.Gone);
        await visit.Page.WaitForFunctionAsync($"name => ({Focused})() === name", "Stop");
        await keys.PressAsync("Enter");
        await visit.Dialog.WaitForAsync();
        await TabTo(visit, "Stop");
        await keys.PressAsync("Enter");
        await End(visit);
        await visit.Sees("Ended");

        var session = Assert.Single((await visit.Api.Get("/sessions")).MustBe(200).Items)!;
        Assert.Equal("Ended", (string)session["status"]!);
        visit.MustBeCalm(401);
    }

    private static async Task SignIn(Visit visit)
    {
        await visit.SignOut();
        await visit.Goto("/");
        var keys = visit.Page.Keyboard;
        await visit.Field("E-mail address").WaitForAsync();
        await TabTo(visit, "E-mail address");
        await keys.TypeAsync(visit.Email);
        await TabTo(visit, "Password");
        await keys.TypeAsync(OperatorClient.Password);
        await keys.PressAsync("Enter");
        await visit.Heading("Overview");
    }

    private static async Task Begin(Visit visit)
    {
        var start = await visit.Station.Expect();
        await visit.Station.Answer(start, """{"status":"Accepted"}""");
        await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{start[3]!["idTag"]}}","meterStart":0,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """);
        await visit.Sees("Running");
    }

    private static async Task End(Visit visit)
    {
        var stop = await visit.Station.Expect();
        await visit.Station.Answer(stop, """{"status":"Accepted"}""");
        await visit.Station.Call("StopTransaction", $$"""
            {"transactionId":{{stop[3]!["transactionId"]}},"meterStop":10,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """);
    }

    /// <summary>Opens a choice by its arrow, goes to what is meant, and takes it.</summary>
    private static async Task Choose(Visit visit, string label, string option)
    {
        await TabTo(visit, label);
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("ArrowDown");
        await visit.Page.GetByRole(AriaRole.Option, new PageGetByRoleOptions { Name = option }).First.WaitForAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Option).First.WaitForAsync(Visit.Gone);
    }

    private static Task Focus(Visit visit, string id) =>
        visit.Page.WaitForFunctionAsync("id => document.activeElement.id === id", id);

    private static async Task TabTo(Visit visit, string name, int most = MostStops)
    {
        var heard = new List<string>();
        while (heard.Count < most)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            heard.Add(await visit.Page.EvaluateAsync<string>(Focused));
            if (heard[^1] == name) return;
        }

        Assert.Fail($"The tab key never comes to {name}, but to {string.Join(" | ", heard)}");
    }
}
