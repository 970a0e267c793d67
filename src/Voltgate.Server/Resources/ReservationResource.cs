using System.Text.Json.Serialization;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>A place that is kept for somebody, as GET and the webhooks show it.</summary>
/// <param name="Status">pending, active, used, expired, cancelled, refused.</param>
/// <param name="Connector">Null: any connector of the chargestation.</param>
/// <param name="Session">The session that used it.</param>
/// <param name="Failure">Why it was refused, or ended early.</param>
internal sealed record ReservationResource(
    [property: JsonPropertyName("_id")] string Id,
    string Status,
    string Chargestation,
    string? Connector,
    string? User,
    string Token,
    WireTime ExpiresAt,
    string? Session,
    FailureResource? Failure,
    WireJson MetaData,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt)
{
    public static ReservationResource Of(Reservation r) => new(
        r.Id, ReservationStore.StatusOf(r.Status), r.Station, r.Connector, r.User, r.Token,
        new WireTime(r.ExpiresAtMs), r.Session, FailureResource.Of(r.Failure), new WireJson(r.MetaData),
        new WireTime(r.CreatedAtMs), new WireTime(r.UpdatedAtMs));
}
