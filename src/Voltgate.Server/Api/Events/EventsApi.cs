using System.Text;
using Voltgate.Domain;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;
using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Api;

/// <summary>Everything that happened, as webhooks tell it: /events, and /events/stream while it happens.</summary>
internal sealed class EventsApi(ListReader lists, Database database, EventReader reader, EventStreams streams)
{
    private const int MostTypes = 20;

    private static readonly ListSpec List = new(
        "events", Filter.Family("type"), Filter.Id("chargestation", "stream"), Filter.Text("object"),
        Filter.Id("resource"))
    {
        CreatedAt = "at", UpdatedAt = null, Key = "place",
        Select = "t.id as Id, t.type as Type, t.at as At, t.body as Body, t.state as State",
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/events", "read:events", ListAll)
        {
            Summary = "List events, newest first, each as webhooks carry it; type takes session.ended or session.*. "
                + "They are kept 90 days, unless the server's Storage:EventKeepDays says otherwise.",
            List = List, Answer = typeof(EventResource),
        },
        new("GET", "/events/stream", "read:events", Stream)
        {
            Summary = "Follow events as they happen (text/event-stream). Last-Event-ID, an event's _id, goes on behind "
                + "it; one that is not kept any more is answered 410: read /events and follow from now. type and "
                + "chargestation narrow, with commas between several.",
            Streams = true, TextSample = ChargingSamples.Streamed,
            Refusals = [(410, "event_gone"), (422, "invalid_fields"), (429, "too_many_streams")],
        },
    ];

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Type { get; init; } = "";

        public long At { get; init; }

        public string? Body { get; init; }

        public string? State { get; init; }
    }

    private Task<IResult> ListAll(Call call) => lists.Read<Row>(call, List, async (rows, _) =>
    {
        await using var connection = await database.Open(call.Cancel);
        var bodies = new List<string>(rows.Count);
        foreach (var row in rows)
            bodies.Add(row.Body ?? Encoding.ASCII.GetString(
                await reader.Body(connection, new EventRow(row.Id, row.Type, row.At, null, row.State))));
        return bodies;
    });

    private async Task<IResult> Stream(Call call)
    {
        var errors = new List<FieldError>();
        var (types, stations) = (new List<string>(), new List<string>());
        foreach (var (name, value) in call.Http.Request.Query)
            if (name == "type") types.AddRange(Several(name, value.ToString(), EventNames.IsKnown, errors));
            else if (name == "chargestation")
                stations.AddRange(Several(name, value.ToString(), ObjectId.IsWellFormed, errors));
            else if (name != "last_event_id")
                errors.Add(new FieldError(name, "There is no such filter; use type, chargestation or last_event_id."));
        if (errors.Count > 0) return Refusal.Invalid(errors);
        return await streams.Open(call, LastSeen(call.Http.Request), e => Passes(e, types, stations));
    }

    private static bool Passes(StreamedEvent e, List<string> types, List<string> stations) =>
        (types.Count == 0 || types.Exists(t => EventPattern.Matches(t, e.Row.Type)))
        && (stations.Count == 0 || stations.Contains(e.Stream));

    private static string[] Several(string name, string text, Predicate<string> isGood, List<FieldError> errors)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > MostTypes) errors.Add(new FieldError(name, $"Send at most {MostTypes}."));
        else if (Array.Find(parts, p => !isGood(p)) is { } bad)
            errors.Add(new FieldError(name, bad.Length == 0 ? "Send a value." : $"There is no {name} {Shown(bad)}."));
        return parts;
    }

    private static string Shown(string bad) => bad.Length > 100 ? bad[..100] + "…" : bad;

    /// <summary>Browsers send the header when they reconnect; the parameter is for the first time.</summary>
    private static string? LastSeen(HttpRequest request)
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        if (header.Length > 0) return header;
        return request.Query.TryGetValue("last_event_id", out var asked) ? asked.ToString() : null;
    }
}
