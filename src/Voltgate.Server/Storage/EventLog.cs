namespace Voltgate.Server.Storage;

/// <summary>
/// An event as it is stored. Body: the whole webhook body, JSON in ASCII; null where it is worded from State later.
/// </summary>
/// <param name="Stream">The chargestation's id, else the resource's.</param>
/// <param name="Seq">The next number of that stream, from its aggregate.</param>
/// <param name="Object">The resource kind: "session", "chargestation", …</param>
internal sealed record StoredEvent(
    string Id, string Organization, string Stream, long Seq, string Type, string Object, string Resource, long AtMs,
    byte[]? Body)
{
    /// <summary>Of a session event that keeps its session's state: DomainJson.</summary>
    public byte[]? State { get; init; }
}

/// <summary>Events and the deliveries they cause, written in the commit that caused them (ADR 0005).</summary>
internal static class EventLog
{
    private const string InsertEvent =
        "insert into events (stream, seq, id, organization, type, object, resource, at, body, state) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

    private const string Listening =
        "from webhook_patterns where organization = $1 and pattern in ($2, $3, $4, '*') ";

    private const string InsertDeliveries =
        "insert into deliveries (webhook, lane, seq, id, organization, event_stream, event_seq, event_place, event_id, "
        + "event_type, state, attempts, created_at, updated_at) "
        + "select webhook, $5, $6, $7, $1, $5, $6, /*last place*/0, $7, $2, 'pending', 0, $8, $8 " + Listening
        + "on conflict (webhook, lane, seq) do nothing"; // who listens by two patterns hears it once

    /// <summary>The statement that adds work for the dispatcher.</summary>
    public const string RaiseLanes =
        "insert into delivery_lanes (webhook, lane, done_seq, last_seq, due_at) "
        + "select webhook, $5, $6, $7, $8 " + Listening
        + "group by webhook on conflict (webhook, lane) do update set last_seq = excluded.last_seq";

    /// <summary>
    /// Makes room for one more delivery in a lane that numbers them itself, for one webhook ($1 webhook, $2 lane).
    /// </summary>
    public const string ExtendLane =
        "insert into delivery_lanes (webhook, lane, done_seq, last_seq, due_at) values ($1, $2, 0, 1, $3) "
        + "on conflict (webhook, lane) do update set last_seq = delivery_lanes.last_seq + 1";

    private const string InsertDelivery =
        "insert into deliveries (webhook, lane, seq, id, organization, event_stream, event_seq, event_place, event_id, "
        + "event_type, state, attempts, created_at, updated_at) "
        + "values ($1, $2, $3, $4, $5, $2, $3, /*last place*/0, $4, $6, 'pending', 0, $7, $7)";

    /// <summary>An event for one webhook alone; its stream is numbered from 1 without gaps.</summary>
    public static void AddTo(List<Statement> unit, StoredEvent e, string webhook)
    {
        unit.Add(Insert(e));
        unit.Add(Statement.Of(InsertDelivery, webhook, e.Stream, e.Seq, e.Id, e.Organization, e.Type, e.AtMs));
        unit.Add(Statement.Of(ExtendLane, webhook, e.Stream, e.AtMs));
    }

    public static void Add(List<Statement> unit, StoredEvent e)
    {
        var (family, branch) = Patterns(e.Type);
        unit.Add(Insert(e));
        unit.Add(Statement.Of(
            InsertDeliveries, e.Organization, e.Type, family, branch, e.Stream, e.Seq, e.Id, e.AtMs));
        unit.Add(Statement.Of(
            RaiseLanes, e.Organization, e.Type, family, branch, e.Stream, e.Seq - 1, e.Seq, e.AtMs)
            with
        { Rows = Statement.AfterChange });
    }

    private static Statement Insert(StoredEvent e) => Statement.Of(
        InsertEvent, e.Stream, e.Seq, e.Id, e.Organization, e.Type, e.Object, e.Resource, e.AtMs, e.Body,
        e.State);

    /// <summary>"session.set_power_limit.requested" is heard by "session.*" and "session.set_power_limit.*".</summary>
    private static (string Family, string Branch) Patterns(string type)
    {
        var first = type.IndexOf('.', StringComparison.Ordinal);
        var last = type.LastIndexOf('.');
        return (type[..first] + ".*", type[..last] + ".*");
    }
}
