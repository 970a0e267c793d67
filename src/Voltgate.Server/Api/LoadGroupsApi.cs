using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Connectors behind one supply, and how it is shared out among them.</summary>
internal sealed class LoadGroupsApi(
    ResourceStore store, ListReader lists, References references, LoadMembers members, LoadGroups groups)
{
    private const string Scope = "load_groups";
    private const int MostConnectors = 1_000;

    public static readonly ResourceKind<LoadGroupResource> Kind = new(
        "load_group", new ResourceTable("load_groups", "name", "location"), WireContext.Default.LoadGroupResource,
        g => [g.Name, g.Location]);

    private static readonly Field Capacity = Field.Number(
        "maximum_capacity", "kW that all connectors together may draw.", 0.001m, 1_000_000, decimals: 3).Must;

    private static readonly Shape Shape = new(
        "LoadGroupBody",
        Field.Text("name", max: 200, min: 1).Must,
        Field.Text("description", max: 2_000),
        Field.Text("notes", max: 10_000),
        Capacity,
        Field.Number(
            "minimum_connector_capacity", "kW that a session has at least, or nothing: a car needs some to charge.",
            0, 10_000, decimals: 3) with
        {
            Default = "1.38",
        },
        Field.Number("buffer", "0 to 1: the part of maximum_capacity that is not shared out.", 0, 1, decimals: 3) with
        {
            Default = "0",
        },
        Field.Id("location", "Where it is."),
        Field.List("connectors", Field.Id("connector"), "Ids; a connector belongs to one group.", MostConnectors) with
        {
            Default = "[]",
        },
        Field.MetaData);

    private static readonly Shape StationsShape = new(
        "LoadGroupStationsBody",
        Field.List("chargestations", Field.Id("chargestation"), "Ids; all their connectors join.", max: 1_000, min: 1)
            .Must);

    private static readonly ListSpec List = new("load_groups", Filter.Text("name"), Filter.Id("location"))
    {
        Sorts = new Dictionary<string, string> { ["name"] = "name" },
        Includes = ["location"],
    };

    private static readonly (int, string)[] Taken = [(409, "connector_in_group")];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        .. At("/load_management/groups"),
        .. At("/groups").Select(route => route with { Alias = true }),
    ];

    private IEnumerable<ApiRoute> At(string path) =>
    [
        new("GET", path, "read:" + Scope, ListAll)
        {
            Summary = "List load-management groups.", List = List, Answer = typeof(LoadGroupResource),
        },
        new("POST", path, "write:" + Scope, Create)
        {
            Summary = "Create a load-management group.", Body = Shape, Answer = typeof(LoadGroupResource),
            Refusals = Taken,
        },
        new("GET", path + "/{id}", "read:" + Scope, Get)
        {
            Summary = "Read a load-management group.", Answer = typeof(LoadGroupResource), Includes = ["location"],
        },
        new("PATCH", path + "/{id}", "write:" + Scope, Update)
        {
            Summary = "Change a load-management group.", Body = Shape, Answer = typeof(LoadGroupResource),
            Refusals = Taken,
        },
        new("DELETE", path + "/{id}", "write:" + Scope, Delete)
        {
            Summary = "Delete a load-management group; its connectors are limited no longer.",
            Answer = typeof(LoadGroupResource),
        },
        new("POST", path + "/{id}/chargestations", "write:" + Scope, AddStations)
        {
            Summary = "Add all connectors of chargestations to a group.", Body = StationsShape,
            Answer = typeof(LoadGroupResource), Refusals = Taken,
        },
        new("GET", path + "/{id}/load", "read:" + Scope, Load)
        {
            Summary = "Who may draw how much at this moment, and why no more.", Answer = typeof(LoadResource),
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read(call, async (rows, includes) =>
        await lists.Expansion.Of(call, [.. rows.Select(r => r.Body)], includes));

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (await Dangling(call, body.Value) is { } dangling) return dangling;
        var made = await Again(() => store.Create(
            Kind, call.Organization, body.Value, call.Audit, members.Keep));
        return made.Holds ? Success.Created("Load-management group created", made.Value.Body) : made.Refusal;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var included = await lists.Expansion.Of(call, found.Value.Body, "location");
        return included.Holds ? Success.Ok("Load-management group", included.Value) : included.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (await Dangling(call, body.Value) is { } dangling) return dangling;
        return Updated(await Again(() => store.Update(Kind, call, call.Id, body.Value, members.Keep)));
    }

    private async Task<IResult> AddStations(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var joining = await members.OfStations(
            call, [.. body.Value["chargestations"]!.AsArray().Select(id => (string)id!)]);
        if (!joining.Holds) return joining.Refusal;
        return Updated(await Again(() => store.Update(Kind, call, call.Id, [], members.Keep, merged =>
        {
            var connectors = merged["connectors"]!.AsArray().Select(id => (string)id!).Union(joining.Value).ToList();
            if (connectors.Count > MostConnectors)
                return Task.FromResult<Refusal?>(Refusal.Invalid(
                    "chargestations", $"Send fewer: a group has at most {MostConnectors} connectors."));
            merged["connectors"] = new JsonArray([.. connectors.Select(id => (JsonNode)id)]);
            return Task.FromResult<Refusal?>(null);
        })));
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(Kind, call, call.Id, (found, unit) =>
        {
            unit.Add(Statement.Of("delete from load_group_members where load_group = $1", found.Row.Id));
            return Task.FromResult<Refusal?>(null);
        });
        return gone.Holds ? Success.Ok("Load-management group deleted", gone.Value.Body) : gone.Refusal;
    }

    private async Task<IResult> Load(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var rules = found.Value.Resource.Rules();
        var round = await groups.Look(call.Id, rules, call.Cancel);
        var load = new LoadResource(
            call.Id, ConnectorLoadResource.Kilo(rules.SharedW),
            ConnectorLoadResource.Kilo(round.Stands.Sum(s => s.BoundW ?? 0)),
            ConnectorLoadResource.Kilo(round.Stands.Sum(s => s.DrawnW ?? 0)),
            ConnectorLoadResource.Kilo(rules.StartW), [.. round.Stands.Select(ConnectorLoadResource.Of)]);
        return Success.Ok("Load", Wire.Write(load, WireContext.Default.LoadResource));
    }

    private static IResult Updated(Outcome<Stored<LoadGroupResource>> changed) => changed.Holds
        ? Success.Ok("Load-management group updated", changed.Value.Body)
        : changed.Refusal;

    private async Task<Refusal?> Dangling(Call call, JsonObject fields) =>
        await references.Check(call, ("location", "locations", fields["location"]))
        ?? await members.Check(call, fields);

    /// <summary>Another group was quicker: looked at again, it is told which.</summary>
    private static async Task<Outcome<Stored<LoadGroupResource>>> Again(
        Func<Task<Outcome<Stored<LoadGroupResource>>>> change)
    {
        var first = await change();
        return first.Holds || first.Refusal.Code != "load_group_exists" ? first : await change();
    }
}
