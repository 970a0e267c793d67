using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>A certificate of a station: it came by it, or it was made for it.</summary>
/// <param name="Origin">presented, or issued by this server's authority.</param>
/// <param name="Fingerprint">SHA-256 of the certificate, hexadecimal.</param>
/// <param name="RevokedAt">Absent while it opens the door.</param>
internal sealed record StationCertificateResource(
    [property: JsonPropertyName("_id")] string Id,
    string Chargestation,
    string Origin,
    string Fingerprint,
    string SerialNumber,
    string Subject,
    string Issuer,
    [property: JsonPropertyName("validFrom")] WireTime ValidFrom,
    [property: JsonPropertyName("validUntil")] WireTime ValidUntil,
    [property: JsonPropertyName("revokedAt")] WireTime? RevokedAt,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt);
