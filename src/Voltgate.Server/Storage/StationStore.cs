using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>A station as it lies in the store: the aggregate and the counters of its streams.</summary>
internal sealed record StoredStation(ChargeStation Station, long MessageSeq);

/// <summary>Reads stations as whole aggregates: the row, its connectors, everything open on it.</summary>
internal sealed class StationStore(Database database, SessionStore sessions, ReservationStore reservations)
{
    private const long FreshMs = 3_000;

    private readonly ConcurrentDictionary<string, (bool Wanted, long ReadAtMs)> raw = new(StringComparer.Ordinal);

    private sealed class Row
    {
        public string Body { get; init; } = "";

        public long Version { get; init; }

        public long EventSeq { get; init; }

        public long MessageSeq { get; init; }
    }

    /// <summary>The station, or null: unknown.</summary>
    public async Task<StoredStation?> Load(string id, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(
            "select c.body as Body, s.version as Version, s.event_seq as EventSeq, s.message_seq as MessageSeq "
            + "from chargestations c join station_state s on s.chargestation = c.id where c.id = @id", new { id });
        if (row is null) return null;
        var connectors = await connection.QueryAsync<string>(
            "select body from connectors where chargestation = @id order by connector_id, evse_id", new { id });
        var actions = await connection.QueryAsync<string>(
            "select body from actions where chargestation = @id and status in ('APIRequested', 'requested') "
            + "order by created_at", new { id });
        var reserved = await connection.QueryAsync<string>(
            $"select body from reservations where {ReservationStore.Unfinished} order by created_at, id", new { id });
        var list = await connection.QueryFirstOrDefaultAsync<string>(
            "select body from local_lists where chargestation = @id", new { id });
        var open = await sessions.Read(
            connection, "chargestation = @id and status in ('created', 'Started') order by created_at, id", new { id });
        var station = DomainJson.ReadStation(row.Body) with
        {
            Connectors = [.. connectors.Select(DomainJson.ReadConnector)],
            Sessions = [.. open],
            Actions = [.. actions.Select(DomainJson.ReadAction)],
            Reservations = [.. reserved.Select(DomainJson.ReadReservation)],
            TokenList = list is null ? null : DomainJson.ReadTokenList(list),
            Version = row.Version,
            EventSeq = row.EventSeq,
        };
        return new StoredStation(station, row.MessageSeq);
    }

    /// <summary>Stations that something is due for.</summary>
    public async Task<IEnumerable<string>> Due(long nowMs, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryAsync<string>(
            "select distinct chargestation from sessions where due_at <= @nowMs "
            + "union select distinct chargestation from actions where due_at <= @nowMs "
            + "union select distinct chargestation from reservations where due_at <= @nowMs", new { nowMs });
    }

    /// <summary>
    /// Stations that the store believes to be online or to owe an answer: after a restart none of them is, or does.
    /// And those with a session that nothing would ever end.
    /// </summary>
    public async Task<IEnumerable<string>> Online(CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryAsync<string>(
            "select id from chargestations where online = true "
            + "union select distinct chargestation from actions where status in ('APIRequested', 'requested') "
            + "union select distinct chargestation from sessions where status = 'Started' and due_at is null");
    }

    /// <summary>The IANA zone of a location; UTC where there is none.</summary>
    public async Task<string> TimeZone(string? location, CancellationToken cancel = default)
    {
        if (location is null) return "UTC";
        await using var connection = await database.Open(cancel);
        var body = await connection.QueryFirstOrDefaultAsync<string>(
            "select body from locations where id = @location", new { location });
        if (body is null) return "UTC";
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("timezone", out var zone) ? zone.GetString() ?? "UTC" : "UTC";
    }

    /// <summary>What a tenant wants of sessions that are reported late; its settings lie in its body.</summary>
    public async Task<LateBilling> LateBilling(string organization)
    {
        await using var connection = await database.Open();
        using var document = await Settings(connection, organization);
        return new LateBilling(
            document.RootElement.TryGetProperty("late_billing", out var policy)
                ? Enum.Parse<LatePolicy>(policy.GetString()!, ignoreCase: true)
                : Domain.Sessions.LateBilling.Standard.Policy,
            document.RootElement.TryGetProperty("late_after_days", out var days)
                ? days.GetInt32()
                : Domain.Sessions.LateBilling.Standard.AfterDays);
    }

    /// <summary>
    /// Whether a tenant wants its sessions to show what stations measured word for word. Asked with every reading, so
    /// it is read again after a few seconds only; in the process that changed it it holds at once.
    /// </summary>
    public ValueTask<bool> WantsRaw(string organization, long nowMs) =>
        raw.TryGetValue(organization, out var known) && nowMs - known.ReadAtMs is >= 0 and < FreshMs
            ? new(known.Wanted)
            : new(ReadRaw(organization, nowMs));

    /// <summary>The tenant's settings have changed.</summary>
    public void Forget(string organization) => raw.TryRemove(organization, out _);

    private async Task<bool> ReadRaw(string organization, long nowMs)
    {
        await using var connection = await database.Open();
        using var document = await Settings(connection, organization);
        var wanted = document.RootElement.TryGetProperty("raw_energy_reports", out var flag) && flag.GetBoolean();
        raw[organization] = (wanted, nowMs);
        return wanted;
    }

    private static async Task<JsonDocument> Settings(DbConnection connection, string organization) =>
        JsonDocument.Parse(await connection.QueryFirstAsync<string>(
            "select body from organizations where id = @organization", new { organization }));

    /// <inheritdoc cref="ReservationStore.ByNumber"/>
    public Task<Reservation?> Reservation(string station, int number) => reservations.ByNumber(station, number);

    /// <summary>The plan that a rate was billed by at that time, its first one before; null: no such rate.</summary>
    public async Task<RatePlan?> Plan(string? rate, long atMs, CancellationToken cancel = default)
    {
        if (rate is null) return null;
        await using var connection = await database.Open(cancel);
        var plan = await connection.QueryFirstOrDefaultAsync<string>(
            "select plan from rate_versions where rate = @rate "
            + "order by case when created_at <= @atMs then version else -version - 1000000000 end desc limit 1",
            new { rate, atMs });
        return plan is null ? null : DomainJson.ReadPlan(plan);
    }
}
