using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>What became of an import, row by row.</summary>
internal sealed record ImportResource(
    int Rows, int Created, int Failed, IReadOnlyList<ImportLineResource> Results);

/// <param name="Row">The line in the file; the header is line 1.</param>
/// <param name="Password">Of a chargestation with basic_auth: shown here and never again.</param>
internal sealed record ImportLineResource(
    int Row,
    [property: JsonPropertyName("_id")] string? Id,
    string? Endpoint,
    string? Password,
    IReadOnlyList<ImportErrorResource>? Errors);

internal sealed record ImportErrorResource(string Field, string Message);
