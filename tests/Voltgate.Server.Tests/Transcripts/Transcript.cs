using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Transcripts;

/// <summary>
/// Plays a transcript: a text that reads as a conversation. Lines begin with
/// <c>api &gt;</c> a request, <c>soon &gt;</c> a read that is repeated until it shows what no event tells,
/// <c>&lt;</c> a CALL of the platform, <c>&gt; ok</c> its answer, <c>&gt;</c> a CALL of the station (with <c>= …</c>
/// the answer), <c>!</c> the next event, <c>$</c> the next line of the last bill (all of them or none), <c>wait</c>
/// time that passes, <c>cut</c>, <c>connect</c> and <c>redial</c> (no boot) the link, <c>restart</c> the server.
/// <c>$name</c> stands for a value; unknown ones are learnt from what comes. JSON matches if
/// it says at least what the transcript says.
/// </summary>
internal sealed partial class Transcript(Stage stage)
{
    private JsonArray? lastCall;
    private JsonNode? lastSeen;
    private Queue<JsonNode?>? unread;

    public async Task Play(string text)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                if (line[0] != '$') AllRead();
                await Play1(line);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"line {number}: {line}\n{e.Message}", e);
            }
        }

        AllRead();
        var rest = await stage.Unexpected();
        Assert.True(rest.Count == 0, "events that the transcript does not know: " + string.Join(", ", rest));
    }

    private Task Play1(string line) => line switch
    {
        _ when line.StartsWith("api >", StringComparison.Ordinal) => Request(line[5..].Trim()),
        _ when line.StartsWith("soon >", StringComparison.Ordinal) => Await(line[6..].Trim()),
        _ when line.StartsWith("> ok", StringComparison.Ordinal) =>
            Answer($"[3,\"{(string)lastCall![1]!}\",{Fill(line[4..].Trim())}]"),
        _ when line.StartsWith("> error", StringComparison.Ordinal) =>
            Answer($"[4,\"{(string)lastCall![1]!}\",\"{line[7..].Trim()}\",\"\",{{}}]"),
        _ when line.StartsWith('>') => Say(line[1..].Trim()),
        _ when line.StartsWith('$') => Read(line[1..]),
        _ when line.StartsWith('<') => Hear(line[1..].Trim()),
        _ when line.StartsWith('!') => Happen(line[1..].Trim()),
        _ when line.StartsWith("wait ", StringComparison.Ordinal) => Wait(line[5..].Trim()),
        "cut" => stage.Station.Cut(),
        "connect" => stage.Connect(),
        "redial" => stage.Relink(),
        "restart" => stage.Restart(),
        "skip events" => stage.Skip(),
        _ => throw new FormatException("Not a line of a transcript."),
    };

    // The pulse behind it is answered once the answer has arrived: then the clock may move.
    private async Task Answer(string frame)
    {
        await stage.Station.Send(frame);
        await stage.Station.Call("Heartbeat", "{}");
    }

    private async Task Request(string line)
    {
        var match = RequestLine().Match(line);
        if (!match.Success) throw new FormatException("api > VERB /path {body} STATUS key=value …");
        var body = match.Groups["body"].Success ? Fill(match.Groups["body"].Value) : null;
        var answer = await stage.Api.Send(match.Groups["verb"].Value, Fill(match.Groups["path"].Value), body);
        answer.MustBe(int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture));
        lastSeen = answer.Json;
        Check(answer.Json, match.Groups["rest"].Value);
    }

    private async Task Await(string line)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                await Request(line);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (left > 0)
            {
                await Task.Delay(50);
            }
        }
    }

    private Task Read(string pairs)
    {
        unread ??= new Queue<JsonNode?>(Find(lastSeen, "breakdown")!.AsArray());
        Assert.True(unread.TryDequeue(out var line), "The bill has no such line.");
        Check(line!, pairs);
        return Task.CompletedTask;
    }

    private void AllRead()
    {
        if (unread is { Count: > 0 }) Assert.Fail("The bill goes on: " + unread.Peek()!.ToJsonString());
        unread = null;
    }

    private async Task Say(string line)
    {
        var at = line.IndexOf(" = ", StringComparison.Ordinal);
        var (said, wanted) = at < 0 ? (line, "{}") : (line[..at], line[(at + 3)..]);
        var blank = said.IndexOf(' ', StringComparison.Ordinal);
        var (action, payload) = blank < 0 ? (said, "{}") : (said[..blank], said[blank..].Trim());
        var id = default(string);
        if (action.IndexOf('#') is > 0 and var hash) (action, id) = (action[..hash], action[(hash + 1)..]);
        var frame = await stage.Station.Ask(action, Fill(payload), id);
        if (wanted.StartsWith("error ", StringComparison.Ordinal))
        {
            Assert.Equal(wanted["error ".Length..], (string)frame[2]!);
            return;
        }

        Assert.True((int)frame[0]! == 3, $"answered {frame.ToJsonString()}");
        Match(JsonNode.Parse(Quote(wanted))!, frame[2]!);
    }

    private async Task Hear(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        var (action, wanted) = blank < 0 ? (line, "{}") : (line[..blank], line[blank..].Trim());
        lastCall = await stage.NextCall();
        Assert.Equal(action, (string)lastCall[2]!);
        Match(JsonNode.Parse(Quote(wanted))!, lastCall[3]!);
    }

    private async Task Happen(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        var happened = await stage.NextEvent();
        Assert.Equal(blank < 0 ? line : line[..blank], (string)happened["type"]!);
        lastSeen = happened["data"];
        if (blank >= 0) Check(lastSeen!, line[blank..]);
    }

    private async Task Wait(string span)
    {
        var amount = double.Parse(span[..^1], CultureInfo.InvariantCulture);
        var wait = span[^1] switch
        {
            's' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMinutes(amount),
            'h' => TimeSpan.FromHours(amount),
            _ => throw new FormatException("wait 5s, 5m or 5h"),
        };
        stage.Clock.Leap(wait);
        await Task.Yield();
    }

    /// <summary>key=value …: the first property of that name, wherever it stands, has that value.</summary>
    private void Check(JsonNode actual, string pairs)
    {
        foreach (var pair in pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, wanted) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            var found = Find(actual, key);
            var text = found is JsonValue value && value.TryGetValue<string>(out var s) ? s : found?.ToJsonString()
                ?? "none";
            if (wanted.StartsWith('$') && !stage.Words.ContainsKey(wanted[1..])) stage.Words[wanted[1..]] = text;
            else Assert.True(Fill(wanted) == text, $"{key} is {text}, not {Fill(wanted)}, in {actual.ToJsonString()}");
        }
    }

    private static JsonNode? Find(JsonNode? node, string key)
    {
        if (node is JsonArray array) return array.Select(n => Find(n, key)).FirstOrDefault(n => n is not null);
        if (node is not JsonObject obj) return null;
        if (obj[key] is { } direct) return direct;
        return obj.Select(p => Find(p.Value, key)).FirstOrDefault(n => n is not null);
    }

    private void Match(JsonNode wanted, JsonNode? actual)
    {
        switch (wanted)
        {
            case JsonObject obj:
                foreach (var (name, value) in obj)
                    if (value is not null) Match(value, actual?[name]);
                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++) Match(array[i]!, actual?[i]);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$'):
                var word = text[1..];
                var came = actual is JsonValue v && v.TryGetValue<string>(out var s) ? s : actual?.ToJsonString()
                    ?? "none";
                if (stage.Words.TryAdd(word, came)) break;
                Assert.Equal(stage.Words[word], came);
                break;
            default:
                Assert.True(
                    JsonNode.DeepEquals(wanted, actual), $"{actual?.ToJsonString()} is not {wanted.ToJsonString()}");
                break;
        }
    }

    /// <summary>$now, $now-30m and known words become values.</summary>
    private string Fill(string text) => Variable().Replace(text, m =>
    {
        var name = m.Groups["name"].Value;
        if (name != "now") return stage.Words.TryGetValue(name, out var word) ? word : m.Value;
        var at = stage.Clock.GetUtcNow();
        if (m.Groups["shift"].Success)
        {
            var amount = double.Parse(m.Groups["shift"].Value, CultureInfo.InvariantCulture);
            at = m.Groups["unit"].Value switch
            {
                "s" => at.AddSeconds(amount),
                "m" => at.AddMinutes(amount),
                "h" => at.AddHours(amount),
                _ => at.AddDays(amount),
            };
        }

        return at.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    });

    /// <summary>Bare $names in JSON become texts, so that it parses; known ones stay names and are compared.</summary>
    private static string Quote(string json) => BareVariable().Replace(json, "\"$1\"");

    [GeneratedRegex(
        @"^(?<verb>GET|POST|PATCH|DELETE) (?<path>\S+)(\s+(?<body>\{.*\}))?\s+(?<status>\d{3})(?<rest> .*)?$")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\$(?<name>[a-z]\w*)((?<shift>[+-]\d+(\.\d+)?)(?<unit>[smhd]))?")]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<![""\w])(\$[a-z]\w*)")]
    private static partial Regex BareVariable();
}
