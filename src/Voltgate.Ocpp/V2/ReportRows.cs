using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>What a station tells of all its variables (2.x B07, B08): in as many parts as it likes.</summary>
internal static class ReportRows
{
    /// <summary>Whoever asks for several reports tells them apart by it; the platform asks for all there is.</summary>
    private const int Request = 1;

    public static IReadOnlyList<Route> Routes(V2Wire wire) =>
    [
        wire.Said("NotifyReport", NotifyReportRequest.Read,
            m => new SettingsReported(Known(m), IsLast: m.Tbc != true),
            (Noted _) => EmptyResponse.Instance),
    ];

    public static IReadOnlyList<CommandRoute> Commands(V2Wire wire) =>
    [
        wire.Told("GetBaseReport", GetBaseReportRequest.Read,
            (ReadConfiguration c) => c.Keys.Count == 0
                ? new GetBaseReportRequest(Request, ReportBase.FullInventory)
                : null),
    ];

    private static Dictionary<string, string> Known(NotifyReportRequest report)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in report.ReportData ?? [])
        {
            var key = VariableKey.Of(item.Component, item.Variable).ToString();
            if (SecretKey.Is(key)) continue;
            foreach (var attribute in item.VariableAttribute)
                if (attribute is { Type: null or AttributeKind.Actual, Value: { } value }) known[key] = value;
        }

        return known;
    }
}
