using System.Text.Json.Nodes;

namespace Voltgate.Server.Conform;

internal enum ConformVerdict
{
    Passed,
    Failed,

    /// <summary>The station did otherwise, or nobody was there to do what is needed.</summary>
    NotShown,
}

/// <summary>How a case fared, and why it did not pass.</summary>
internal sealed record ConformResult(ConformCase Case, ConformVerdict Verdict, string? Why);

/// <summary>Runs cases with one station at a server, one after the other.</summary>
/// <param name="prompt">Null: nobody is there; cases that need a person are not shown.</param>
internal sealed class ConformRun(HttpClient http, TimeSpan patience, Func<string, Task>? prompt)
{
    /// <summary>How scripts speak of the second connector: to the API, and in messages of 2.x.</summary>
    private static readonly string[] Second = ["$c2", "\"evseId\":2", "\"evse\":{\"id\":2"];

    /// <summary>The station with that identity; null: there is none, or the key does not see it.</summary>
    /// <exception cref="HttpRequestException">The server is not there, or refuses the key.</exception>
    public async Task<Subject?> Find(string identity, IReadOnlyDictionary<string, string> cards)
    {
        var stations = await Ask("GET", $"chargestations?endpoint={Uri.EscapeDataString(identity)}");
        if (stations.AsArray() is not [{ } station, ..]) return null;
        var user = await Ask("POST", "users", """{"firstname":"Conformance","lastname":"run"}""");
        var tokens = await Ask("GET", $"tokens?user={user["_id"]}");
        return new Subject(
            (string)station["_id"]!, [.. station["connectors"]!.AsArray().Select(c => (string)c!["_id"]!)],
            (string)user["_id"]!, (string)tokens[0]!["physicalId"]!, patience)
        {
            Cards = cards,
        };
    }

    /// <exception cref="HttpRequestException">The server went away meanwhile.</exception>
    public async Task<ConformResult> Run(ConformCase @case, Subject subject)
    {
        if (prompt is null && @case.Script.Contains("\n~", StringComparison.Ordinal))
            return new(@case, ConformVerdict.NotShown, "needs a person at the station (--attended)");
        if (Unknown(@case, subject) is { } word)
            return new(@case, ConformVerdict.NotShown, $"needs {word}");
        if (!await IsReady(subject))
            return new(@case, ConformVerdict.NotShown, "the station is not connected");
        try
        {
            await new StationWatch(http, subject, prompt ?? (_ => Task.CompletedTask)).Play(@case.Script);
            return new(@case, ConformVerdict.Passed, null);
        }
        catch (MismatchException e)
        {
            if (e.InnerException is HttpRequestException lost) throw new HttpRequestException(lost.Message, lost);
            return new(
                @case, e.InnerException is OtherwiseException ? ConformVerdict.NotShown : ConformVerdict.Failed,
                e.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>
    /// Waits for the station, which the case before may have restarted, and ends what that case left behind.
    /// </summary>
    private async Task<bool> IsReady(Subject subject)
    {
        var until = TimeProvider.System.GetUtcNow() + subject.Patience;
        while (!(bool)(await Ask("GET", $"chargestations/{subject.Station}"))["online"]!)
        {
            if (TimeProvider.System.GetUtcNow() > until) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        }

        foreach (var status in new[] { "created", "Started" })
            await EndAll("sessions", status, "stop", subject);
        foreach (var status in new[] { "pending", "active" })
            await EndAll("reservations", status, "cancel", subject);
        return true;
    }

    // What does not end is met by the case, which tells of it.
    private async Task EndAll(string resource, string status, string verb, Subject subject)
    {
        var open = await Ask("GET", $"{resource}?chargestation={subject.Station}&status={status}");
        foreach (var left in open.AsArray())
            await StationWatch.Send(http, "POST", $"{resource}/{left!["_id"]}/{verb}");
    }

    private static string? Unknown(ConformCase @case, Subject subject)
    {
        if (subject.Connectors.Count == 0) return "a connector: let the station report one, or add it";
        foreach (var card in new[] { "card", "blocked", "expired" })
            if (@case.Script.Contains($"\"${card}\"", StringComparison.Ordinal) && !subject.Cards.ContainsKey(card))
                return $"a card (--{card} <its id>)";
        return subject.Connectors.Count < 2 && Second.Any(s => @case.Script.Contains(s, StringComparison.Ordinal))
            ? "a second connector"
            : null;
    }

    private async Task<JsonNode> Ask(string verb, string path, string? body = null)
    {
        var (status, json) = await StationWatch.Send(http, verb, path, body);
        return status is 200 or 201
            ? json["result"]!
            : throw new HttpRequestException($"{verb} {path} answered {status}: {json["message"]}");
    }
}
