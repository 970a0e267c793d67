using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Guides;

/// <summary>
/// Whether a real answer is like the one that a guide shows: it has every field that is shown, of the same type; words
/// and switches are the same. Numbers, ids and times differ from run to run, and … stands for anything.
/// </summary>
internal static partial class Likeness
{
    /// <summary>What is missing or other than shown.</summary>
    public static IEnumerable<string> Differences(JsonNode? shown, JsonNode? real, string path = "answer") =>
        (shown, real) switch
        {
            (null, null) => [],
            (JsonObject s, JsonObject r) => s.SelectMany(p => r.ContainsKey(p.Key)
                ? Differences(p.Value, r[p.Key], $"{path}.{p.Key}")
                : [$"{path}.{p.Key} is not there"]),
            (JsonArray s, JsonArray r) => s.Count > r.Count
                ? [$"{path} has {r.Count} items"]
                : s.Zip(r).SelectMany((p, i) => Differences(p.First, p.Second, $"{path}[{i}]")),
            (JsonValue s, JsonValue r) when IsLike(s, r) => [],
            _ => [$"{path} is {real?.ToJsonString() ?? "null"}, not like {shown?.ToJsonString() ?? "null"}"],
        };

    /// <summary>The JSON at the end of what was said; null: there is none.</summary>
    public static JsonNode? Last(string said)
    {
        var lines = said.TrimEnd().Split('\n');
        for (var first = 0; first < lines.Length; first++)
        {
            if (lines[first] is not ['{' or '[', ..]) continue;
            try
            {
                return JsonNode.Parse(string.Join('\n', lines[first..]));
            }
            catch (JsonException)
            {
                // Two answers stand there; the last one is meant.
            }
        }

        return null;
    }

    private static bool IsLike(JsonValue shown, JsonValue real)
    {
        if (shown.GetValueKind() != real.GetValueKind()) return false;
        if (shown.GetValueKind() != JsonValueKind.String) return shown.GetValueKind() == JsonValueKind.Number
            || shown.GetValue<bool>() == real.GetValue<bool>();
        var (wanted, found) = ((string)shown!, (string)real!);
        if (Id().IsMatch(wanted)) return Id().IsMatch(found);
        if (Time().IsMatch(wanted)) return Time().IsMatch(found);
        var pattern = Regex.Escape(wanted).Replace("…", ".*", StringComparison.Ordinal);
        return Regex.IsMatch(found, $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    [GeneratedRegex("^[0-9a-f]{24}$", RegexOptions.None, 1_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", RegexOptions.None, 1_000)]
    private static partial Regex Time();
}
