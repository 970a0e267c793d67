using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Security;

/// <summary>Texts that do something wherever they are taken for more than text.</summary>
internal static class HostileTexts
{
    /// <summary>What a browser that takes it for a page calls.</summary>
    public const string Hit = "hit";

    /// <summary>The first ones fit into 20 characters, as a tag does.</summary>
    public static readonly string[] Scripts =
    [
        "<svg/onload=hit()>", "'-hit()-'", "javascript:hit()", "{{hit()}}", "${hit()}", "<b onclick=hit()>",
        "<script>hit()</script>", "\"><img src=x onerror=hit()>", "</title><script>hit()</script>",
        "<iframe src=javascript:hit()>", "<!--<script>hit()//-->", "&lt;script&gt;hit()&lt;/script&gt;",
        "%3Cscript%3Ehit()%3C/script%3E", "\u2028hit()\u2029", "]]><script>hit()</script>", "<math><mi xlink:href=x>",
    ];

    public static readonly string[] Sql =
    [
        "' or '1'='1", "';drop table events;", "1);delete from users", "\" or \"\"=\"", "%' or 1=1 --", "$1", "@id",
        "x'||(select body from webhooks)||'", "\\'; select pg_sleep(30); --", "' union select null, null --",
    ];

    /// <summary>Line breaks, terminals' codes and what formatters take for holes.</summary>
    public static readonly string[] Lines =
    [
        "a\r\nb: c", "a\nb", "\u001b[2J\u001b[31mred", "\b\a\u007f\u009b2J", "%s%n%x", "{0}{Message}{{}}",
        "\u0085\u2028",
        "\"}\n{\"level\":\"critical\",\"message\":\"forged\"}", "\u202Egnp.exe", "\ufeff\u200b", "\\n\\u000a", "\t=1+1",
    ];

    public static readonly string[] Formulas =
    [
        "=HYPERLINK(\"x\";1)", "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=cmd|'/C calc'!A0", "\"=1+1",
        "\n=1",
        ";=1+1", ",=1+1", "' =1+1",
    ];

    /// <summary>What a browser that took it for its own would have asked for.</summary>
    public static IEnumerable<string> All => [.. Scripts, .. Sql, .. Lines, .. Formulas];
}

/// <summary>
/// Every message of OCPP 1.6 from a station, by its official schema as npm's ocpp-rpc ships it, with one text in all
/// fields that take any, cut where the schema wants it shorter.
/// </summary>
internal static class HostileFrames
{
    private static readonly string[] Actions =
    [
        "Authorize", "BootNotification", "DataTransfer", "DiagnosticsStatusNotification", "FirmwareStatusNotification",
        "LogStatusNotification", "MeterValues", "SecurityEventNotification", "SignCertificate",
        "SignedFirmwareStatusNotification", "StartTransaction", "StatusNotification", "StopTransaction",
    ];

    private static readonly Dictionary<string, JsonElement> Schemas = Read();

    /// <summary>The frames, and how many fields of all of them hold the text.</summary>
    public static (IReadOnlyList<(string Action, JsonNode Payload)> All, int Fields) Of(string text)
    {
        var fields = 0;
        return ([.. Actions.Select(a => (a, Value(Schemas[a], Schemas[a], "")))], fields);

        JsonNode Value(JsonElement schema, JsonElement root, string name)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                return Value(
                    root.GetProperty("definitions").GetProperty(reference.GetString()!.Split('/')[^1]), root, name);
            if (schema.TryGetProperty("enum", out var words)) return JsonValue.Create(words[0].GetString()!);
            switch (schema.GetProperty("type").GetString())
            {
                case "object":
                    return new JsonObject(schema.GetProperty("properties").EnumerateObject().Select(
                        p => KeyValuePair.Create(p.Name, (JsonNode?)Value(p.Value, root, p.Name))));
                case "array":
                    return new JsonArray(Value(schema.GetProperty("items"), root, name));
                case "string" when schema.TryGetProperty("format", out _):
                    return JsonValue.Create("2026-03-10T12:00:00Z");
                case "string":
                    fields++;
                    var most = schema.TryGetProperty("maxLength", out var length) ? length.GetInt32() : text.Length;
                    return JsonValue.Create(text.Length > most ? text[..most] : text);
                default:
                    return JsonValue.Create(1);
            }
        }
    }

    private static Dictionary<string, JsonElement> Read()
    {
        var file = Path.Combine(Script.Peers, "node_modules", "ocpp-rpc", "lib", "schemas", "ocpp1_6.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var all = document.RootElement.EnumerateArray()
            .ToDictionary(s => s.GetProperty("$id").GetString()!, s => s.Clone(), StringComparer.Ordinal);
        return Actions.ToDictionary(a => a, a => all[$"urn:{a}.req"], StringComparer.Ordinal);
    }
}
