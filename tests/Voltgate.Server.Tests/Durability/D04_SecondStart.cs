using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>A card that charges already starts a true second session elsewhere.</summary>
public sealed class D04_SecondStart
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_is_told_ConcurrentTx_and_recorded(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await TwoStarts(stage, "ConcurrentTx");
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Where_the_operator_allows_it_it_is_accepted(string provider)
    {
        await using var stage = await Stage.Set(
            provider, configure: o => o with { Sessions = o.Sessions with { AllowConcurrentTokens = true } });
        await TwoStarts(stage, "Accepted");
    }

    private static async Task TwoStarts(Stage stage, string verdict)
    {
        var first = await stage.Station.Ask("StartTransaction", Talk.Start(stage));
        stage.Pass(5);
        var (here, there) = (Talk.Start(stage, connector: 2), Talk.Start(stage));
        var second = await stage.Station.Call("StartTransaction", here);
        await using var other = await Elsewhere(stage);
        var third = await other.Call("StartTransaction", there);

        Assert.Equal("Accepted", (string?)first[2]!["idTagInfo"]!["status"]);
        Assert.Equal(verdict, (string?)second["idTagInfo"]!["status"]);
        Assert.Equal(verdict, (string?)third["idTagInfo"]!["status"]);
        Assert.Equal(second.ToJsonString(), (await stage.Station.Call("StartTransaction", here)).ToJsonString());
        Assert.Equal(third.ToJsonString(), (await other.Call("StartTransaction", there)).ToJsonString());
        Assert.Equal(["Started", "Started", "Started"], (await stage.Sessions()).Select(s => (string?)s!["status"]));
    }

    private static async Task<ScriptedStation> Elsewhere(Stage stage)
    {
        var endpoint = "T-" + Guid.NewGuid().ToString("N")[..12];
        await stage.Api.Make("/chargestations", $$"""
            {"name":"Other","endpoint":"{{endpoint}}","security":{"type":"none"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22}]}
            """);
        return await ScriptedStation.Connect(stage.Server.Url, endpoint);
    }
}
