using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Places where stations stand.</summary>
internal sealed class LocationsApi(ResourceStore store, ListReader lists)
{
    public static readonly ResourceKind<LocationResource> Kind = new(
        "location", new ResourceTable("locations", "name", "active", "search"), WireContext.Default.LocationResource,
        l => [l.Name, l.Active, SearchOf(l)]);

    private static readonly Shape Window = new(
        "OpeningWindow",
        Fields.TimeOfDay("startTime", "Local time, HH:mm.").Must,
        Fields.TimeOfDay("endTime", "Local time, HH:mm; 24:00 is midnight.").Must);

    private static readonly Shape Week = new(
        "OpeningHours",
        [.. Enumerable.Range(0, 7).Select(day => Field.List(
            day.ToString(), Field.Object("window", Window), day == 0 ? "Sunday." : "", max: 20) with
        {
            Rule = Overlap,
        })]);

    private static readonly Shape Shape = new(
        "LocationBody",
        Field.Text("name", max: 200, min: 1).Must,
        Fields.Active with { Description = "False: hidden from lists unless asked for." },
        Field.Text("operatorName", max: 200),
        Field.Object("address", Fields.Address),
        Fields.TimeZone,
        Fields.Coordinates,
        Field.Object(
            "openingHours", Week,
            "By weekday, 0 is Sunday; a day without windows is closed. Leave it out for always open."),
        Field.MetaData);

    private static readonly ListSpec List = new(
        "locations", Filter.Text("name"), Filter.Flag("active") with { Default = "true" }, Filter.Search)
    {
        Sorts = new Dictionary<string, string> { ["name"] = "name" },
    };

    private const string StationThere =
        "select 1 from chargestations where location = @id and organization = @organization";

    private const string DeleteEmpty =
        "delete from locations where id = $1 and organization = $2 and version = $3 "
        + "and not exists (select 1 from chargestations where location = $1)";

    public static string SearchOf(LocationResource l) => SearchText.Of(
        l.Name, l.OperatorName, l.Id, l.Address?.StreetAndNumber, l.Address?.PostalCode, l.Address?.City,
        l.Address?.State, l.Address?.Country);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/locations", "read:locations", lists.Read)
        {
            Summary = "List locations; inactive ones only with active=false.",
            List = List, Answer = typeof(LocationResource),
        },
        new("POST", "/locations", "write:locations", Create)
        {
            Summary = "Create a location.", Body = Shape, Answer = typeof(LocationResource),
        },
        new("GET", "/locations/{id}", "read:locations", Get)
        {
            Summary = "Read a location.", Answer = typeof(LocationResource),
        },
        new("PATCH", "/locations/{id}", "write:locations", Update)
        {
            Summary = "Change a location.", Body = Shape, Answer = typeof(LocationResource),
        },
        new("DELETE", "/locations/{id}", "write:locations", Delete)
        {
            Summary = "Delete a location in which no station stands.", Answer = typeof(LocationResource),
            Refusals = [(409, "location_in_use")],
        },
    ];

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var made = await store.Create(Kind, call.Organization, body.Value, call.Audit);
        return made.Holds ? Success.Created("Location created", made.Value.Body) : made.Refusal;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        return found.Holds ? Success.Ok("Location", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var changed = await store.Update(Kind, call, call.Id, body.Value);
        return changed.Holds ? Success.Ok("Location updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(
            Kind, call, call.Id,
            async (_, _) => await store.Any(call, StationThere, call.Id)
                ? Refusal.Conflict("location_in_use", "Stations stand in this location; move or delete them first.")
                : null,
            found => Statement.Fence(DeleteEmpty, found.Row.Id, found.Row.Organization, found.Row.Version));
        return gone.Holds ? Success.Ok("Location deleted", gone.Value.Body) : gone.Refusal;
    }

    private static string? Overlap(JsonNode day)
    {
        var windows = day.AsArray()
            .Select(w => (Start: (string)w!["startTime"]!, End: (string)w["endTime"]!))
            .OrderBy(w => w.Start, StringComparer.Ordinal).ToList();
        if (windows.Any(w => string.CompareOrdinal(w.Start, w.End) >= 0)) return "Give an endTime after the startTime.";
        return windows.Zip(windows.Skip(1)).Any(p => string.CompareOrdinal(p.Second.Start, p.First.End) < 0)
            ? "Give windows that do not overlap."
            : null;
    }
}
