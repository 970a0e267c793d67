using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V16;

/// <summary>
/// What answers tell of a station's configuration, of which its password is no part, and of its list of tokens.
/// </summary>
internal static class Learning
{
    public static IReadOnlyDictionary<string, string>? Known(WireValue answer) =>
        KeysOf(answer) is { } keys ? Known(keys) : null;

    /// <summary>The keys that have a value; stations repeat keys, the last one counts.</summary>
    public static IReadOnlyDictionary<string, string> Known(IEnumerable<KeyValue> keys)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, _, value) in keys)
            if (value is not null && !SecretKey.Is(key)) known[key] = value;
        return known;
    }

    /// <summary>The answer as it may be kept, where a station tells its password although it must not.</summary>
    public static string Shown(WireValue answer)
    {
        var json = answer.ToString();
        if (KeysOf(answer) is not { } keys || !keys.Any(k => k.Value is not null && SecretKey.Is(k.Key))) return json;
        var shown = JsonNode.Parse(json)!;
        foreach (var entry in shown["configurationKey"]!.AsArray())
            if (SecretKey.Is((string)entry!["key"]!)) entry["value"] = SecretKey.Hidden;
        return shown.ToJsonString();
    }

    /// <summary>§5.10: the list's version; null: the answer has none.</summary>
    public static Receipt? ListVersion(WireValue answer) =>
        Fields.Read(answer, GetLocalListVersionResponse.Read).Value is { ListVersion: var version }
            ? new Receipt(Answer.Accepted, nameof(Answer.Accepted), answer.ToString()) { ListVersion = version }
            : null;

    private static IReadOnlyList<KeyValue>? KeysOf(WireValue answer) =>
        Fields.Read(answer, GetConfigurationResponse.Read, lenient: true).Value?.ConfigurationKey;
}
