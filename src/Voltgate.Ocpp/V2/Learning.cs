using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V2;

/// <summary>What answers tell of a station's variables, of which its passwords are no part, and of its lists.</summary>
internal static class Learning
{
    /// <summary>B06: the variables that were read; stations repeat them, the last one counts.</summary>
    public static IReadOnlyDictionary<string, string>? Known(WireValue answer)
    {
        if (ResultsOf(answer) is not { } results) return null;
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            var key = VariableKey.Of(result.Component, result.Variable).ToString();
            if (IsActual(result) && result.AttributeValue is { } value && !SecretKey.Is(key)) known[key] = value;
        }
        return known;
    }

    /// <summary>The answer as it may be kept, where a station tells a password although it must not.</summary>
    public static string Shown(WireValue answer)
    {
        var json = answer.ToString();
        if (ResultsOf(answer) is not { } results || !results.Any(IsSecret)) return json;
        var shown = JsonNode.Parse(json)!;
        foreach (var (entry, result) in shown["getVariableResult"]!.AsArray().Zip(results))
            if (IsSecret(result)) entry!["attributeValue"] = SecretKey.Hidden;
        return shown.ToJsonString();
    }

    /// <summary>B05: what was written.</summary>
    public static IReadOnlyDictionary<string, string> Written(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (text, value) in values)
            if (VariableKey.Parse(text) is { } key && !SecretKey.Is(text)) written[key.ToString()] = value;
        return written;
    }

    /// <summary>
    /// B05: the variable's own status. RebootRequired: stored, in force after a reboot. One that the station does not
    /// have is Unsupported, as a key is in 1.6. Of several the first that it has not taken counts. Null: the answer has
    /// none.
    /// </summary>
    public static Receipt? JudgeWritten(WireValue answer)
    {
        var read = Fields.Read(answer, SetVariablesResponse.Read, lenient: true).Value;
        if (read?.SetVariableResult is not [var first, ..] results) return null;
        var result = results.FirstOrDefault(r => !IsTaken(r)) ?? first;
        var verdict = result.AttributeStatus switch
        {
            _ when IsTaken(result) => Answer.Accepted,
            SetVariableStatus.Rejected => Answer.Rejected,
            _ => Answer.Unsupported,
        };
        return new Receipt(verdict, result.AttributeStatus.ToString(), answer.ToString());
    }

    /// <summary>D02: the list's version; null: the answer has none.</summary>
    public static Receipt? ListVersion(WireValue answer) =>
        Fields.Read(answer, GetLocalListVersionResponse.Read).Value is { VersionNumber: var version }
            ? new Receipt(Answer.Accepted, nameof(Answer.Accepted), answer.ToString()) { ListVersion = version }
            : null;

    /// <summary>M03. NotFound: it has none of that kind, which is an answer.</summary>
    public static Receipt? JudgeInstalled(WireValue answer) =>
        Fields.Read(answer, GetInstalledCertificateIdsResponse.Read).Value?.Status
            == GetInstalledCertificateStatus.NotFound
            ? new Receipt(Answer.Accepted, nameof(GetInstalledCertificateStatus.NotFound), answer.ToString())
            : null;

    private static bool IsTaken(SetVariableResult result) =>
        result.AttributeStatus is SetVariableStatus.Accepted or SetVariableStatus.RebootRequired;

    private static bool IsActual(GetVariableResult result) =>
        result is { AttributeStatus: GetVariableStatus.Accepted, AttributeType: null or AttributeKind.Actual };

    private static bool IsSecret(GetVariableResult result) => result.AttributeValue is not null
        && SecretKey.Is(VariableKey.Of(result.Component, result.Variable).ToString());

    private static IReadOnlyList<GetVariableResult>? ResultsOf(WireValue answer) =>
        Fields.Read(answer, GetVariablesResponse.Read, lenient: true).Value?.GetVariableResult;
}
