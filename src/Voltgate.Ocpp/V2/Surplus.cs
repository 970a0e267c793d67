using System.Text.Json;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V2;

/// <summary>Finds what a payload has beyond what was read of it. What vendors put into customData is theirs.</summary>
internal static class Surplus
{
    /// <param name="written">What was read, written again.</param>
    public static Violation? Find(WireValue given, WireValue written, string path = "")
    {
        if (given.Kind == JsonTokenType.StartObject && written.Kind == JsonTokenType.StartObject)
            return FindField(given, written, path);
        if (given.Kind == JsonTokenType.StartArray && written.Kind == JsonTokenType.StartArray)
            return given.Elements().Zip(written.Elements())
                .Select(pair => Find(pair.First, pair.Second, path)).FirstOrDefault(v => v is not null);
        return given.Kind == JsonTokenType.StartObject || written.Kind == JsonTokenType.StartArray
            ? new Violation(RpcErrorCode.TypeConstraintViolation, path, "is not a list")
            : null;
    }

    private static Violation? FindField(WireValue given, WireValue written, string path)
    {
        foreach (var (name, value) in given.Properties())
        {
            if (name == "customData") continue;
            var at = path.Length == 0 ? name : $"{path}.{name}";
            var found = value.Kind == JsonTokenType.Null
                ? new Violation(RpcErrorCode.TypeConstraintViolation, at, "is null")
                : written.TryGet(name, out var known)
                    ? Find(value, known, at)
                    : new Violation(RpcErrorCode.FormatViolation, at, "is no field of this message");
            if (found is not null) return found;
        }
        return null;
    }
}
