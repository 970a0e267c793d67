using Dapper;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>Reads and writes reservations; the station's writer is the one that changes them.</summary>
internal sealed class ReservationStore(Database database)
{
    /// <summary>House SQL: those that are part of their station's aggregate.</summary>
    public const string Unfinished = "chargestation = @id and due_at is not null";

    public static string StatusOf(ReservationStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>The station's reservation of that number; null: it has none.</summary>
    public async Task<Reservation?> ByNumber(string station, int number, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var body = await connection.QueryFirstOrDefaultAsync<string>(
            "select body from reservations where chargestation = @station and number = @number",
            new { station, number = (long)number });
        return body is null ? null : DomainJson.ReadReservation(body);
    }

    public static Statement Put(Reservation r) => Statement.Of(
        "insert into reservations (id, organization, chargestation, connector, driver, token, holder, number, status, "
        + "due_at, created_at, updated_at, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
        + "on conflict (id) do update set status = excluded.status, due_at = excluded.due_at, "
        + "updated_at = excluded.updated_at, body = excluded.body",
        r.Id, r.Organization, r.Station, r.Connector, r.User, r.Token, r.Holder, r.Number, StatusOf(r.Status),
        r.DueAtMs, r.CreatedAtMs, r.UpdatedAtMs, DomainJson.Write(r));
}
