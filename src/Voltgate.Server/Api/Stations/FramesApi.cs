using Voltgate.Server.Resources;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>The OCPP frame log of a chargestation: what it said and what it was told, newest first.</summary>
internal sealed class FramesApi(ListReader lists, References references, LocalStations stations)
{
    /// <summary>As it is read where nothing is looked for: by the index alone. Whose the station is was asked before.
    /// </summary>
    private const string Places =
        "(select place, chargestation, at, @organization as organization from message_places)";

    private const string Log =
        "(select p.place as place, p.chargestation as chargestation, p.at as at, @organization as organization, "
        + "t.direction as direction, t.action as action, t.session as session, t.message_id as message_id, "
        + "coalesce(t.verdict, 'accepted') as verdict, " + Type + " as kind, "
        + "t.body || coalesce(t.answer, '') || coalesce(t.reasons, '') as said "
        + "from message_places p join messages t on t.place = p.place)";

    // Answers of before had no message id and no kind.
    private const string Type =
        "coalesce(t.kind, case when t.direction = 'in' and t.message_id = '' then 'CALLRESULT' else 'CALL' end)";

    /// <summary>An answer goes out after its commit: the next CALL that is kept tells how long it took.</summary>
    private const string Took =
        "coalesce(t.took, case when t.direction = 'in' and t.kind is null and t.message_id <> '' then "
        + "(select n.prior_took from message_places q join messages n on n.place = q.place "
        + "where q.chargestation = t.chargestation and q.at >= t.at and q.place > t.place and n.direction = 'in' "
        + "and n.kind is null and n.took is null order by q.at, q.seq limit 1) end)";

    private static readonly Filter[] Filters =
    [
        Filter.Word("direction", ["in", "out"]), Filter.Text("action"), Filter.Id("session"),
        Filter.Word("type", ["CALL", "SEND", "CALLRESULT", "CALLERROR", "INVALID", "SILENCE"], "kind"),
        Filter.Text("message_id"), Filter.Word("verdict", ["accepted", "soft", "hard"]),
        Filter.Part("search", "said"),
    ];

    private static readonly ListSpec Frames = new(Log, Filters)
    {
        Within = ("chargestation", "id"), CreatedAt = "at", UpdatedAt = null, Key = "place", Rows = "messages",
        Select = "t.direction as Direction, " + Type + " as Type, t.action as Action, t.message_id as MessageId, "
            + "t.session as Session, t.body as Body, t.answer as Answer, " + Took + " as Took, t.verdict as Verdict, "
            + "t.reasons as Reasons, t.times as Times, t.at as At, t.until_at as UntilAt",
    };

    private static readonly ListSpec All = Frames with { Table = Places };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/chargestations/{id}/messages", "read:chargestations", List)
        {
            Summary = "The OCPP messages of a chargestation, newest first, each with its answer, latency and verdict. "
                + "Pulses, repeated news and what is refused again are one entry with the number of times. What is of "
                + "no session goes after 90 days, unless the server's Storage:MessageKeepDays says otherwise.",
            List = Frames, Answer = typeof(FrameResource),
        },
    ];

    private async Task<IResult> List(Call call)
    {
        if (!Domain.ObjectId.IsWellFormed(call.Id) || !await references.Exists(call, "chargestations", call.Id))
            return Refusal.NotFound;
        await stations.WriteFrames(call.Id);
        var isNarrowed = Filters.Any(f => call.Http.Request.Query.ContainsKey(f.Name));
        return await lists.Read<Row>(
            call, isNarrowed ? Frames : All,
            (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]));
    }

    private static string Worded(Row r) => Wire.Write(
        new FrameResource(
            r.Direction, r.Type, r.Action, r.MessageId is "" ? null : r.MessageId, r.Session,
            new WireJson(SessionHistory.Ascii(r.Body)), AnswerOf(r), LatencyOf(r), r.Verdict ?? "accepted",
            r.Reasons?.Split('\n') ?? [], r.Times ?? 1, new WireTime(r.At), new WireTime(r.UntilAt ?? r.At)),
        WireContext.Default.FrameResource);

    private static WireJson? AnswerOf(Row r) =>
        r is { Direction: "in", Type: "CALL" } && r.Verdict != Storage.StoredMessage.Hard
            ? new WireJson(r.Answer is null ? "{}" : SessionHistory.Ascii(r.Answer))
            : null;

    private static double? LatencyOf(Row r) => r.Took / 1_000.0;

    private sealed class Row
    {
        public string Direction { get; init; } = "";

        public string Type { get; init; } = "";

        public string Action { get; init; } = "";

        public string MessageId { get; init; } = "";

        public string? Session { get; init; }

        public string Body { get; init; } = "";

        public string? Answer { get; init; }

        public long? Took { get; init; }

        public string? Verdict { get; init; }

        public string? Reasons { get; init; }

        public long? Times { get; init; }

        public long At { get; init; }

        public long? UntilAt { get; init; }
    }
}
