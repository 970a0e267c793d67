using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Storage;

/// <summary>The rows that a station's step leaves behind.</summary>
internal static class StationWrites
{
    /// <summary>
    /// How a session's status lies in the store and on the wire: exactly this casing (api-contract §3).
    /// </summary>
    public static string StatusOf(SessionStatus status) => status switch
    {
        SessionStatus.Created => "created",
        SessionStatus.Cancelled => "cancelled",
        _ => status.ToString(),
    };

    public static string StatusOf(ActionStatus status) => status switch
    {
        ActionStatus.APIRequested => "APIRequested",
        ActionStatus.Requested => "requested",
        ActionStatus.Completed => "completed",
        _ => "failed",
    };

    /// <summary>The fence: the first statement of every unit of a station.</summary>
    public static Statement Fence(ChargeStation before, long eventSeq, long messageSeq) => Statement.Fence(
        "update station_state set version = version + 1, event_seq = $3, message_seq = $4 "
        + "where chargestation = $1 and version = $2",
        before.Id, before.Version, eventSeq, messageSeq);

    public static void Create(List<Statement> unit, ChargeStation s, string staticEndpoint)
    {
        unit.Add(Statement.Of(
            "insert into station_state (chargestation, version, event_seq, message_seq) values ($1, 1, $2, 0)",
            s.Id, s.EventSeq));
        unit.Add(Statement.Of(
            "insert into chargestations (id, organization, endpoint, static_endpoint, location, protocol, "
                + "security, online, "
            + "active, public, is_simulator, created_at, updated_at, body, search) "
            + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            s.Id, s.Organization, s.Endpoint, staticEndpoint, s.Settings.Location, s.Protocol, s.Security.ToString(),
            s.Online, s.Settings.Active, s.Settings.Public, s.Settings.IsSimulator, s.CreatedAtMs, s.UpdatedAtMs,
            DomainJson.Write(s with { Connectors = [] }), SearchOf(s)));
        foreach (var connector in s.Connectors) unit.Add(Put(s, connector));
    }

    public static Statement Update(ChargeStation s) => Statement.Of(
        "update chargestations set endpoint = $2, location = $3, protocol = $4, security = $5, online = $6, "
            + "active = $7, "
        + "public = $8, is_simulator = $9, updated_at = $10, body = $11, search = $12 where id = $1",
        s.Id, s.Endpoint, s.Settings.Location, s.Protocol, s.Security.ToString(), s.Online, s.Settings.Active,
        s.Settings.Public, s.Settings.IsSimulator, s.UpdatedAtMs, DomainJson.Write(s with { Connectors = [] }),
        SearchOf(s));

    /// <summary>What a station is found by: all that stands on it, and what people call it.</summary>
    public static string SearchOf(ChargeStation s) => SearchText.Of(
        s.Settings.Name, s.Endpoint, s.Id, s.Settings.SerialNumber, s.BootInfo?.ChargePointSerialNumber,
        s.BootInfo?.ChargeBoxSerialNumber, s.BootInfo?.ChargePointVendor, s.BootInfo?.ChargePointModel,
        s.BootInfo?.Iccid, s.BootInfo?.Imsi, s.BootInfo?.MeterSerialNumber, s.Settings.Description);

    /// <summary>Makes the new one of two passwords the only one, or drops it.</summary>
    public static Statement Decide(string station, PasswordFate fate) => Statement.Of(
        "update chargestations set "
        + (fate == PasswordFate.Taken
            ? "password_salt = next_password_salt, password_hash = next_password_hash, "
                + "password_sealed = next_password_sealed, "
            : "")
        + "next_password_salt = null, next_password_hash = null, next_password_sealed = null, "
        + "next_password_action = null where id = $1 and next_password_hash is not null",
        station);

    public static void Delete(List<Statement> unit, ChargeStation s)
    {
        foreach (var sql in new[]
        {
            "delete from connectors where chargestation = $1",
            "delete from upload_parts where action in (select action from uploads where chargestation = $1)",
            "delete from uploads where chargestation = $1",
            "delete from actions where chargestation = $1",
            "delete from reservations where chargestation = $1",
            "delete from local_lists where chargestation = $1",
            "delete from connection_attempts where chargestation = $1",
            "delete from signing_requests where chargestation = $1",
            "delete from station_certificates where chargestation = $1 and revoked_at is null",
            "delete from station_state where chargestation = $1",
            "delete from chargestations where id = $1",
        })
            unit.Add(Statement.Of(sql, s.Id));
    }

    /// <summary>The station's list of tokens as it is now.</summary>
    public static Statement PutTokenList(ChargeStation s, long nowMs) => s.TokenList is not { } list
        ? Statement.Of("delete from local_lists where chargestation = $1", s.Id)
        : Statement.Of(
            "insert into local_lists (chargestation, organization, updated_at, body) values ($1, $2, $3, $4) "
            + "on conflict (chargestation) do update set updated_at = excluded.updated_at, body = excluded.body",
            s.Id, s.Organization, nowMs, DomainJson.Write(list));

