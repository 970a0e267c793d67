using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>The OCPP frame log of a chargestation: what it said and what it was told, newest first.</summary>
internal sealed class FramesApi(ListReader lists, References references)
{
    private const string Log =
        "(select p.place as place, p.chargestation as chargestation, p.at as at, c.organization as organization, "
        + "m.direction as direction, m.action as action, m.session as session, m.message_id as message_id, "
        + "m.body as body from message_places p join messages m on m.place = p.place "
        + "join chargestations c on c.id = p.chargestation)";

    private static readonly ListSpec Frames = new(
        Log, Filter.Word("direction", ["in", "out"]), Filter.Text("action"), Filter.Id("session"))
    {
        Within = ("chargestation", "id"), CreatedAt = "at", UpdatedAt = null, Key = "place",
        Select = "t.direction as Direction, t.action as Action, t.session as Session, t.message_id as MessageId, "
            + "t.at as At, t.body as Body",
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/chargestations/{id}/messages", "read:chargestations", List)
        {
            Summary = "The OCPP messages of a chargestation, newest first; heartbeats and repeated news are not kept.",
            List = Frames, Answer = typeof(FrameResource),
        },
    ];

    private async Task<IResult> List(Call call) =>
        Domain.ObjectId.IsWellFormed(call.Id) && await references.Exists(call, "chargestations", call.Id)
            ? await lists.Read<Row>(
                call, Frames, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]))
            : Refusal.NotFound;

    private static string Worded(Row r) => Wire.Write(
        new FrameResource(
            r.Direction, r.Action, r.MessageId is "" ? null : r.MessageId, r.Session,
            new WireJson(SessionHistory.Ascii(r.Body)), new WireTime(r.At)),
        WireContext.Default.FrameResource);

    private sealed class Row
    {
        public string Direction { get; init; } = "";

        public string Action { get; init; } = "";

        public string? Session { get; init; }

        public string MessageId { get; init; } = "";

        public long At { get; init; }

        public string Body { get; init; } = "";
    }
}
