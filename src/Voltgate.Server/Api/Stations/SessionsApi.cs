using System.Text.Json.Nodes;
using Voltgate.Domain;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>The core: /sessions.</summary>
internal sealed class SessionsApi(
    StartingSessions starting, Ordering ordering, SessionStore sessions, SessionViews views, ListReader lists)
{
    public static readonly ListSpec List = new(
        "sessions",
        Filter.Word("status", ["created", "Started", "Ended", "cancelled"]),
        Filter.Word("source", [.. Enum.GetNames<SessionSource>()]),
        Filter.Id("user", "driver"), Filter.Id("chargestation"), Filter.Id("connector"), Filter.Id("rate"),
        Filter.Id("token"), Filter.From("from", "started_at"), Filter.To("to", "started_at"))
    {
        Select = $"t.id as Id, {SessionStore.StateOf("t")} as Body",
        Includes = SessionViews.Relations,
        Sorts = new Dictionary<string, string>
        {
            ["chargingStart"] = "coalesce(started_at, 0)", ["chargingStop"] = "coalesce(ended_at, 0)",
        },
    };

    private static readonly (int, string)[] StartRefusals =
    [
        (404, "not_found"), (409, "user_inactive"), (409, "connector_inactive"), (409, "connector_busy"),
        (409, "chargestation_offline"), (409, "connector_unavailable"),
    ];

    private static readonly (int, string)[] StopRefusals =
        [(409, "session_not_active"), (409, "chargestation_offline")];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/sessions", "read:sessions", ListAll)
        {
            Summary = "List sessions, newest first.", List = List, Answer = typeof(SessionResource),
        },
        new("POST", "/sessions", "write:sessions", starting.Create)
        {
            Summary = "Start charging: the station is asked to start and waits 120 s for the driver to plug in.",
            Body = SessionShapes.New, Answer = typeof(SessionResource), TakesIdempotencyKey = true,
            Refusals = [.. StartRefusals, .. WalletHolds.Refusals],
        },
        new("GET", "/sessions/{id}", "read:sessions", Get)
        {
            Summary = "Read a session: status, energy, cost so far.", Answer = typeof(SessionResource),
            Includes = SessionViews.Relations,
        },
        new("GET", "/sessions/{id}/stop", "write:sessions", Stop)
        {
            Summary = "Stop charging; session.ended confirms it.", Answer = typeof(SessionResource),
            Refusals = StopRefusals,
        },
        new("POST", "/sessions/{id}/stop", "write:sessions", Stop)
        {
            Summary = "Stop charging; session.ended confirms it.", Answer = typeof(SessionResource),
            Refusals = StopRefusals,
        },
        new("GET", "/sessions/{id}/energy_reports", "read:sessions", Reports)
        {
            Summary = "Every meter report of a session, oldest first.", Answer = typeof(EnergyReportResource),
            List = SessionHistory.Paging,
        },
        new("GET", "/sessions/{id}/timeline", "read:sessions", Timeline)
        {
            Summary = "Everything that happened in a session: frames, transitions, cost, webhooks sent.",
            Answer = typeof(TimelineEntry), List = SessionHistory.Paging,
        },
    ];

    private Task<IResult> ListAll(Call call) =>
        lists.Read(call, (rows, includes) => views.Word(call, rows.Select(r => r.Body), includes));

    private async Task<IResult> Get(Call call)
    {
        if (!ObjectId.IsWellFormed(call.Id)) return Refusal.NotFound;
        var includes = Expansion.IncludesOf(call, SessionViews.Relations);
        if (!includes.Holds) return includes.Refusal;
        if (await sessions.Get(call.Organization, call.Id, call.Cancel) is not { } session) return Refusal.NotFound;
        return Success.Ok("Session", await views.Word(call, session, includes.Value));
    }

    private async Task<IResult> Stop(Call call)
    {
        if (await Find(call) is not { } session) return Refusal.NotFound;
        if (!session.IsOpen)
            return Refusal.Conflict("session_not_active", "The session is over; there is nothing to stop.");
        var (result, refusal) = await ordering.Give(call, session.Station, new StopSession(session.Id));
        return refusal ?? (IResult)Success.Ok(
            "The station is asked to stop", StationJson.Write(SessionResource.Of(((SessionOrdered)result!).Session)));
    }

    private async Task<IResult> Reports(Call call) =>
        await Find(call) is { } session ? await views.History.Reports(call, session) : Refusal.NotFound;

    private async Task<IResult> Timeline(Call call) =>
        await Find(call) is { } session ? await views.History.Timeline(call, session) : Refusal.NotFound;

    private async Task<Session?> Find(Call call) =>
        ObjectId.IsWellFormed(call.Id) ? await sessions.Get(call.Organization, call.Id, call.Cancel) : null;
}
