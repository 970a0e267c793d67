using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>Writes JSON by a schema, mostly as it wants it, and now and then as it does not.</summary>
/// <param name="wildness">How many of a thousand values are something else altogether.</param>
internal sealed class FuzzValues(FuzzDocument document, FuzzPool pool, Random random, int wildness)
{
    private static readonly string[] Spices =
    [
        "null", "true", "false", "0", "-0", "-1", "1e400", "-1e400", "1e-400", "9223372036854775807",
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "79228162514264337593543950336",
        "0.1234567890123456789012345678901234567890", "1.0", "1e2", "123456789012345678901234567890", "NaN",
        "Infinity", "\"NaN\"", "\"1e400\"", "{}", "[]", "[null]", "[[]]", "{\"\":null}", "{\"a\":{\"a\":{}}}", "\"\"",
        "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uD83D\\uDE00\"",
        "\"\\uFFFF\"",
        "\"\\u202e\"", "\"é\"", "\"'; drop table users; --\"", "\"%00\"", "\"../../etc/passwd\"", "\"=1+1\"",
        "\"<script>alert(1)</script>\"", "\"0001-01-01T00:00:00+18:00\"", "\"9999-12-31T23:59:59.9999999Z\"",
        "\"-1000-01-01\"", "\"2026-02-30T00:00:00Z\"", "\"2026-01-01\"", "\"24:00\"", "\"99:99\"",
        "\"2026-01-01T00:00:00+14:00\"", "\"Z\"", "\"http://[::1\"", "\"https://\"", "\"http://127.0.0.1:99999/\"",
        "\"data:,x\"", "\"*\"", "\"session.*.*\"", "\"a@b@c\"", "\"@\"", "\"000000000000000000000000\"",
        "\"ffffffffffffffffffffffff\"", "\"FFFFFFFFFFFFFFFFFFFFFFFF\"", "{\"$gt\":\"\"}", "[1,\"1\",true,null,{},[]]",
        "\\", "'", "undefined", "01", "+1", ".5", "1.", "0x10", "/*x*/1", "1,", ",", "\"", "{", "]", "\"\\x\"",
    ];

    /// <summary>What the document tells in words only.</summary>
    private static readonly Dictionary<string, string[]> Hints = new()
    {
        ["events"] = ["*", "session.*", "session.ended"], ["scopes"] = ["*", "read:users", "write:sessions"],
        ["timezone"] = ["Europe/Berlin", "UTC"], ["country"] = ["DE", "US"], ["currency"] = ["EUR", "JPY", "KWD"],
        ["api_version"] = ["1.1"], ["message"] = ["Heartbeat", "MeterValues", "StatusNotification"],
        ["day_of_week"] = ["1", "7"], ["key"] = ["HeartbeatInterval", "AuthorizationKey"],
    };

    private static readonly string[] Words =
        ["Ada", "Byron", "Yard 7", "Größe", "日本", "x", "A-1", "EUR", "UTC", "Europe/Berlin", "DE", "#", "22:00"];

    /// <summary>A value by the schema, as JSON text.</summary>
    /// <param name="name">Of the field, which tells what an id is of.</param>
    public string Of(JsonNode schema, string name = "", int depth = 0)
    {
        if (random.Next(1_000) < wildness) return Spice();
        schema = document.Resolve(schema);
        if (schema["enum"] is JsonArray words) return Pick(words)!.ToJsonString();
        if (schema["anyOf"] is JsonArray any) return Of(Pick(any)!, name, depth + 1);
        if (schema["oneOf"] is JsonArray one) return Of(Pick(one)!, name, depth + 1);
        var type = schema["type"] is JsonArray types ? Pick(types) : schema["type"];
        return (string?)type switch
        {
            "object" => Object(schema, depth),
            "array" => Array(schema, name, depth),
            "integer" => Whole(schema).ToString(CultureInfo.InvariantCulture),
            "number" => Number(schema),
            "boolean" => random.Next(2) == 0 ? "true" : "false",
            "null" => "null",
            "string" => JsonSerializer.Serialize(Text(schema, name)),
            _ => Spice(),
        };
    }

