using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>A station that says everything it can in hostile texts, and answers so, too.</summary>
internal sealed class HostileStation : IAsyncDisposable
{
    private readonly ScriptedStation station;
    private readonly Box box;
    private int last;

    private HostileStation(ScriptedStation station, Box box) => (this.station, this.box) = (station, box);

    /// <summary>What it said, by the ids of its messages.</summary>
    public Dictionary<string, JsonNode> Said { get; } = [];

    public static async Task<HostileStation> Connect(Box box) =>
        new(await ScriptedStation.Connect(box.Server.Url, box.Endpoint), box);

    /// <summary>Says each message with the text in every field; how many fields held it.</summary>
    public async Task<int> Say(string text)
    {
        var (frames, fields) = HostileFrames.Of(text);
        foreach (var (action, payload) in frames)
        {
            var id = $"h{++last}";
            var answer = await station.Ask(action, payload.ToJsonString(), id);
            Assert.True((int)answer[0]! == 3, $"{action} {payload.ToJsonString()}: {answer.ToJsonString()}");
            Said[id] = payload;
        }

        return fields;
    }

    /// <summary>Is asked for its settings, and tells the texts as their names, values and unknown names.</summary>
    public async Task Tell(string[] texts)
    {
        (await box.Api.Get($"/chargestations/{box.Id}/configurations")).MustBe(200);
        var call = await station.Expect();
        var keys = new JsonArray([.. texts.Select(t => new JsonObject
        {
            ["key"] = Cut(t, 50), ["readonly"] = false, ["value"] = Cut(t, 500),
        })]);
        await station.Answer(call, new JsonObject
        {
            ["configurationKey"] = keys, ["unknownKey"] = new JsonArray([.. texts.Select(t => Cut(t, 50))]),
        }.ToJsonString());
        await box.Happens("chargestation.get_configuration.accepted");
    }

    /// <summary>Where the API shows what it said.</summary>
    public string[] Paths =>
    [
        $"/chargestations/{box.Id}", $"/chargestations/{box.Id}/messages?paginate_limit=1000",
        $"/chargestations/{box.Id}/connection_attempts", $"/chargestations/{box.Id}/security_posture",
        "/chargestations", "/connectors", "/sessions?paginate_limit=1000", "/events?paginate_limit=1000",
        "/tokens/unknown?paginate_limit=1000", "/actions", "/connection_attempts", "/sessions.csv", "/sessions.jsonl",
    ];

    public ValueTask DisposeAsync() => station.DisposeAsync();

    private static JsonNode Cut(string text, int most) => JsonValue.Create(text.Length > most ? text[..most] : text);
}
