using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// How a station knocked, from one address and with one outcome: what happened and what to do, in plain words.
/// </summary>
/// <param name="Outcome">accepted, quarantined or refused.</param>
/// <param name="Code">accepted, unknown_station, wrong_password, subprotocol_missing, …</param>
/// <param name="Chargestation">Absent where no chargestation has that identity.</param>
/// <param name="Identity">Whom the URL claimed to be.</param>
/// <param name="Source">The address that connected.</param>
/// <param name="Attempts">How often, since createdAt; updatedAt is the last time.</param>
/// <param name="Detail">What the station sent that explains it, such as the subprotocols that it offered.</param>
internal sealed record ConnectionAttemptResource(
    [property: JsonPropertyName("_id")] string Id,
    string Outcome,
    string Code,
    string? Chargestation,
    string? Identity,
    string Source,
    long Attempts,
    string Diagnosis,
    string? Remedy,
    string? Detail,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt);
