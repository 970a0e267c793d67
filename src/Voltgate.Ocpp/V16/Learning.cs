using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V16;

/// <summary>What answers tell of a station's configuration.</summary>
internal static class Learning
{
    // Write-only (OCPP-J 1.6 §6.2.2): it is a secret, and must not be kept where people read settings.
    private const string Secret = "AuthorizationKey";

    public static IReadOnlyDictionary<string, string>? Known(WireValue answer) =>
        Fields.Read(answer, GetConfigurationResponse.Read, lenient: true).Value is { ConfigurationKey: { } keys }
            ? Known(keys)
            : null;

    /// <summary>The keys that have a value; stations repeat keys, the last one counts.</summary>
    public static IReadOnlyDictionary<string, string> Known(IEnumerable<KeyValue> keys)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, _, value) in keys)
            if (value is not null && !key.Equals(Secret, StringComparison.OrdinalIgnoreCase)) known[key] = value;
        return known;
    }
}