    public static Statement Put(ChargeStation s, Connector c) => Statement.Of(
        "insert into connectors (id, organization, chargestation, connector_id, evse_id, status, active, rate, "
        + "created_at, updated_at, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        + "on conflict (id) do update set status = excluded.status, active = excluded.active, rate = excluded.rate, "
        + "updated_at = excluded.updated_at, body = excluded.body",
        c.Id, s.Organization, s.Id, c.Place.Connector, c.Place.Evse, c.Status?.ToString(), c.Settings.Active,
        c.Settings.Rate, c.CreatedAtMs, c.UpdatedAtMs, DomainJson.Write(c));

    public static Statement Delete(Connector c) => Statement.Of("delete from connectors where id = $1", c.Id);

    public static void Insert(List<Statement> unit, Session s)
    {
        unit.Add(Statement.Of(
            "insert into sessions (id, organization, chargestation, connector, driver, token, rate, rate_version, "
            + "status, source, number, start_key, due_at, started_at, ended_at, created_at, updated_at, energy, "
            + "amount, currency) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
            + "$17, $18, $19, $20)",
            s.Id, s.Organization, s.Station, s.Connector, s.User, s.Token, s.Rate, s.RateVersion, StatusOf(s.Status),
            s.Source.ToString(), s.Number, s.StartKey, s.DueAtMs, s.StartedAtMs, s.EndedAtMs, s.CreatedAtMs,
            s.UpdatedAtMs, TotalsOf(s).MilliWh, TotalsOf(s).Micros, TotalsOf(s).Currency));
        unit.Add(PutState(s));
    }

    /// <summary>
    /// Whether nothing changed that has a column. Mostly so, and columns that are not named leave the indexes over them
    /// untouched: five pages less to write for each reading.
    /// </summary>
    public static bool IsStateAlone(Session s, Session before) =>
        (s.Connector, s.Status, s.StartKey, s.DueAtMs, s.StartedAtMs, s.EndedAtMs)
        == (before.Connector, before.Status, before.StartKey, before.DueAtMs, before.StartedAtMs, before.EndedAtMs)
        && TotalsOf(s) == TotalsOf(before);

    /// <summary>The session's row and its state.</summary>
    /// <param name="before">As it stands in the store; null: not known.</param>
    public static void Update(List<Statement> unit, Session s, Session? before)
    {
        unit.Add(before is not null && IsStateAlone(s, before)
            ? Statement.Of(
                "update sessions set updated_at = $2, state_place = null where id = $1", s.Id, s.UpdatedAtMs)
            : Statement.Of(
                "update sessions set connector = $2, status = $3, start_key = $4, due_at = $5, started_at = $6, "
                + "ended_at = $7, updated_at = $8, energy = $9, amount = $10, currency = $11, state_place = null "
                + "where id = $1",
                s.Id, s.Connector, StatusOf(s.Status), s.StartKey, s.DueAtMs, s.StartedAtMs, s.EndedAtMs,
                s.UpdatedAtMs, TotalsOf(s).MilliWh, TotalsOf(s).Micros, TotalsOf(s).Currency));
        unit.Add(PutState(s));
    }

    /// <summary>What it came to, once it is over; of one without a rate the energy alone.</summary>
    private static (long? MilliWh, long? Micros, string? Currency) TotalsOf(Session s) => s.EndedAtMs is null
        ? default
        : (s.Consumed.MilliWh, s.Plan is null ? null : s.CostMicros, s.Plan?.Currency);

    /// <summary>The session's row, where its state lies with the event that was written just before.</summary>
    public static Statement UpdateByEvent(Session s) => Statement.Of(
        "update sessions set updated_at = $2, state_place = /*last place*/0 where id = $1", s.Id, s.UpdatedAtMs);

    private static Statement PutState(Session s) => Statement.Of(
        "insert into session_states (session, state) values ($1, $2) "
        + "on conflict (session) do update set state = excluded.state",
        s.Id, DomainJson.Write(s));

    public static Statement Put(StationAction a) => Statement.Of(
        "insert into actions (id, organization, chargestation, connector, session, type, status, due_at, created_at, "
        + "updated_at, body) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        + "on conflict (id) do update set status = excluded.status, due_at = excluded.due_at, "
        + "updated_at = excluded.updated_at, body = excluded.body",
        a.Id, a.Organization, a.Station, a.Connector, a.Session, a.Type, StatusOf(a.Status), a.DueAtMs, a.CreatedAtMs,
        a.UpdatedAtMs, DomainJson.Write(a));

    public static Statement Add(string station, long seq, long atMs, StoredMessage m) => Statement.Of(
        "insert into messages (chargestation, seq, at, direction, action, message_id, session, reading, body, kind, "
        + "answer, verdict, reasons, took, prior_took, times, until_at) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        station, seq, m.AtMs ?? atMs, m.Direction, m.Action, m.MessageId, m.Session, m.Readings, m.Body, m.Kind,
        m.Answer, m.Verdict, m.Reasons, m.TookUs, m.PriorTookUs, m.Times, m.UntilMs);

    public static Statement UnknownToken(string organization, string tag, string station, long atMs) => Statement.Of(
        "insert into unknown_tokens (organization, physical_id, chargestation, seen, first_seen_at, last_seen_at) "
        + "values ($1, $2, $3, 1, $4, $4) on conflict (organization, physical_id) do update set "
        + "chargestation = excluded.chargestation, seen = unknown_tokens.seen + 1, last_seen_at = "
        + "excluded.last_seen_at",
        organization, tag, station, atMs);
}
