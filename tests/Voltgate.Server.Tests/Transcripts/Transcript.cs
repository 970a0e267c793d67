using System.Text.Json.Nodes;
using Voltgate.Server.Conform;

namespace Voltgate.Server.Tests.Transcripts;

/// <summary>Plays a script on a stage: the station is ours, time leaps, and no event may be left over.</summary>
internal sealed class Transcript(Stage stage) : Player(new Words(stage.Words, stage.Clock.GetUtcNow))
{
    private JsonArray? lastCall;

    protected override async Task<(int Status, JsonNode Json)> Request(string verb, string path, string? body)
    {
        var answer = await stage.Api.Send(verb, path, body);
        return (answer.Status, answer.Json);
    }

    protected override Task<JsonArray> Say(string action, string payload, string? id) =>
        stage.Station.Ask(action, payload, id);

    // Once the pulse behind it is answered it has been served; what comes before that would answer it.
    protected override async Task Send(string action, string payload)
    {
        await stage.Station.Send($"[6,\"{Guid.NewGuid():N}\",\"{action}\",{payload}]");
        var next = await stage.Station.Ask("Heartbeat", "{}", "behind");
        if ((string?)next[1] != "behind") throw new MismatchException($"it was answered {next.ToJsonString()}");
    }

    protected override async Task<JsonArray> Hear(string action) => lastCall = await stage.NextCall();

    // The pulse behind it is answered once the answer has arrived: then the clock may move.
    protected override async Task Answer(string? payload, string? code)
    {
        var id = (string)lastCall![1]!;
        await stage.Station.Send(payload is null ? $"[4,\"{id}\",\"{code}\",\"\",{{}}]" : $"[3,\"{id}\",{payload}]");
        await stage.Station.Call("Heartbeat", "{}");
    }

    protected override async Task<JsonObject?> NextEvent() => await stage.NextEvent();

    protected override async Task Wait(TimeSpan span)
    {
        stage.Clock.Leap(span);
        await Task.Yield();
    }

    protected override Task Prompt(string what) => Task.CompletedTask;

    protected override Task Stage(string what) => what switch
    {
        "cut" => stage.Station.Cut(),
        "connect" => stage.Connect(),
        "redial" => stage.Relink(),
        "restart" => stage.Restart(),
        _ => stage.Skip(),
    };

    protected override async Task End()
    {
        var rest = await stage.Unexpected();
        Assert.True(rest.Count == 0, "events that the transcript does not know: " + string.Join(", ", rest));
    }
}
