using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Conform;

/// <summary>What came is not what the script says.</summary>
internal sealed class MismatchException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// What stands for <c>$name</c> in a script. Unknown names are learnt from what comes; known ones are compared. JSON
/// matches if it says at least what the script says.
/// </summary>
/// <param name="readsLog">What comes is read in the frame log, where the end of a secret URL is <c>***</c>.</param>
internal sealed partial class Words(
    Dictionary<string, string> known, Func<DateTimeOffset> now, bool readsLog = false)
{
    private const string Hidden = "***";

    /// <summary>Stands for "must not be there".</summary>
    private const string Absent = "none";

    public string this[string name] => known[name];

    /// <summary>$now, $now-30m and known words become values.</summary>
    public string Fill(string text) => Variable().Replace(text, m =>
    {
        var name = m.Groups["name"].Value;
        if (name != "now") return known.TryGetValue(name, out var word) ? word : m.Value;
        return At(m).ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    });

    /// <summary>A JSON text of a script, with bare names as texts, so that it parses.</summary>
    public JsonNode Wanted(string json)
    {
        try
        {
            return JsonNode.Parse(BareVariable().Replace(json, "\"${bare}\""))!;
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new MismatchException($"{json} is no JSON: {e.Message}");
        }
    }

    public void Match(JsonNode wanted, JsonNode? actual)
    {
        switch (wanted)
        {
            case JsonObject obj:
                foreach (var (name, value) in obj)
                    if (value is not null) Match(value, (actual as JsonObject)?[name]);
                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                    Match(array[i]!, actual is JsonArray list && i < list.Count ? list[i] : null);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('$'):
                if (actual is null) throw new MismatchException($"{text} is not there");
                Learn(text[1..], TextOf(actual));
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && text == Absent:
                if (actual is not null) throw new MismatchException($"{actual.ToJsonString()} is there");
                break;
            default:
                if (!JsonNode.DeepEquals(wanted, actual) && !(readsLog && IsHidden(TextOf(wanted), TextOf(actual))))
                    throw new MismatchException($"{TextOf(actual)} is not {wanted.ToJsonString()}");
                break;
        }
    }

    /// <summary>Of an answer only what the script has a name for; the rest is the station's own.</summary>
    public void LearnFrom(JsonNode? wanted, JsonNode? actual)
    {
        if (wanted is JsonObject obj)
            foreach (var (name, value) in obj) LearnFrom(value, (actual as JsonObject)?[name]);
        else if (wanted is JsonArray array)
            foreach (var (i, value) in array.Index())
                LearnFrom(value, actual is JsonArray list && i < list.Count ? list[i] : null);
        else if (wanted is JsonValue value && TextOf(value).StartsWith('$')) Learn(TextOf(value)[1..], TextOf(actual));
    }

    /// <summary>key=value …: the first property of that name, wherever it stands, has that value.</summary>
    public void Check(JsonNode actual, string pairs)
    {
        foreach (var pair in pairs.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, wanted) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            var text = TextOf(Find(actual, key));
            if (wanted.StartsWith('$') && !known.ContainsKey(wanted[1..]))
                known[wanted[1..]] = text != Absent
                    ? text
                    : throw new MismatchException($"{key} is not there, in {actual.ToJsonString()}");
            else if (Fill(wanted) != text)
                throw new MismatchException($"{key} is {text}, not {Fill(wanted)}, in {actual.ToJsonString()}");
        }
    }

    public static JsonNode? Find(JsonNode? node, string key)
    {
        if (node is JsonArray array) return array.Select(n => Find(n, key)).FirstOrDefault(n => n is not null);
        if (node is not JsonObject obj) return null;
        return obj[key] ?? obj.Select(p => Find(p.Value, key)).FirstOrDefault(n => n is not null);
    }

    private static bool IsHidden(string wanted, string actual) =>
        actual.EndsWith(Hidden, StringComparison.Ordinal)
        && wanted.StartsWith(actual[..^Hidden.Length], StringComparison.Ordinal);

    private void Learn(string name, string came)
    {
        if (known.TryAdd(name, came) || known[name] == came) return;
        throw new MismatchException($"${name} is {known[name]}, and {came} came");
    }

    private static string TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? Absent;

    private DateTimeOffset At(Match m)
    {
        if (!m.Groups["shift"].Success) return now();
        var amount = double.Parse(m.Groups["shift"].Value, CultureInfo.InvariantCulture);
        return m.Groups["unit"].Value switch
        {
            "s" => now().AddSeconds(amount),
            "m" => now().AddMinutes(amount),
            "h" => now().AddHours(amount),
            _ => now().AddDays(amount),
        };
    }

    [GeneratedRegex(
        @"\$(?<name>[a-z]\w*)((?<shift>[+-]\d+(\.\d+)?)(?<unit>[smhd]))?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"(?<![""\w])(?<bare>\$[a-z]\w*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex BareVariable();
}
