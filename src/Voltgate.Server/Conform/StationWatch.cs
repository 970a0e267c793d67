using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Conform;

/// <summary>
/// Plays a script with a station that is no part of it: gives the orders through the API, and looks in the frame log
/// for what the station was told, answered and said. A person does what the script asks for.
/// </summary>
internal sealed class StationWatch : Player
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Time that a script lets pass for the sake of a bill need not pass at a station.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(150);

    // What tells messages of one action apart; the rest is the station's own.
    private static readonly string[] MeantBy =
        ["status", "connectorId", "type", "evseId", "connectorStatus", "eventType", "triggerReason"];

    private readonly HttpClient http;
    private readonly Subject subject;
    private readonly Func<string, Task> prompt;
    private readonly DateTimeOffset from = TimeProvider.System.GetUtcNow();
    private readonly HashSet<string> passed = [];
    private DateTimeOffset lastLink;
    private JsonObject? lastCall;

    /// <param name="http">With the address of the API, <c>…/v1.1</c>, and the key.</param>
    /// <param name="prompt">Asks a person to do something, and waits until it is done.</param>
    public StationWatch(HttpClient http, Subject subject, Func<string, Task> prompt)
        : base(new Words(subject.Words(), TimeProvider.System.GetUtcNow, readsLog: true)) =>
        (this.http, this.subject, this.prompt, lastLink) = (http, subject, prompt, from);

    /// <summary>The API of a server, for whoever has the key.</summary>
    public static HttpClient Api(Uri server, string key) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(server, "/v1.1/"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Asks the API; the status and the JSON of its answer.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or it is no Voltgate that does.</exception>
    public static async Task<(int Status, JsonNode Json)> Send(
        HttpClient http, string verb, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path.TrimStart('/'));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await http.SendAsync(request);
            return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{verb} {path} was answered with something that is not JSON", e);
        }
        catch (TaskCanceledException e)
        {
            throw new HttpRequestException($"{verb} {path} was not answered in {http.Timeout.TotalSeconds:0} s", e);
        }
    }

    protected override Task<(int Status, JsonNode Json)> Request(string verb, string path, string? body) =>
        Send(http, verb, path, body);

    protected override async Task<JsonArray> Say(string action, string payload, string? id)
    {
        var wanted = JsonNode.Parse(payload)!;
        var frame = await Next(
            f => Is(f, "in", "CALL", action) && IsMeant(wanted, f["payload"]), $"the station's {action}");
        Words.LearnFrom(wanted, frame["payload"]); // ids are the station's own
        var answer = frame["answer"]?.DeepClone() ?? new JsonObject();
        var refusal = frame["reasons"]?.AsArray().Select(r => (string)r!).FirstOrDefault() ?? "";
        return (string?)frame["verdict"] == "hard"
            ? new JsonArray(4, (string?)frame["message_id"], refusal.Split(':')[0], refusal)
            : new JsonArray(3, (string?)frame["message_id"], answer);
    }

    protected override async Task Send(string action, string payload)
    {
        var wanted = JsonNode.Parse(payload)!;
        var frame = await Next(
            f => Is(f, "in", "SEND", action) && IsMeant(wanted, f["payload"]), $"the station's {action}");
        Words.LearnFrom(wanted, frame["payload"]);
    }

    protected override async Task<JsonArray> Hear(string action)
    {
        lastCall = await Next(f => Is(f, "out", "CALL", action), $"our {action}");
        return new JsonArray(2, (string?)lastCall["message_id"], action, lastCall["payload"]?.DeepClone());
    }

    protected override async Task Answer(string? payload, string? code)
    {
        var id = (string?)lastCall!["message_id"];
        var frame = await Next(
            f => (string?)f["message_id"] == id && (string?)f["type"] is "CALLRESULT" or "CALLERROR" or "SILENCE",
            "the station's answer");
        var wanted = code ?? (string?)JsonNode.Parse(payload!)!["status"];
        var came = (string?)frame["type"] == "CALLRESULT"
            ? (string?)frame["payload"]?["status"]
            : frame["reasons"]?.AsArray().Select(r => (string)r!).FirstOrDefault() ?? (string?)frame["type"];
        // What a script has no status for, it has a result for.
        if ((string?)frame["type"] != "CALLRESULT" || wanted is not null && wanted != came)
            throw new OtherwiseException(
                $"the station answered {came ?? "nothing"}, and this is about {wanted ?? "a result"}");
        if (payload is not null) Words.LearnFrom(JsonNode.Parse(payload), frame["payload"]);
    }

    protected override Task<JsonObject?> NextEvent() => Task.FromResult<JsonObject?>(null);

    protected override Task Wait(TimeSpan span) =>
        span > LongestWait ? Task.CompletedTask : Task.Delay(span, TimeProvider.System);

    protected override Task Prompt(string what) => prompt(what);

    protected override async Task Stage(string what)
    {
        if (what is not ("cut" or "connect" or "redial"))
            throw new FormatException($"{what} is nothing that a person can do.");
        var isBack = what != "cut";
        await Until(
            async () =>
            {
                var station = await Read($"chargestations/{subject.Station}");
                var isOnline = (bool?)station["online"] == true;
                var linked = (DateTimeOffset?)station["lastConnectAt"] ?? lastLink;
                // Gone and back between two looks is cut off, too: the link is another one.
                if (!isBack) return !isOnline || linked > lastLink;
                if (isOnline) lastLink = linked;
                return isOnline;
            },
            isBack ? "the station is connected again" : "the station is cut off");
    }

    /// <summary>Of the station's frames since the script began, the first that fits and was not taken yet.</summary>
    private async Task<JsonObject> Next(Func<JsonObject, bool> fits, string what)
    {
        JsonObject? found = null;
        await Until(
            async () =>
            {
                var since = Uri.EscapeDataString(from.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'"));
                var frames = (await Read($"chargestations/{subject.Station}/messages?createdAt[$gte]={since}"))
                    .AsArray();
                foreach (var frame in frames.Reverse().Select(f => f!.AsObject()))
                {
                    if (!fits(frame) || !passed.Add(Key(frame))) continue;
                    found = frame;
                    return true;
                }

                return false;
            },
            what);
        return found!;
    }

    private async Task<JsonNode> Read(string path)
    {
        var (status, json) = await Request("GET", path, null);
        return status == 200 ? json["result"]! : throw new MismatchException($"GET {path} answered {status}");
    }

    private async Task Until(Func<Task<bool>> holds, string what)
    {
        var until = TimeProvider.System.GetUtcNow() + subject.Patience;
        while (!await holds())
        {
            if (TimeProvider.System.GetUtcNow() > until)
                throw new OtherwiseException($"{what} never came, in {subject.Patience.TotalSeconds:0} s");
            await Task.Delay(Look, TimeProvider.System);
        }
    }

    private static string Key(JsonObject frame) =>
        $"{frame["direction"]} {frame["type"]} {frame["message_id"]} {frame["createdAt"]}";

    private static bool Is(JsonObject frame, string direction, string type, string action) =>
        (string?)frame["direction"] == direction && (string?)frame["type"] == type
        && (string?)frame["action"] == action;

    private static bool IsMeant(JsonNode wanted, JsonNode? said) => MeantBy.All(
        name => wanted[name] is not { } value || JsonNode.DeepEquals(value, said?[name]));
}

/// <summary>The station did something else than the script is about: it neither shows nor refutes it.</summary>
internal sealed class OtherwiseException(string message) : Exception(message);

/// <summary>The station that is looked at.</summary>
/// <param name="Station">Its _id; Connectors, User and Tag likewise.</param>
/// <param name="Patience">How long a message of it may take.</param>
internal sealed record Subject(
    string Station, IReadOnlyList<string> Connectors, string User, string Tag, TimeSpan Patience)
{
    /// <summary>Cards by the words that scripts use: card, blocked, expired; those that people named.</summary>
    public IReadOnlyDictionary<string, string> Cards { get; init; } = new Dictionary<string, string>();

    public Dictionary<string, string> Words()
    {
        var words = new Dictionary<string, string>(Cards) { ["s1"] = Station, ["u1"] = User, ["tag"] = Tag };
        for (var i = 0; i < Connectors.Count; i++) words[$"c{i + 1}"] = Connectors[i];
        return words;
    }
}
