using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Api;

/// <summary>Takes secrets out of what the audit log keeps of a resource.</summary>
internal static partial class Redaction
{
    private const string Hidden = "[redacted]";

    /// <summary>The JSON without passwords, keys and the like; ASCII.</summary>
    public static string Of(string json)
    {
        if (!Suspicious().IsMatch(json)) return json;
        var node = JsonNode.Parse(json);
        Walk(node);
        return node?.ToJsonString() ?? "null";
    }

    private static void Walk(JsonNode? node)
    {
        if (node is JsonArray items)
            for (var i = 0; i < items.Count; i++) items[i] = Cleaned(items[i], hide: false);
        if (node is not JsonObject fields) return;

        // {"key":"AuthorizationKey","value":"…"}: how a station's configuration is written (OCPP 1.6 §9).
        var setsSecret = fields["key"] is JsonValue key && key.TryGetValue<string>(out var name)
            && Secret().IsMatch(name);
        foreach (var field in fields.Select(f => f.Key).ToList())
            fields[field] = Cleaned(fields[field], Secret().IsMatch(field) || (setsSecret && field == "value"));
    }

    private static JsonNode? Cleaned(JsonNode? node, bool hide)
    {
        if (node is JsonValue value && value.TryGetValue<string>(out var text))
            return hide ? Hidden : JsonValue.Create(Login().Replace(text, "://" + Hidden + "@"));
        Walk(node);
        return node?.DeepClone();
    }

    [GeneratedRegex(
        "password|secret|authorizationkey|api_key|access_token|invitation|://[^\"/]*@",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Suspicious();

    [GeneratedRegex(
        @"password|secret|authorizationkey|^(api_key|access_token|invitation)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Secret();

    /// <summary>ftp://name:password@host, as diagnostics and firmware are fetched.</summary>
    [GeneratedRegex("://[^/@\\s]*@", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Login();
}
