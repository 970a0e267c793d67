using System.Net.WebSockets;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Microsoft.Playwright;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Connectors behind one fuse, and what each of them gets.</summary>
public sealed class LoadGroupsPagesTests
{
    [Fact]
    public async Task A_group_limits_its_stations_until_they_leave_and_it_goes()
    {
        await using var visit = await Visit.Begin();
        var obeying = Obey(visit.Station);
        await visit.Api.Make("/tokens", """{"physicalId":"04A1"}""");
        await visit.Api.Make("/chargestations", """{"name":"Gate","connectors":[{"connectorId":1}]}""");
        await visit.Goto("/load-groups");
        await visit.Press("Add a load group");
        await visit.Fill("Name", "Fuse");
        await visit.Fill("All together at most, kW", "20");
        await visit.Submit("Save");
        await visit.Heading("Fuse");
        var group = Assert.Single((await visit.Api.Get("/load_management/groups")).MustBe(200).Items)!;
        var path = "/load_management/groups/" + group["_id"];
        Assert.Equal(20m, (decimal)group["maximum_capacity"]!);

        await Add(visit, "Box");
        await Add(visit, "Gate");
        await Row(visit, "Box, Connector 1 Idle – – – No session runs.");
        await Row(visit, "Gate, Connector 1 Offline .* The station is not connected.");
        Assert.Equal(2, (await visit.Api.Get(path)).MustBe(200).Result["connectors"]!.AsArray().Count);
        var number = (int)(await visit.Station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"04A1","meterStart":0,"timestamp":"{{DateTimeOffset.UtcNow:O}}"}
            """))["transactionId"]!;
        await Row(visit, "Box, Connector 1 Charging 20 kW 20 kW – It has its share.");

        await visit.Press("Edit");
        await visit.Fill("All together at most, kW", "12");
        await visit.Submit("Save");
        await visit.Station.Call("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"{{DateTimeOffset.UtcNow:O}}",
             "sampledValue":[{"value":"100"},{"value":"9","measurand":"Power.Active.Import","unit":"kW"}]}]}
            """);
        await Row(visit, "Box, Connector 1 Charging 12 kW 12 kW 9 kW It has its share.");
        Assert.Equal(12m, (decimal)(await visit.Api.Get(path)).MustBe(200).Result["maximum_capacity"]!);

        await visit.Press("Take out Gate, Connector 1");
        await visit.Dialog.GetByText("The connector is limited no longer").WaitForAsync();
        await visit.Submit("Take out");
        await visit.Link("Gate, Connector 1").WaitForAsync(Visit.Gone);
        var left = (await visit.Api.Get(path)).MustBe(200).Result["connectors"]!.AsArray();
        Assert.Equal(visit.Box.Connector, (string)Assert.Single(left)!);
        await visit.Press("Delete");
        await visit.Fill("Type Fuse to confirm", "Fuse");
        await visit.Submit("Delete");
        await visit.Sees("No load group yet");
        (await visit.Api.Get(path)).MustBe(404);
        visit.MustBeCalm();
        await visit.Station.Cut();
        Assert.Contains("SetChargingProfile", await obeying);
    }

    private static async Task Add(Visit visit, string station)
    {
        await visit.Press("Add a chargestation");
        await visit.Choose("Connector", station);
        await visit.Submit("Add a chargestation");
        await visit.Link(station + ", Connector 1").WaitForAsync();
    }

    private static async Task Row(Visit visit, string pattern)
    {
        var rows = visit.Page.GetByRole(AriaRole.Row);
        try
        {
            await visit.Page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { NameRegex = new Regex(pattern) })
                .WaitForAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException(
                $"No {pattern} among:\n{string.Join('\n', await rows.AllInnerTextsAsync())}", e);
        }
    }

    /// <summary>Accepts whatever the station is told until it is cut off; what that was.</summary>
    private static async Task<List<string>> Obey(ScriptedStation station)
    {
        var told = new List<string>();
        try
        {
            while (true)
            {
                var call = await station.Expect();
                told.Add((string)call[2]!);
                await station.Answer(call, """{"status":"Accepted"}""");
            }
        }
        catch (Exception e) when (e is ChannelClosedException or WebSocketException)
        {
            return told;
        }
    }
}
