using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Takes a driver's card numbers out of what closed sessions and reservations left behind: their state, the events
/// that keep one, and the station's frames around them. Energy, times and money stay as they are.
/// </summary>
internal sealed class CardTraces(Database database, Committer committer, LocalStations stations)
{
    private const string Erased = "erased";

    /// <summary>A card is shown, and authorised, before its session begins; queued frames come after it.</summary>
    private const long BeforeMs = 10 * 60_000;

    private const long AfterMs = 7 * 86_400_000L;

    private const int UnitSize = 200;

    private sealed class Row
    {
        public long Place { get; init; }

        public string Text { get; init; } = "";

        /// <summary>Of a frame: what it was answered with.</summary>
        public string? Answer { get; init; }
    }

    private sealed class ListRow
    {
        public string Station { get; init; } = "";

        public string Text { get; init; } = "";
    }

    public async Task Remove(Call call, string user)
    {
        await using var connection = await database.Open(call.Cancel);
        var tags = (await connection.QueryAsync<string>(
            "select physical_id from tokens where driver = @user and organization = @Organization",
            new { user, call.Organization })).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var states = await connection.QueryAsync<string>(
            "select t.state from sessions s join session_states t on t.session = s.id "
            + "where s.driver = @user and s.organization = @Organization", new { user, call.Organization });
        foreach (var session in states.Select(DomainJson.ReadSession))
            if (session.IdTag != Erased)
                await Remove(connection, session, tags.Append(session.IdTag).ToHashSet(tags.Comparer));
        var reservations = await connection.QueryAsync<string>(
            "select body from reservations where driver = @user and organization = @Organization",
            new { user, call.Organization });
        foreach (var reservation in reservations.Select(DomainJson.ReadReservation))
            if (reservation.IdTag != Erased)
                await Remove(connection, reservation, tags.Append(reservation.IdTag).ToHashSet(tags.Comparer));
        foreach (var list in await connection.QueryAsync<ListRow>(
            "select chargestation as Station, body as Text from local_lists where organization = @Organization",
            new { call.Organization }))
            if (tags.Any(t => list.Text.Contains(t, StringComparison.OrdinalIgnoreCase)))
            {
                await stations.Order(list.Station, new ForgetTokens(tags));
                var told = await Frames(connection, list.Station, 0, long.MaxValue, tags, "SendLocalList");
                foreach (var unit in told.Chunk(UnitSize)) await committer.Commit(unit);
            }
    }

    private async Task Remove(DbConnection connection, Reservation reservation, HashSet<string> tags)
    {
        var frames = await Frames(
            connection, reservation.Station, reservation.CreatedAtMs, reservation.UpdatedAtMs + AfterMs, tags);
        foreach (var unit in frames.Chunk(UnitSize)) await committer.Commit(unit);
        await committer.Commit([ReservationStore.Put(reservation with { IdTag = Erased })]);
    }

    private async Task Remove(DbConnection connection, Session session, HashSet<string> tags)
    {
        var span = new
        {
            session.Station, session.Id, session.EventsFrom, session.EventsTo,
        };
        var events = await connection.QueryAsync<Row>(
            "select e.place as Place, e.state as Text from event_places p join events e on e.place = p.place "
            + "where p.stream = @Station and p.seq > @EventsFrom and p.seq <= @EventsTo and e.resource = @Id "
            + "and e.state is not null", span);
        var changes = new List<Statement>();
        foreach (var row in events)
            changes.Add(Statement.Of(
                "update events set state = $2 where place = $1", row.Place, StateOf(DomainJson.ReadSession(row.Text))));
        changes.AddRange(await Frames(
            connection, session.Station, session.CreatedAtMs - BeforeMs, session.UpdatedAtMs + AfterMs, tags));

        foreach (var unit in changes.Chunk(UnitSize)) await committer.Commit(unit);

        // The session last: it is what finds the rest.
        await committer.Commit(
        [
            Statement.Of("update session_states set state = $2 where session = $1", session.Id, StateOf(session)),
            Statement.Of("update sessions set start_key = $2 where id = $1", session.Id, KeyOf(session)),
        ]);
    }

    /// <summary>The station's frames of a time, without the tags.</summary>
    private static async Task<List<Statement>> Frames(
        DbConnection connection, string station, long fromMs, long toMs, HashSet<string> tags, string? action = null)
    {
        var frames = await connection.QueryAsync<Row>(
            "select m.place as Place, m.body as Text, m.answer as Answer "
            + "from message_places p join messages m on m.place = p.place "
            + "where p.chargestation = @station and p.at >= @fromMs and p.at <= @toMs"
            + (action is null ? "" : " and m.action = @action"), new { station, fromMs, toMs, action });
        var changes = new List<Statement>();
        foreach (var row in frames)
        {
            var (body, answer) = (Cleaned(row.Text, tags), Cleaned(row.Answer ?? "", tags));
            if (body is null && answer is null) continue;
            changes.Add(Statement.Of(
                "update messages set body = $2, answer = $3 where place = $1", row.Place, body ?? row.Text,
                answer ?? row.Answer));
        }

        return changes;
    }

    private static byte[] StateOf(Session session) =>
        DomainJson.Write(session with { IdTag = Erased, StartKey = KeyOf(session) });

    /// <summary>Still unique, and no longer telling.</summary>
    private static string? KeyOf(Session session) => session.StartKey is null ? null : $"{Erased}|{session.Id}";

    /// <summary>The frame without the tags; null: it has none of them.</summary>
    private static string? Cleaned(string body, HashSet<string> tags)
    {
        if (!tags.Any(t => body.Contains(t, StringComparison.OrdinalIgnoreCase))) return null;
        try
        {
            var frame = JsonNode.Parse(body);
            return Clean(frame, tags) ? frame!.ToJsonString() : null;
        }
        catch (JsonException)
        {
            return "{}"; // not readable, but it holds the number
        }
    }

    private static bool Clean(JsonNode? node, HashSet<string> tags)
    {
        var isChanged = false;
        if (node is JsonArray items)
            foreach (var item in items) isChanged |= Clean(item, tags);
        if (node is not JsonObject fields) return isChanged;
        foreach (var (name, value) in fields.ToList())
        {
            var isTag = value is JsonValue text && text.TryGetValue<string>(out var said) && tags.Contains(said);
            if (isTag) fields[name] = Erased;
            isChanged |= isTag || Clean(value, tags);
        }

        return isChanged;
    }
}
