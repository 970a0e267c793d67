using System.Text.Json;
using Dapper;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What lies in the store about one session's past: its meter reports and its timeline.</summary>
internal sealed class SessionHistory(Database database)
{
    /// <summary>Late frames of a session may come this long after it changed last.</summary>
    private const long LateMs = 7 * 86_400_000L;

    public static readonly ListSpec Paging = new("messages") { IsHistory = true };

    private const string Frames =
        "from message_places p join messages m on m.place = p.place "
        + "where p.chargestation = @Station and p.at >= @From and p.at <= @To and m.session = @Id ";

    private const string OfSession =
        "join events e on e.place = d.event_place "
        + "where d.webhook in (select id from webhooks where organization = @Organization) "
        + "and d.lane in (@Station, @Replays) and d.event_seq > @FromSeq and d.event_seq <= @ToSeq and e.resource "
        + "= @Id ";

    private const string Sent = "from deliveries d " + OfSession;

    // A delivery's successful attempt stands on its own row, the failed ones beside it.
    private const string Tried =
        "from deliveries d join delivery_attempts a on a.webhook = d.webhook and a.delivery = d.id " + OfSession;

    private sealed class Row
    {
        public long At { get; init; }

        public string What { get; init; } = "";

        public string? Direction { get; init; }

        public string? Id { get; init; }

        public long? Status { get; init; }

        public string? Error { get; init; }

        public string? Body { get; init; }
    }

    public async Task<IResult> Reports(Call call, Session session)
    {
        var reports = (await Notes(session, call.Cancel))
            .Where(r => r.IsMeasured)
            .OrderBy(r => r.AtMs)
            .Select(r => StationJson.Write(EnergyReportResource.Of(r)!));
        return Page(call, reports, "reports");
    }

    /// <summary>What was noted of the session's meter, in the order in which it came.</summary>
    public async Task<IReadOnlyList<EnergyReport>> Notes(Session session, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var stored = await connection.QueryAsync<string>(
            "select m.reading " + Frames + "and m.reading is not null order by p.at, p.seq", Span(session));
        return [.. stored.SelectMany(r => JsonSerializer.Deserialize(r, DomainJson.Default.EnergyReportArray)!)];
    }

    public async Task<IResult> Timeline(Call call, Session session)
    {
        var entries = new List<TimelineEntry>();
        await using var connection = await database.Open(call.Cancel);
        var span = Span(session);
        entries.AddRange((await connection.QueryAsync<Row>(
            "select m.at as At, m.action as What, m.direction as Direction, m.body as Body, m.reasons as Error "
                + Frames
                + "order by p.at, p.seq", span))
            .Select(r => Entry(r, "frame")));
        entries.AddRange((await connection.QueryAsync<Row>(
            "select e.at as At, e.type as What, e.id as Id from event_places p join events e on e.place = p.place "
            + "where p.stream = @Station and p.seq > @FromSeq and p.seq <= @ToSeq and e.resource = @Id "
            + "order by p.seq", span))
            .Select(r => Entry(r, "event")));
        entries.AddRange((await connection.QueryAsync<Row>(
            "select d.updated_at as At, d.event_type as What, d.event_id as Id, d.last_status as Status, null as Error "
            + Sent + "and d.state = 'delivered' union all "
            + "select a.at, d.event_type, d.event_id, a.status, a.error " + Tried, span))
            .Select(r => Entry(r, "webhook")));
        entries.AddRange(Costs(session));
        return Page(call, entries.OrderBy(e => e.At.Ms).Select(StationJson.Write), "entries");
    }

    private static IEnumerable<TimelineEntry> Costs(Session session) =>
        (CostResource.Of(session)?.Breakdown ?? []).Select(line => new TimelineEntry(
            new WireTime(line.Period.EndTime), "cost", line.Type, null, null, null, null,
            new WireJson(StationJson.Write(line))));

    private static TimelineEntry Entry(Row row, string kind) => new(
        new WireTime(row.At), kind, row.What, row.Direction, row.Status, row.Error?.Replace('\n', ','), row.Id,
        row.Body is { Length: > 0 } body ? new WireJson(Ascii(body)) : null);

    /// <summary>What a station wrote may hold any character; what we answer is ASCII (api-contract §1).</summary>
    public static string Ascii(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, StationJson.Default.JsonElement);
    }

    private static object Span(Session session) => new
    {
        session.Station,
        Replays = "replay/" + session.Station,
        session.Id,
        session.Organization,
        From = session.CreatedAtMs,
        To = session.UpdatedAtMs + LateMs,
        FromSeq = session.EventsFrom,
        ToSeq = session.EventsTo,
    };

    private static IResult Page(Call call, IEnumerable<string> all, string noun)
    {
        var parsed = ListParser.Parse(call, Paging);
        if (!parsed.Holds) return parsed.Refusal;
        var items = (parsed.Value.Direction == "desc" ? all.Reverse() : all).ToList();
        var (page, limit) = (parsed.Value.Page, parsed.Value.Limit);
        var shown = items.Skip((int)Math.Min(int.MaxValue, (page - 1L) * limit)).Take(limit).ToList();
        return new Listing($"{shown.Count} of {items.Count} {noun}", shown, page, limit, items.Count);
    }
}