    public string Text(JsonNode schema, string name)
    {
        if ((string?)schema["pattern"] == "^[0-9a-f]{24}$") return pool.IdOf(name);
        var examples = schema["examples"] as JsonArray;
        var text = (string?)schema["format"] switch
        {
            "date-time" => $"2026-{random.Next(1, 13):00}-{random.Next(1, 29):00}T{random.Next(24):00}:00:00Z",
            "uri" or "url" => $"http://127.0.0.1:1027/{random.Next(100)}", // nobody listens there
            "email" => $"a{random.Next(1_000_000)}@example.org",
            _ when Hints.TryGetValue(name, out var hints) => hints[random.Next(hints.Length)],
            _ when name.Contains("url", StringComparison.Ordinal) => $"http://127.0.0.1:1027/{random.Next(100)}",
            _ when name.Contains("email", StringComparison.Ordinal) => $"a{random.Next(1_000_000)}@example.org",
            _ when name.EndsWith("_time", StringComparison.Ordinal) => $"{random.Next(24):00}:{random.Next(60):00}",
            _ when examples is { Count: > 0 } => Pick(examples)!.ToString(),
            _ => Words[random.Next(Words.Length)],
        };
        var least = (int?)schema["minLength"] ?? 0;
        var most = Math.Max(least, Math.Min((int?)schema["maxLength"] ?? 1_000, 1_000));
        while (text.Length < least) text += random.Next(10);
        return text.Length > most ? text[..most] : text;
    }

    /// <summary>Something that no schema asks for.</summary>
    public string Spice() => random.Next(40) switch
    {
        0 => Nested('[', ']', 60),
        1 => Nested('[', ']', 20_000),
        2 => string.Concat(Enumerable.Repeat("{\"a\":", 65)) + "1" + new string('}', 65),
        3 => $"\"{new string('x', random.Next(1, 70_000))}\"",
        4 => $"\"{string.Concat(Enumerable.Repeat("\\ud83d\\ude00", random.Next(1, 600)))}\"",
        5 => new string('9', random.Next(1, 400)),
        6 => $"[{string.Join(',', Enumerable.Range(0, random.Next(1, 11_000)))}]",
        _ => Spices[random.Next(Spices.Length)],
    };

    private string Object(JsonNode schema, int depth)
    {
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var fields = new List<string>();
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name) ? random.Next(1_000) < wildness : random.Next(100) < 50 + 10 * depth) continue;
            fields.Add($"{JsonSerializer.Serialize(name)}:{Of(field!, name, depth + 1)}");
        }

        if (fields.Count > 0 && random.Next(1_000) < wildness) fields.Add(fields[random.Next(fields.Count)]);
        if (random.Next(1_000) < wildness) fields.Add($"\"{Words[random.Next(Words.Length)]}\":{Spice()}");
        if (schema["properties"] is null && random.Next(2) == 0) fields.Add($"\"note\":{Spice()}");
        return "{" + string.Join(',', fields) + "}";
    }

    private string Array(JsonNode schema, string name, int depth)
    {
        var least = (int?)schema["minItems"] ?? 0;
        var count = random.Next(least, Math.Min((int?)schema["maxItems"] ?? least + 3, least + 3) + 1);
        var items = schema["items"];
        return "[" + string.Join(
            ',', Enumerable.Range(0, count).Select(_ => items is null ? Spice() : Of(items, name, depth + 1))) + "]";
    }

    private long Whole(JsonNode schema)
    {
        var (least, most) = ((long?)Bound(schema, "minimum") ?? 0, (long?)Bound(schema, "maximum") ?? 10_000);
        return random.Next(6) switch
        {
            0 => least,
            1 => most,
            _ => random.NextInt64(least, Math.Min(most, least + 50) + 1),
        };
    }

    private string Number(JsonNode schema)
    {
        var (least, most) = (Bound(schema, "minimum") ?? 0, Bound(schema, "maximum") ?? 10_000);
        var value = random.Next(6) switch
        {
            0 => least,
            1 => most,
            2 => Math.Round(least + (decimal)random.NextDouble() * (most - least), 6),
            _ => Math.Min(most, Math.Ceiling(least) + random.Next(50)),
        };
        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal? Bound(JsonNode schema, string name) =>
        schema[name] is { } bound ? decimal.Parse(bound.ToString(), CultureInfo.InvariantCulture) : null;

    private JsonNode? Pick(JsonArray from) => from[random.Next(from.Count)];

    private static string Nested(char open, char close, int depth) =>
        new string(open, depth) + new string(close, depth);
}
