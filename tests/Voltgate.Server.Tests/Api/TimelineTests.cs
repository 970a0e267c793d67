using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Api;

/// <summary>GET /sessions/{id}/timeline: all that happened, in the order in which it happened.</summary>
public sealed class TimelineTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_shows_frames_transitions_cost_lines_and_webhooks_in_order(string provider)
    {
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(500);
        await using var stage = await Stage.Set(provider, configure: o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        await stage.Api.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["session.*"]}""");
        var number = Talk.Number(await stage.Station.Ask("StartTransaction", Talk.Start(stage)));
        await sink.Wait(1);
        var id = (string)(await stage.Api.Get("/sessions")).Items[0]!["_id"]!;
        await Shown(stage, id, e => (string)e["kind"]! == "webhook");
        sink.AnswerStatus(200);
        stage.Pass(10);
        await stage.Station.Call("MeterValues", Talk.Meter(stage, number, 1_000));
        await Shown(stage, id, e => Line(e).StartsWith("webhook session.updated", StringComparison.Ordinal));
        stage.Pass(10);
        await stage.Station.Call("StopTransaction", Talk.Stop(stage, number, 2_000));

        var entries = await Shown(
            stage, id, e => Line(e).StartsWith("webhook session.ended", StringComparison.Ordinal));

        Assert.Equal(
            [
                "frame StartTransaction in", "event session.started", "webhook session.started 500 status",
                "frame MeterValues in", "event session.updated", "webhook session.started 200",
                "webhook session.updated 200",
                "frame StopTransaction in", "event session.ended", "webhook session.ended 200", "cost ENERGY",
            ],
            entries.Select(Line));
        Assert.Equal(entries.Select(At).Order(), entries.Select(At));
        Assert.Equal([0, 10, 20], entries.Select(e => (At(e) - At(entries[0])).TotalMinutes).Distinct());
        Assert.Equal(number, (int)entries[3]["data"]!["transactionId"]!);
        Assert.Equal((string?)entries[1]["_id"], (string?)entries[2]["_id"]);
        Assert.Equal(1m, (decimal)entries[^1]["data"]!["totalCost"]!);
    }

    private static DateTimeOffset At(JsonNode entry) => DateTimeOffset.Parse((string)entry["at"]!);

    private static string Line(JsonNode entry)
    {
        string[] told = ["kind", "what", "direction", "status", "error"];
        return string.Join(' ', told.Select(k => entry[k]?.ToString()).OfType<string>());
    }

    /// <summary>The timeline, once there is such an entry.</summary>
    private static async Task<List<JsonNode>> Shown(Stage stage, string id, Func<JsonNode, bool> wanted)
    {
        for (var i = 0; ; i++)
        {
            var all = (await stage.Api.Get($"/sessions/{id}/timeline?paginate_enabled=false")).MustBe(200).Items;
            if (all.Any(e => wanted(e!))) return [.. all.OfType<JsonNode>()];
            Assert.True(i < 500, $"It never came: {all.ToJsonString()} {stage.Logged}");
            await Task.Delay(20);
        }
    }
}
