using System.Net.WebSockets;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What an operator asks of a station, and what its page says of it.</summary>
public sealed class StationPagesTests
{
    [Fact]
    public async Task A_command_is_requested_until_the_station_accepts_or_refuses_it()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto($"/chargestations/{visit.Box.Id}?tab=commands");
        await visit.Sees("No command has been sent yet");

        await visit.Press("Ask for a message");
        await visit.Press("Send");
        var asked = await visit.Station.Expect();
        Assert.Equal("TriggerMessage", (string)asked[2]!);
        await visit.Sees("Requested");
        await visit.Station.Answer(asked, """{"status":"Accepted"}""");
        await visit.Sees("Accepted");
        await visit.Press("Unlock a connector");
        await visit.Choose("Connector", "Connector 1");
        await visit.Press("Send");
        await visit.Submit("Send");
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"UnlockFailed"}""");
        await visit.Sees("Failed");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Unlock a connector" })
            .Last.ClickAsync();
        await visit.Page.GetByText("UnlockFailed").First.WaitForAsync();
        await visit.Station.Cut();
        await visit.Sees("The station is offline: it takes no commands until it connects again.");
        Assert.True(await visit.Button("Send").IsDisabledAsync());

        var actions = (await visit.Api.Get("/actions?sort_order=asc")).MustBe(200).Items;
        Assert.Equal(["completed", "failed"], actions.Select(a => (string)a!["status"]!));
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_configuration_is_read_and_changed_where_the_station_agrees()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto($"/chargestations/{visit.Box.Id}?tab=configuration");
        await visit.Press("Read from the station");
        await visit.Station.Answer(await visit.Station.Expect(), """
            {"configurationKey":[{"key":"HeartbeatInterval","readonly":false,"value":"300"},
             {"key":"NumberOfConnectors","readonly":true,"value":"1"},
             {"key":"LocalPreAuthorize","readonly":false,"value":"true"}]}
            """); // over several lines, as some stations write
        await visit.Sees("Read only");

        await visit.Fill("Search", "heartbeat");
        await visit.Page.GetByText("NumberOfConnectors").First.WaitForAsync(Visit.Gone);
        await Change(visit, "HeartbeatInterval", "60", "Accepted");
        await visit.Sees("60");
        await visit.Fill("Search", "");
        await Change(visit, "LocalPreAuthorize", "maybe", "Rejected");
        await visit.Sees("Failed");
        await visit.Press("Set another key");
        await visit.Fill("Key", "VendorKey");
        await visit.Fill("Value", "x");
        await visit.Submit("Send");
        await visit.Station.Answer(await visit.Station.Expect(), """{"status":"Accepted"}""");
        await visit.Sees("VendorKey");

        var kept = (await visit.Api.Get("/chargestations/" + visit.Box.Id)).MustBe(200).Result["configuration"]!;
        Assert.Equal("60", (string)kept["HeartbeatInterval"]!);
        Assert.Equal("true", (string)kept["LocalPreAuthorize"]!);
        Assert.Equal("x", (string)kept["VendorKey"]!);
        visit.MustBeCalm();
    }

    [Fact]
    public async Task Messages_are_searched_decoded_and_turned_while_more_come()
    {
        const int first = 70;
        const int later = 5;
        await using var visit = await Visit.Begin();
        for (var i = 0; i < first; i++) await Ask(visit, i);
        await visit.Goto($"/chargestations/{visit.Box.Id}?tab=messages");
        await Row(visit, first - 1).WaitForAsync();

        for (var i = first; i < first + later; i++) await Ask(visit, i);
        await visit.Button("Show newer messages").WaitForAsync();
        await Box.Until(
            async () => (int)(await visit.Api.Get(
                $"/chargestations/{visit.Box.Id}/messages?action=Authorize")).Json["total"]! == first + later,
            "all messages");
        while (await visit.Button("Show more").IsVisibleAsync())
        {
            await visit.Press("Show more");
            await visit.Page.WaitForFunctionAsync("() => !document.querySelector('[data-loading]')");
        }

        await Row(visit, 0).WaitForAsync();
        for (var i = 0; i < first; i++) Assert.Equal(1, await Row(visit, i).CountAsync());
        await visit.Press("Show newer messages");
        await Row(visit, first + later - 1).WaitForAsync();
        await visit.Fill("Search", "CARD-0042");
        await Row(visit, 41).WaitForAsync(Visit.Gone);
        await Row(visit, 42).ClickAsync();
        Assert.Equal(0, await Row(visit, 41).CountAsync()); // not merely while the list was read
        await visit.Page.GetByText("\"idTag\": \"CARD-0042\"").WaitForAsync();
        await visit.Page.GetByText("\"status\": \"Invalid\"").WaitForAsync();
        await visit.Press("Clear filters");
        await visit.Choose("Direction", "To the station");
        await visit.Sees("No message fits");
        await visit.Press("Clear filters");
        await visit.Fill("Message", "BootNotification");
        await Row(visit, first - 1).WaitForAsync(Visit.Gone);
        await visit.Page.GetByText("chargePointVendor Test").WaitForAsync();
        visit.MustBeCalm();
    }

    [Fact]
    public async Task A_wrong_password_is_diagnosed_and_a_new_one_lets_the_station_in()
    {
        await using var visit = await Visit.Begin();
        var made = (await visit.Api.Post(
            "/chargestations", """{"name":"Gate","endpoint":"GATE-1","security":{"type":"basic_auth"}}"""))
            .MustBe(201);
        var (id, old) = (made.Text("_id"), (string)made.Result["security"]!["password"]!);
        await Assert.ThrowsAsync<WebSocketException>(() => visit.Knock("GATE-1", "not it, not at all"));

        await visit.Goto($"/chargestations/{id}?tab=connection");
        var attempt = Assert.Single(
            (await visit.Api.Get($"/chargestations/{id}/connection_attempts")).MustBe(200).Items)!;
        await visit.Sees("The name is right, the password is not");
        await visit.Page.GetByText("What to do: Enter the password again.").WaitForAsync();
        await visit.Page.GetByText("In the API's words").First.ClickAsync();
        await visit.Sees($"{attempt["diagnosis"]} {attempt["remedy"]}");
        await visit.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Security" }).ClickAsync();
        var findings = (await visit.Api.Get($"/chargestations/{id}/security_posture")).MustBe(200).Result["findings"]!;
        Assert.NotEmpty(findings.AsArray());
        await visit.Page.GetByText("In the API's words").First.ClickAsync();
        await visit.Sees($"{findings[0]!["finding"]} {findings[0]!["remedy"]}");
        await visit.Press("Make a new password");
        await visit.Submit("Make a new password");
        var password = await visit.Page.Locator("code").First.InnerTextAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => visit.Knock("GATE-1", old));
        await using (var station = await visit.Knock("GATE-1", password)) await station.Boot("Test", "Two");
        await visit.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Connection" }).ClickAsync();
        await visit.Sees("Accepted");
        visit.MustBeCalm();
    }

    private static async Task Change(Visit visit, string key, string value, string answer)
    {
        await visit.Press("Change " + key);
        await visit.Fill("Value", value);
        await visit.Submit("Send");
        var call = await visit.Station.Expect();
        Assert.Equal(value, (string)call[3]!["value"]!);
        await visit.Station.Answer(call, $$"""{"status":"{{answer}}"}""");
    }

    private static Task Ask(Visit visit, int card) =>
        visit.Station.Call("Authorize", $$"""{"idTag":"CARD-{{card:0000}}"}""");

    private static ILocator Row(Visit visit, int card) => visit.Page.GetByRole(
        AriaRole.Button, new PageGetByRoleOptions { Name = $"CARD-{card:0000}" });
}
