using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>
/// Words OCPP 1.6 payloads that the official schemas allow, as npm's ocpp-rpc ships them (./test installs it): any
/// field, any word, any length. A few fields mean what the run knows, so that messages reach beyond the door.
/// </summary>
internal sealed class FrameGrammar
{
    private static readonly string[] Letters =
        ["a", "Z", "0", "-", " ", "é", "☃", "𝄞", "<b>", "=1+1", "'", "\u001b[1m", "{0}"];

    private readonly Dictionary<string, JsonElement> schemas;
    private readonly Random random;

    public FrameGrammar(Random random)
    {
        this.random = random;
        var file = Path.Combine(Script.Peers, "node_modules", "ocpp-rpc", "lib", "schemas", "ocpp1_6.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        schemas = document.RootElement.EnumerateArray()
            .ToDictionary(s => s.GetProperty("$id").GetString()!, s => s.Clone(), StringComparer.Ordinal);
    }

    /// <summary>Transactions that the station has open, as far as it knows.</summary>
    public List<int> Open { get; } = [];

    public string Request(string action) => Value(schemas[$"urn:{action}.req"]).ToJsonString();

    /// <summary>What a station may answer to a command.</summary>
    public string Response(string action) =>
        schemas.TryGetValue($"urn:{action}.conf", out var schema) ? Value(schema).ToJsonString() : "{}";

    private JsonNode Value(JsonElement root) => Value(root, root, "");

    private JsonNode Value(JsonElement schema, JsonElement root, string name)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Value(
                root.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1]), root, name);
        if (schema.TryGetProperty("enum", out var words))
            return JsonValue.Create(words[random.Next(words.GetArrayLength())].GetString()!);
        return schema.GetProperty("type").GetString() switch
        {
            "object" => ObjectOf(schema, root),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(
                _ => Value(schema.GetProperty("items"), root, name))]),
            "integer" => JsonValue.Create(Whole(name)),
            "number" => JsonValue.Create(random.Next(-1, 32_000) / 10m),
            "boolean" => JsonValue.Create(random.Next(2) == 0),
            _ => JsonValue.Create(Text(schema, name)),
        };
    }

    private JsonObject ObjectOf(JsonElement schema, JsonElement root)
    {
        var made = new JsonObject();
        if (!schema.TryGetProperty("properties", out var fields)) return made;
        var needed = schema.TryGetProperty("required", out var list)
            ? list.EnumerateArray().Select(r => r.GetString()).ToHashSet() : [];
        foreach (var field in fields.EnumerateObject())
            if (needed.Contains(field.Name) || random.Next(10) < 6)
                made[field.Name] = Value(field.Value, root, field.Name);
        return made;
    }

    private int Whole(string name) => name switch
    {
        "connectorId" when random.Next(20) > 0 => random.Next(3),
        "transactionId" when Open.Count > 0 && random.Next(8) > 0 => Open[random.Next(Open.Count)],
        "meterStart" or "meterStop" when random.Next(10) > 0 => random.Next(1_000_000),
        _ => random.Next(6) switch
        {
            0 => 0,
            1 => -1,
            2 => int.MaxValue,
            3 => int.MinValue,
            4 => random.Next(),
            _ => random.Next(100),
        },
    };

    private string Text(JsonElement schema, string name)
    {
        if (schema.TryGetProperty("format", out var format))
            return format.GetString() == "uri" ? "https://example.org/x?y=1" : Time();
        if (name is "idTag" or "parentIdTag" && random.Next(4) > 0) return $"CARD{random.Next(1, 4)}";
        if (name == "value" && random.Next(6) > 0) return $"{random.Next(2_000_000) / 10m}";
        var most = schema.TryGetProperty("maxLength", out var length) ? length.GetInt32() : 500;
        var wanted = random.Next(12) == 0 ? most : random.Next(Math.Min(most, 30));
        var text = "";
        while (text.Length < wanted) text += Letters[random.Next(Letters.Length)];
        // No half of a pair is left over where the text is cut.
        return text.Length > most ? new string('x', most) : text;
    }

    private string Time()
    {
        var at = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(random.Next(20) == 0
            ? random.Next(-900_000_000, 900_000_000) : random.Next(-600, 60));
        return random.Next(3) switch
        {
            0 => at.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            1 => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
            _ => at.ToOffset(TimeSpan.FromHours(random.Next(-11, 13))).ToString("yyyy-MM-ddTHH:mm:sszzz"),
        };
    }
}
