using Voltgate.Domain;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What a charge would cost, or would have cost. Nothing here changes anything.</summary>
internal sealed class PricingApi(
    ResourceStore store, RateVersions versions, ListReader lists, SessionStore sessions, SessionHistory history)
{
    /// <summary>A running session may be told of something new between two reads of it.</summary>
    private const int Attempts = 3;

    // The number in the id is widened, so that the one sorts as the other does.
    private static readonly ListSpec Versions = new(
        "(select v.rate || '.' || (1000000000 + v.version) as id, v.rate, v.version, v.plan, v.created_at, "
        + "r.organization from rate_versions v join rates r on r.id = v.rate)")
    {
        Within = ("rate", "id"),
        Select = "t.plan as Plan, t.created_at as CreatedAt",
        UpdatedAt = null,
        Sorts = new Dictionary<string, string> { ["version"] = "version" },
    };

    private static readonly Shape RepriceShape = new(
        "RepriceBody",
        Field.Id("rate", "What the session would be billed by.").Must,
        Field.Whole(
            "version", "Which version of it; unless given, of the session's own rate the one that it is billed by, "
            + "of another one the newest.", min: 1));

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/rates/{id}/versions", "read:rates", ListVersions)
        {
            Summary = "List every version of a rate or schedule, newest first.", List = Versions,
            Answer = typeof(RateVersionResource),
        },
        new("POST", "/rates/{id}/preview", "read:rates", Preview)
        {
            Summary = "What a charge would cost: energy and times, or periods, become the lines of a bill.",
            Body = Previews.Shape, Answer = typeof(CostResource),
        },
        new("POST", "/sessions/{id}/reprice", "read:sessions", Reprice)
        {
            Summary = "What a session would cost under another rate, or another version of its own; nothing changes.",
            Body = RepriceShape, Answer = typeof(CostResource), Refusals = [(409, "history_incomplete")],
        },
    ];

    private async Task<IResult> ListVersions(Call call)
    {
        var rate = await store.Find(RatesApi.Kind, call, call.Id);
        if (!rate.Holds) return rate.Refusal;
        return await lists.Read<RateVersionRow>(
            call, Versions,
            (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(RateVersionResource.Write)]));
    }

    private async Task<IResult> Preview(Call call)
    {
        if (!ObjectId.IsWellFormed(call.Id) || await versions.Find(call.Organization, call.Id) is not { } newest)
            return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var errors = new List<FieldError>();
        var stretches = Previews.Read(body.Value, errors);
        var version = (long?)body.Value["version"] ?? newest.Version;
        var plan = version == newest.Version ? newest : await versions.Find(call.Organization, call.Id, version);
        if (plan is null) errors.Add(NoVersion);
        if (errors.Count > 0) return Refusal.Invalid(errors);
        var zone = TimeZoneInfo.FindSystemTimeZoneById((string)body.Value["timezone"]!);
        return Success.Ok("Preview", StationJson.Write(CostResource.Of(Quote.Of(plan!, zone, stretches))));
    }

    private async Task<IResult> Reprice(Call call)
    {
        if (!ObjectId.IsWellFormed(call.Id) || await Find(call) is not { } session) return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var (rate, version) = ((string)body.Value["rate"]!, (long?)body.Value["version"]);
        var plan = await PlanOf(call, session, rate, version);
        if (!plan.Holds) return plan.Refusal;

        for (var i = 0; i < Attempts; i++)
        {
            var notes = await history.Notes(session, call.Cancel);
            if (Repricing.Under(plan.Value, session, notes) is { } repriced)
                return Success.Ok("What it would cost", StationJson.Write(CostResource.Of(repriced)!));
            if (await Find(call) is not { } later) return Refusal.NotFound;
            session = later;
        }

        return Refusal.Conflict(
            "history_incomplete",
            "It is not on record when this session's energy flowed, so no schedule can be applied; send a plain rate.");
    }

    private Task<Session?> Find(Call call) => sessions.Get(call.Organization, call.Id, call.Cancel);

    /// <summary>A session's own version is there even if the rate was deleted meanwhile.</summary>
    private async Task<Outcome<RatePlan>> PlanOf(Call call, Session session, string rate, long? version)
    {
        if (rate == session.Rate && (version ?? session.RateVersion) == session.RateVersion && session.Plan is { } own)
            return own;
        if (await versions.Find(call.Organization, rate, version, call.Cancel) is { } plan) return plan;
        return version is not null && await versions.Find(call.Organization, rate, null, call.Cancel) is not null
            ? Refusal.Invalid([NoVersion])
            : Refusal.Invalid("rate", "There is no such rate; send the _id of one.");
    }

    private static FieldError NoVersion =>
        new("version", "This rate has no such version; GET /rates/{id}/versions lists them.");
}
