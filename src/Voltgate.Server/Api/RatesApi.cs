using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Rates and schedules of rates. Every change is a new version; sessions keep the one they began with.
/// </summary>
internal sealed class RatesApi(ResourceStore store, ListReader lists, RateReferences references)
{
    public static readonly ResourceKind<RateResource> Kind = new(
        "rate", new ResourceTable("rates", "name", "currency", "active", "schedule", "search"),
        WireContext.Default.RateResource,
        r => [r.Name, r.Currency, r.Active, r.DefaultRate is not null, SearchOf(r)]);

    private const string InUse =
        "select 1 from connectors where rate = @id and organization = @organization";

    private const string DeleteUnused =
        "delete from rates where id = $1 and organization = $2 and version = $3 "
        + "and not exists (select 1 from connectors where rate = $1)";

    private static readonly ListSpec List = new(
        "rates", Filter.Text("name"), Filter.Text("currency"), Filter.Flag("active"), Filter.Flag("schedule"),
        Filter.Search)
    {
        Sorts = new Dictionary<string, string> { ["name"] = "name" },
    };

    public static string SearchOf(RateResource r) => SearchText.Of(r.Name, r.Id, r.Currency, r.Description);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/rates", "read:rates", lists.Read)
        {
            Summary = "List rates and schedules.", List = List, Answer = typeof(RateResource),
        },
        new("POST", "/rates", "write:rates", call => Create(call, "Rate created"))
        {
            Summary = "Create a rate.", Body = RateShapes.Rate, Answer = typeof(RateResource),
        },
        new("POST", "/rates/schedule", "write:rates", call => Create(call, "Rate schedule created"))
        {
            Summary = "Create a schedule: which rate applies when, on the location's clock.",
            Body = RateShapes.Schedule, Answer = typeof(RateResource),
        },
        new("GET", "/rates/{id}", "read:rates", Get)
        {
            Summary = "Read a rate; a schedule with its rates expanded.", Answer = typeof(RateResource),
        },
        new("PATCH", "/rates/{id}", "write:rates", Update)
        {
            Summary = "Make a new version of a rate or schedule; sessions keep theirs.",
            Body = RateShapes.Rate, Answer = typeof(RateResource),
        },
        new("DELETE", "/rates/{id}", "write:rates", Delete)
        {
            Summary = "Delete a rate that no connector and no schedule uses.", Answer = typeof(RateResource),
            Refusals = [(409, "rate_in_use")],
        },
    ];

    private async Task<IResult> Create(Call call, string message)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = Normal(body.Value);
        if (await references.Expand(call, fields) is { } refusal) return refusal;
        var made = await store.Create(
            Kind, call.Organization, fields, call.Audit,
            (rate, unit) => Task.FromResult(RateReferences.Version(unit, rate)));
        return made.Holds ? Success.Created(message, made.Value.Body) : made.Refusal;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        return found.Holds ? Success.Ok("Rate", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var body = await call.Body(found.Value.Resource.DefaultRate is null ? RateShapes.Rate : RateShapes.Schedule);
        if (!body.Holds) return body.Refusal;
        var changed = await store.Update(
            Kind, call, call.Id, Normal(body.Value),
            async (rate, unit) => RateReferences.Version(unit, rate) ?? await references.Follow(call, rate, unit),
            merged => references.Expand(call, merged));
        return changed.Holds ? Success.Ok("Rate updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(
            Kind, call, call.Id,
            async (rate, _) => await store.Any(call, InUse, rate.Row.Id)
                || await references.IsScheduled(call, rate.Row.Id)
                ? Refusal.Conflict("rate_in_use", "Connectors or schedules use this rate; give them another one first.")
                : null,
            found => Statement.Fence(DeleteUnused, found.Row.Id, found.Row.Organization, found.Row.Version));
        return gone.Holds ? Success.Ok("Rate deleted", gone.Value.Body) : gone.Refusal;
    }

    private static JsonObject Normal(JsonObject fields)
    {
        if ((string?)fields["currency"] is { } currency) fields["currency"] = currency.ToUpperInvariant();
        return fields;
    }
}
