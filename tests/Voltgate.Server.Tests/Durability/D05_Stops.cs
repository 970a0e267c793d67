using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Stops that are said again (D05), and stops that fit nothing (D06).</summary>
public sealed class D05_Stops
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_stop_that_is_said_again_and_again_ends_once(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var number = Talk.Number(await stage.Station.Call("StartTransaction", Talk.Start(stage)));
        stage.Pass(30);
        var stop = Talk.Stop(stage, number, 6_000);

        var answers = (await Task.WhenAll(
            Enumerable.Range(0, 5).Select(i => stage.Station.Ask("StopTransaction", stop, $"id{i / 2}")))).ToList();
        var ended = Assert.Single(await stage.Sessions())!.ToJsonString();
        await stage.Restart();
        await stage.Connect();
        for (var i = 0; i < 5; i++) answers.Add(await stage.Station.Ask("StopTransaction", stop, $"id{i / 2}"));

        Assert.All(answers, a => Assert.Equal((3, "{}"), ((int)a[0]!, a[2]!.ToJsonString())));
        Assert.Equal(ended, Assert.Single(await stage.Sessions())!.ToJsonString());
        Assert.Equal(3m, (decimal)JsonNode.Parse(ended)!["cost"]!["amount"]!);
        Assert.Equal(1, await stage.Count("events where type = 'session.ended'"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task D06_a_stop_that_fits_nothing_is_kept_and_changes_nothing(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var foreign = Talk.Number(await stage.Station.Call("StartTransaction", Talk.Start(stage)));
        var before = Assert.Single(await stage.Sessions())!.ToJsonString();
        var endpoint = "T-" + Guid.NewGuid().ToString("N")[..12];
        var id = await stage.Api.Make("/chargestations", $$"""
            {"name":"Other","endpoint":"{{endpoint}}","security":{"type":"none"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22}]}
            """);
        await using var other = await ScriptedStation.Connect(stage.Server.Url, endpoint);

        foreach (var number in new[] { foreign == 4_711 ? 4_712 : 4_711, 0, -1, foreign })
            await other.Call("StopTransaction", Talk.Stop(stage, number, 9_000));
        stage.Pass(1);

        Assert.Equal(before, Assert.Single(await stage.Sessions())!.ToJsonString());
        Assert.Equal(4, await stage.Count($"messages where chargestation = '{id}' and action = 'StopTransaction'"));
        Assert.Equal(1, await stage.Count(
            $"events where stream = '{id}' and type = 'chargestation.security_event'"));
        Assert.Equal(1, await stage.Count("events where type = 'chargestation.security_event'"));
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, foreign, 100));
        Assert.Equal("Ended", (string?)Assert.Single(await stage.Sessions())!["status"]);
    }
}
