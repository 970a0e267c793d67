using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>A running session's state lies with its newest event (ADR 0011): everybody is shown the same.</summary>
public sealed class SessionShownTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_event_a_read_and_a_list_show_the_same_session(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        await stage.Station.Call(
            "StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Charging"}""");
        stage.Pass(30);

        await stage.Station.Call("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},"meterValue":[
             {"timestamp":"{{stage.Clock.GetUtcNow():O}}","sampledValue":[
              {"value":"5000"},{"value":"10","measurand":"Power.Active.Import","unit":"kW"},
              {"value":"16","measurand":"Current.Import","phase":"L1","unit":"A"},
              {"value":"230","measurand":"Voltage","phase":"L1-N","unit":"V"},
              {"value":"55","measurand":"SoC","unit":"Percent"}]}]}
            """);

        var told = await Updated(stage);
        var id = (string)told["_id"]!;
        var read = (await stage.Api.Get($"/sessions/{id}")).MustBe(200).Result.ToJsonString();
        Assert.Equal(read, told.ToJsonString());
        Assert.Equal(read, Assert.Single((await stage.Api.Get("/sessions?status=Started")).MustBe(200).Items)!
            .ToJsonString());
        var report = told["energy_report"]!;
        Assert.Equal("""{"value":10,"unit":"kW"}""", report["power"]!.ToJsonString());
        Assert.Equal("""{"value":16,"unit":"A"}""", report["current"]!.ToJsonString());
        Assert.Equal("""{"value":230,"unit":"V"}""", report["voltage"]!.ToJsonString());
        Assert.Equal("""{"value":5000,"unit":"Wh"}""", report["energy_meter"]!.ToJsonString());
        Assert.Equal("""{"value":55,"unit":"Percent"}""", report["state_of_charge"]!.ToJsonString());
        Assert.Equal("Charging", (string?)Assert.Single(told["charging_activity"]!.AsArray())!["status"]);

        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 5_000));
        var ended = (await stage.Api.Get($"/sessions/{id}")).MustBe(200).Result;
        Assert.Equal(("Ended", 5_000m), ((string?)ended["status"], (decimal)ended["metrics"]!["energyConsumed"]!));
    }

    private static async Task<JsonObject> Updated(Stage stage)
    {
        while (true)
        {
            var happened = await stage.NextEvent();
            if ((string?)happened["type"] == "session.updated") return happened["data"]!.AsObject();
        }
    }
}
