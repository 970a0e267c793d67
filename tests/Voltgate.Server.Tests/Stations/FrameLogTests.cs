using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>GET /chargestations/{id}/messages: what was said, in both directions.</summary>
public sealed class FrameLogTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_a_station_said_and_was_told_is_listed_newest_first(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var path = $"/chargestations/{stage.Words["s1"]}/messages";
        var session = await stage.Api.Make(
            "/sessions", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        var number = Talk.Number(await stage.Station.Ask(
            "StartTransaction", Talk.Start(stage, tag: stage.Words["tag"]), id: "start-1"));
        stage.Pass(1);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 10));

        var all = (await stage.Api.Get(path + "?session=" + session)).MustBe(200);
        var said = all.Items.Select(f => $"{f!["direction"]} {f["action"]}").ToList();
        Assert.Equal("in StopTransaction", said[0]);
        Assert.Equal("out RemoteStartTransaction", said[^1]);
        // The station's answer to the remote start, and what it said next, may change places.
        Assert.Equal(["in RemoteStartTransaction", "in StartTransaction"], said[1..^1].Order(StringComparer.Ordinal));
        var start = (await stage.Api.Get(path + "?action=StartTransaction")).MustBe(200).Items.Single()!;
        Assert.Equal("start-1", (string)start["message_id"]!);
        Assert.Equal(stage.Words["tag"], (string)start["payload"]!["idTag"]!);
        Assert.Contains(
            (await stage.Api.Get(path + "?direction=in&paginate_limit=1000")).MustBe(200).Items,
            f => (string)f!["action"]! == "BootNotification");

        var first = (await stage.Api.Get(path + "?paginate_limit=2")).MustBe(200);
        var second = await stage.Api.Get(
            $"{path}?paginate_limit=2&paginate_cursor={Uri.EscapeDataString((string)first.Json["nextCursor"]!)}");
        Assert.NotEqual(first.Items[1]!.ToJsonString(), second.MustBe(200).Items[0]!.ToJsonString());
        using var stranger = await stage.Server.Tenant("Stranger");
        (await stranger.Get(path)).MustBe(404);
    }
}
