using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Hosting;

/// <summary>
/// Settings on their way: the documented keys with their values so far. The kind of a setting is the kind of its
/// documented default, so that a key is declared in one place.
/// </summary>
internal sealed class SettingsDraft
{
    private const StringSplitOptions Split = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
    private const string Remedy = "`voltgate help settings` lists all.";

    private sealed record Value(string Key, JsonNode Node, string Source);

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false,
    };

    private readonly Dictionary<string, Value> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, JsonNode> defaults = [];
    private readonly List<string> errors = [];
    private readonly HashSet<string> wrong = [];

    public SettingsDraft(string documentation)
    {
        foreach (var (section, keys) in JsonNode.Parse(documentation, documentOptions: Lenient)!.AsObject())
            foreach (var (key, node) in keys!.AsObject()) Declare($"{section}:{key}", node!);
    }

    public IEnumerable<string> Keys => values.Values.Select(v => v.Key);

    public void Refuse(string error) => errors.Add(error);

    /// <exception cref="JsonException">It is not JSON.</exception>
    public void WriteJson(string json, string source)
    {
        if (JsonNode.Parse(json, documentOptions: Lenient) is not JsonObject sections)
        {
            Refuse($"{source}: must be an object of sections, as in voltgate.default.json.");
            return;
        }

        foreach (var (section, keys) in sections)
        {
            if (keys is JsonObject inner)
                foreach (var (key, node) in inner) Write($"{section}:{key}", node, source);
            else
                Refuse($"{section} ({source}): must be an object of settings, as in voltgate.default.json.");
        }
    }

    /// <summary>Writes what was given as text, in the kind of the setting. "Key:0" adds to a list.</summary>
    public void WriteText(string key, string text, string source)
    {
        var known = values.GetValueOrDefault(key) ?? values.GetValueOrDefault(ListOf(key));
        JsonNode node = known?.Node switch
        {
            JsonArray soFar when known.Key.Length < key.Length => Longer(soFar, text, known.Source == "default"),
            JsonArray => new JsonArray([.. text.Split(',', Split).Select(t => JsonValue.Create(t))]),
            { } n when KindOf(n) is "number" && int.TryParse(text, out var number) => JsonValue.Create(number),
            { } n when KindOf(n) is "true or false" && bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            _ => JsonValue.Create(text),
        };
        Write(known?.Key ?? key, node, source);
    }

    /// <summary>Applies the rules and makes the options.</summary>
    public Settings Finish()
    {
        foreach (var value in values.Values)
            if (SettingRules.Check(value.Key, value.Node) is { } wanted) Refuse(value, wanted);

        var tree = new JsonObject();
        foreach (var section in values.Values.GroupBy(v => v.Key.Split(':')[0]))
            tree[section.Key] =
                new JsonObject(section.Select(v => KeyValuePair.Create(v.Key.Split(':')[1], Usable(v))));
        var options = tree.Deserialize(SettingsJson.Default.ServerOptions)!;
        errors.AddRange(SettingRules.CheckTogether(options));
        return new Settings(options, errors, wrong);
    }

    private JsonNode? Usable(Value value) => (wrong.Contains(value.Key) ? defaults[value.Key] : value.Node).DeepClone();

    private static string ListOf(string key) =>
        key.LastIndexOf(':') is var at and > 0 && int.TryParse(key[(at + 1)..], out _) ? key[..at] : key;

    private static JsonArray Longer(JsonArray soFar, string text, bool fresh)
    {
        var list = fresh ? [] : (JsonArray)soFar.DeepClone();
        list.Add((JsonNode)JsonValue.Create(text));
        return list;
    }

    private void Declare(string key, JsonNode node)
    {
        defaults.Add(key, node);
        values.Add(key, new Value(key, node, "default"));
    }

    private void Write(string key, JsonNode? node, string source)
    {
        if (!values.TryGetValue(key, out var known))
        {
            var near = Spelling.Nearest(key, Keys);
            Refuse($"{key} ({source}): there is no such setting. {(near is null ? Remedy : $"Did you mean {near}?")}");
            return;
        }

        var given = new Value(known.Key, node ?? JsonValue.Create("null"), source);
        if (node is null || KindOf(node) != KindOf(known.Node)) Refuse(given, "must be " + Article(KindOf(known.Node)));
        else values[key] = given;
    }

    private void Refuse(Value value, string wanted)
    {
        wrong.Add(value.Key);
        var shown = SettingRules.IsSecret(value.Key) ? "(not shown)" : value.Node.ToJsonString();
        Refuse($"{value.Key} = {shown} ({value.Source}): {wanted}.");
    }

    private static string Article(string kind) => kind is "number" ? "a whole number" : kind;

    private static string KindOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Number when node.AsValue().TryGetValue<int>(out _) => "number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Array when node.AsArray().All(n => n?.GetValueKind() is JsonValueKind.String) =>
            "a list of texts",
        JsonValueKind.String => "text",
        _ => "something else",
    };
}
