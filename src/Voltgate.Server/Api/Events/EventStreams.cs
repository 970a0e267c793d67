using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using Voltgate.Domain;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>An event on its way to a listener.</summary>
/// <param name="Stream">The chargestation's id, else the resource's.</param>
internal sealed record StreamedEvent(long Place, string Stream, EventRow Row);

/// <summary>Opens event streams, counts them, and reads for them.</summary>
internal sealed class EventStreams(
    Database database, EventReader reader, EventTail tail, Committer committer, StreamLife life)
{
    private const int Batch = 200;

    /// <summary>An id tells the second it was made in; the event's own time may lie a little beside it.</summary>
    private const long Beside = 2_000;

    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);

    /// <param name="lastSeen">The _id of the last event that the listener has; null: from now on.</param>
    public async Task<IResult> Open(Call call, string? lastSeen, Predicate<StreamedEvent> passes)
    {
        long? after = null;
        if (lastSeen is not null)
        {
            if (!ObjectId.IsWellFormed(lastSeen))
                return Refusal.Invalid("Last-Event-ID", "Send the _id of the last event that you have.");
            after = await PlaceOf(call, lastSeen);
            if (after is null)
                return new Refusal(
                    410, "event_gone",
                    "That event is not kept any more, or is not yours; read /events and follow from now.");
        }

        var count = open.AddOrUpdate(call.Organization, 1, (_, n) => n + 1);
        if (count <= life.MostStreams) return new EventStream(this, call, after, passes);
        Release(call.Organization);
        return new Refusal(
            429, "too_many_streams", $"Your organisation has {life.MostStreams} streams open; close one, or share one.")
        { RetryAfterSeconds = 10 };
    }

    public StreamLife Life => life;

    public EventTail Tail => tail;

    public void Release(string organization) => open.AddOrUpdate(organization, 0, (_, n) => n - 1);

    /// <summary>
    /// What follows behind a place, up to the horizon: the events that pass, and how far it was looked.
    /// </summary>
    public async Task<(List<(StreamedEvent Event, byte[] Body)> Events, long Seen)> Read(
        string organization, long after, long horizon, Predicate<StreamedEvent> passes, CancellationToken cancel)
    {
        var found = new List<(StreamedEvent, byte[])>();
        await using var connection = await database.Open(cancel);
        var batch = await Rows(connection, organization, after, horizon, cancel);
        foreach (var e in batch)
            if (passes(e)) found.Add((e, await reader.Body(connection, e.Row)));
        await committer.Settled; // nobody is told what a power cut may take
        return (found, batch.Count < Batch ? horizon : batch[^1].Place);
    }

    // The || keeps the planner on the places: of the newest few rows, not of all that a tenant has.
    private static async Task<List<StreamedEvent>> Rows(
        DbConnection connection, string organization, long after, long horizon, CancellationToken cancel)
    {
        await using var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"select e.place, e.stream, {EventReader.Columns} from events e where e.place > @after "
            + $"and e.place <= @horizon and e.organization || '' = @organization order by e.place limit {Batch}",
            new { after, horizon, organization }, cancellationToken: cancel));
        var found = new List<StreamedEvent>();
        while (await rows.ReadAsync(cancel))
            found.Add(new StreamedEvent(rows.GetInt64(0), rows.GetString(1), EventReader.Row(rows, 2)));
        return found;
    }

    private async Task<long?> PlaceOf(Call call, string id)
    {
        var second = Convert.ToInt64(id[..8], 16) * 1000;
        await using var connection = await database.Open(call.Cancel);
        return await connection.QueryFirstOrDefaultAsync<long?>(
            "select place from events where organization = @Organization and at >= @From and at <= @To and id = @id",
            new { call.Organization, From = second - Beside, To = second + 1000 + Beside, id });
    }
}
