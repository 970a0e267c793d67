using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>How safe a chargestation's way in is.</summary>
/// <param name="Severity">Of the worst finding: critical, high, medium, low, or none.</param>
/// <param name="ConnectedBy">The profile by which it came last; absent: it never came.</param>
internal sealed record PostureResource(
    string Chargestation,
    string Name,
    string Endpoint,
    [property: Description("The security profile that it must keep to at least, 0 to 3.")] int Profile,
    [property: Description("The security profile by which it came last, 0 to 3.")] int? ConnectedBy,
    string Severity,
    IReadOnlyList<FindingResource> Findings,
    [property: JsonPropertyName("checkedAt")] WireTime CheckedAt);

/// <summary>One thing that could be better, and what to do.</summary>
/// <param name="Severity">critical, high, medium or low.</param>
internal sealed record FindingResource(string Code, string Severity, string Finding, string Remedy);
