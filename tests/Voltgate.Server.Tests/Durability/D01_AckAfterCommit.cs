using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>An answer is a promise (reliability §9.1): not before the commit, and not without one.</summary>
public sealed class D01_AckAfterCommit
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task No_answer_leaves_before_its_commit(string provider)
    {
        await using var stage = await Stage.Set(provider);

        var started = await Held(stage, provider, "StartTransaction", Talk.Start(stage));
        var number = Talk.Number(started);
        stage.Pass(10);
        await Held(stage, provider, "MeterValues", Talk.Meter(stage, number, 1_000));
        stage.Pass(10);
        await Held(stage, provider, "StopTransaction", Talk.Stop(stage, number, 2_000));

        Assert.Equal("Ended", (string?)Assert.Single(await stage.Sessions())!["status"]);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_cannot_be_stored_is_refused_and_its_retry_counts_once(string provider)
    {
        await using var stage = await Stage.Set(provider);

        var started = await Refused(stage, "StartTransaction", () => Talk.Start(stage), open: 0);
        var number = Talk.Number(started);
        stage.Pass(10);
        await Refused(stage, "MeterValues", () => Talk.Meter(stage, number, 1_000), open: 1);
        stage.Pass(10);
        await Refused(stage, "StopTransaction", () => Talk.Stop(stage, number, 2_000), open: 1);

        var session = Assert.Single(await stage.Sessions())!;
        Assert.Equal(("Ended", 2_000m), ((string?)session["status"], (decimal)session["metrics"]!["energyConsumed"]!));
        foreach (var type in new[] { "session.started", "session.updated", "session.ended" })
            Assert.Equal(1, await stage.Count($"events where type = '{type}'"));
        Assert.Equal(3, await stage.Count("messages where direction = 'in' and session is not null"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_connection_that_left_before_it_could_be_stored_is_not_online(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Station.DisposeAsync();
        Assert.Equal("chargestation.offline", (string?)(await stage.NextEvent())["type"]);
        var stations = stage.Server.Services.GetRequiredService<LocalStations>();
        await stage.Execute("alter table events rename to hidden");

        var brief = await ScriptedStation.Connect(stage.Server.Url, stage.Words["endpoint"]);
        await Talk.Until(() => stage.Server.Logs.All.Any(l => l.Contains("LinkUp could not be stored")));
        await brief.DisposeAsync();
        await Talk.Until(() => stations.LinkCount == 0);
        await stage.Execute("alter table hidden rename to events");

        for (var i = 0; i < 10; i++)
        {
            stage.Clock.Leap(TimeSpan.FromSeconds(1.1));
            await Task.Delay(20);
        }

        Assert.Empty(await stage.Unexpected());
        Assert.False((bool)(await stage.Api.Get("/chargestations/" + stage.Words["s1"])).Result["online"]!);
    }

    /// <summary>Says it while nobody may commit: nothing comes back until somebody may.</summary>
    private static async Task<JsonArray> Held(Stage stage, string provider, string action, string payload)
    {
        Task<JsonArray> answer;
        await using (var locker = await stage.Open())
        {
            await locker.ExecuteAsync(provider == On.Sqlite
                ? "begin exclusive"
                : "begin; lock table messages in access exclusive mode");
            answer = stage.Station.Ask(action, payload);
            await Task.WhenAny(answer, Task.Delay(500));
            Assert.False(answer.IsCompleted, $"{action} was answered before its commit.");
            await locker.ExecuteAsync("rollback");
        }

        var frame = await answer;
        Assert.Equal(3, (int)frame[0]!);
        return frame;
    }

    /// <summary>Says it to a store that lacks a table, and again when the table is back; the last answer.</summary>
    private static async Task<JsonArray> Refused(Stage stage, string action, Func<string> payload, int open)
    {
        await stage.Skip();
        var actor = (await stage.Server.Services.GetRequiredService<LocalStations>().Of(stage.Words["s1"]))!;
        var before = actor.Station;
        await stage.Execute("alter table messages rename to hidden");
        for (var i = 0; i < 2; i++)
            Assert.Equal("InternalError", (string?)(await stage.Station.Ask(action, payload()))[2]);
        Assert.Equal(before, actor.Station);
        Assert.Equal(open, actor.Station.Sessions.Length);
        Assert.Equal(open, (await stage.Sessions()).Count);
        await stage.Execute("alter table hidden rename to messages");
        Assert.Empty(await stage.Unexpected());

        var frame = await stage.Station.Ask(action, payload());
        Assert.True((int)frame[0]! == 3, frame.ToJsonString() + stage.Logged);
        return frame;
    }
}
