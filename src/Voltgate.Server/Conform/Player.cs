using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Conform;

/// <summary>
/// Plays a script: a text that reads as a conversation. Lines begin with <c>api &gt;</c> a request, <c>soon &gt;</c> a
/// read that is repeated until it shows what no event tells, <c>&lt;</c> a CALL of the platform, <c>&gt; ok</c> or
/// <c>&gt; error</c> the station's answer, <c>&gt;</c> a CALL of the station (with <c>= …</c> the answer),
/// <c>&gt;&gt;</c> a SEND of it (2.1), which gets none, <c>!</c> the next event, <c>$</c> the next line of the last
/// bill (all of them or none), <c>~</c> what a person does at the station, <c>wait</c> time that passes, <c>cut</c>,
/// <c>connect</c> and <c>redial</c> (no boot) the link, <c>restart</c> the server, <c>#</c> a remark.
/// </summary>
internal abstract partial class Player(Words words)
{
    private JsonNode? lastSeen;
    private Queue<JsonNode?>? unread;

    protected Words Words => words;

    /// <exception cref="MismatchException">Names the line, and what came in place of it.</exception>
    public async Task Play(string script)
    {
        var number = 0;
        foreach (var raw in script.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                if (line[0] != '$') AllRead();
                await PlayLine(line);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new MismatchException($"line {number}: {line}\n{e.Message}", e);
            }
        }

        AllRead();
        await End();
    }

    /// <summary>The status of the answer, and its JSON.</summary>
    protected abstract Task<(int Status, JsonNode Json)> Request(string verb, string path, string? body);

    /// <summary>The station's CALL; what it was answered: [3, id, payload] or [4, id, code, …].</summary>
    protected abstract Task<JsonArray> Say(string action, string payload, string? id);

    /// <summary>The station's SEND (OCPP-J 2.1 §4.2.4), which nobody may answer.</summary>
    protected abstract Task Send(string action, string payload);

    /// <summary>The platform's next CALL: [2, id, action, payload].</summary>
    protected abstract Task<JsonArray> Hear(string action);

    /// <summary>The station's answer to the last of them. Payload null: an error of that code.</summary>
    protected abstract Task Answer(string? payload, string? code);

    /// <summary>The next event, as it is sent to webhooks; null: nobody here can tell.</summary>
    protected abstract Task<JsonObject?> NextEvent();

    protected abstract Task Wait(TimeSpan span);

    protected abstract Task Prompt(string what);

    /// <summary>cut, connect, redial, restart, skip events.</summary>
    protected abstract Task Stage(string what);

    protected virtual Task End() => Task.CompletedTask;

    private Task PlayLine(string line) => line switch
    {
        _ when line.StartsWith("api >", StringComparison.Ordinal) => PlayRequest(line[5..].Trim()),
        _ when line.StartsWith("soon >", StringComparison.Ordinal) => PlaySoon(line[6..].Trim()),
        _ when line.StartsWith("> ok", StringComparison.Ordinal) => Answer(words.Fill(line[4..].Trim()), null),
        _ when line.StartsWith("> error", StringComparison.Ordinal) => Answer(null, line[7..].Trim()),
        _ when line.StartsWith("wait ", StringComparison.Ordinal) => Wait(SpanOf(line[5..].Trim())),
        ['>', '>', .. var sent] => PlaySent(sent.Trim()),
        ['>', .. var said] => PlaySaid(said.Trim()),
        ['<', .. var heard] => PlayHeard(heard.Trim()),
        ['!', .. var happened] => PlayEvent(happened.Trim()),
        ['$', .. var pairs] => PlayBill(pairs),
        ['~', .. var what] => Prompt(what.Trim()),
        "cut" or "connect" or "redial" or "restart" or "skip events" => Stage(line),
        _ => throw new FormatException("Not a line of a script."),
    };

    private async Task PlayRequest(string line)
    {
        var match = RequestLine().Match(line);
        if (!match.Success) throw new FormatException("api > VERB /path {body} STATUS key=value …");
        var body = match.Groups["body"].Success ? words.Fill(match.Groups["body"].Value) : null;
        var (status, json) = await Request(
            match.Groups["verb"].Value, words.Fill(match.Groups["path"].Value), body);
        if (status != int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture))
            throw new MismatchException($"answered {status}: {json.ToJsonString()}");
        lastSeen = json;
        words.Check(json, match.Groups["rest"].Value);
    }

    private async Task PlaySoon(string line)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                await PlayRequest(line);
                return;
            }
            catch (MismatchException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private Task PlayBill(string pairs)
    {
        unread ??= new Queue<JsonNode?>(
            Words.Find(lastSeen, "breakdown") as JsonArray ?? throw new MismatchException("There is no bill."));
        if (!unread.TryDequeue(out var line)) throw new MismatchException("The bill has no such line.");
        words.Check(line!, pairs);
        return Task.CompletedTask;
    }

    private void AllRead()
    {
        if (unread is { Count: > 0 }) throw new MismatchException("The bill goes on: " + unread.Peek()!.ToJsonString());
        unread = null;
    }

    private async Task PlaySaid(string line)
    {
        var at = line.IndexOf(" = ", StringComparison.Ordinal);
        var (said, wanted) = at < 0 ? (line, "{}") : (line[..at], line[(at + 3)..]);
        var (action, payload) = Parted(said);
        var id = default(string);
        if (action.IndexOf('#', StringComparison.Ordinal) is > 0 and var hash)
            (action, id) = (action[..hash], action[(hash + 1)..]);
        var frame = await Say(action, words.Fill(payload), id);
        if (wanted.StartsWith("error ", StringComparison.Ordinal))
        {
            if ((int)frame[0]! != 4 || (string?)frame[2] != wanted["error ".Length..])
                throw new MismatchException($"answered {frame.ToJsonString()}");
            return;
        }

        if ((int)frame[0]! != 3) throw new MismatchException($"answered {frame.ToJsonString()}");
        words.Match(words.Wanted(wanted), frame[2]);
    }

    private Task PlaySent(string line)
    {
        var (action, payload) = Parted(line);
        return Send(action, words.Fill(payload));
    }

    private async Task PlayHeard(string line)
    {
        var (action, wanted) = Parted(line);
        var call = await Hear(action);
        if ((string?)call[2] != action) throw new MismatchException($"was told {call.ToJsonString()}");
        words.Match(words.Wanted(wanted), call[3]);
    }

    private async Task PlayEvent(string line)
    {
        var (type, pairs) = line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank
            ? (line[..blank], line[blank..])
            : (line, "");
        if (await NextEvent() is not { } happened) return;
        if ((string?)happened["type"] != type)
            throw new MismatchException($"{happened["type"]} happened: {happened.ToJsonString()}");
        lastSeen = happened["data"];
        words.Check(lastSeen!, pairs);
    }

    private static (string Action, string Payload) Parted(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank
            ? (line[..blank], line[blank..].Trim())
            : (line, "{}");

    private static TimeSpan SpanOf(string span)
    {
        var amount = double.Parse(span[..^1], CultureInfo.InvariantCulture);
        return span[^1] switch
        {
            's' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMinutes(amount),
            'h' => TimeSpan.FromHours(amount),
            _ => throw new FormatException("wait 5s, 5m or 5h"),
        };
    }

    [GeneratedRegex(
        @"^(?<verb>GET|POST|PATCH|DELETE) (?<path>\S+)(\s+(?<body>\{.*\}))?\s+(?<status>\d{3})(?<rest> .*)?$",
        RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex RequestLine();
}
