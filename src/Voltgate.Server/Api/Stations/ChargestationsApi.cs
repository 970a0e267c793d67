using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>Chargestations: /chargestations and their connectors.</summary>
internal sealed class ChargestationsApi(
    Ordering ordering, NewStations births, StationViews views, References references, ListReader lists)
{
    private static readonly ListSpec List = new(
        "chargestations", Filter.Id("location"), Filter.Text("endpoint"), Filter.Text("protocol"),
        Filter.Flag("online"), Filter.Flag("active"), Filter.Flag("public"), Filter.Flag("is_simulator"),
        Filter.OfAny(
            "connector_status", Enum.GetNames<ConnectorStatus>(),
            "connectors c where c.chargestation = l.id and c.status"),
        Filter.Search)
    {
        Includes = ["location"], Sorts = new Dictionary<string, string> { ["name"] = "search" },
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/chargestations", "read:chargestations", ListAll)
        {
            Summary = "List chargestations with their connectors.", List = List, Answer = typeof(ChargestationResource),
        },
        new("POST", "/chargestations", "write:chargestations", births.Create)
        {
            Summary = "Create a chargestation; connection_url and, this once, security.password are what it needs "
                + "to connect.",
            Body = StationShapes.NewStation, Answer = typeof(ChargestationResource),
            Refusals = [(409, "endpoint_taken")],
        },
        new("GET", "/chargestations/{id}", "read:chargestations", Get)
        {
            Summary = "Read a chargestation.", Answer = typeof(ChargestationResource), Includes = ["location"],
        },
        new("PATCH", "/chargestations/{id}", "write:chargestations", Update)
        {
            Summary = "Change a chargestation; where it had no password and now needs one, that is answered once.",
            Body = StationShapes.StationChange, Answer = typeof(ChargestationResource),
            Refusals = [(409, "endpoint_taken"), (409, "profile_downgrade")],
        },
        new("DELETE", "/chargestations/{id}", "write:chargestations", Delete)
        {
            Summary = "Delete a chargestation that never had a session; archive others with active: false.",
            Answer = typeof(ChargestationResource),
            Refusals = [(409, "chargestation_has_sessions"), (409, "connector_reserved")],
        },
        new("POST", "/chargestations/{id}/connectors", "write:chargestations", AddConnector)
        {
            Summary = "Add a connector.",
            Creates = true, Body = StationShapes.NewConnector, Answer = typeof(ConnectorResource),
            Refusals = [(409, "connector_exists")],
        },
        new("PATCH", "/chargestations/{id}/reset_password", "write:chargestations", ResetPassword)
        {
            Summary = "Give the chargestation a new password, made or chosen, shown in security.password.",
            Body = Credentials.Body,
            Answer = typeof(ChargestationResource), Fresh = true, Refusals = [(409, "profile_downgrade")],
        },
    ];

    private Task<IResult> ListAll(Call call) =>
        lists.Read(call, async (rows, includes) => await lists.Expansion.Of(
            call, await views.Stations([.. rows.Select(r => r.Body)], call.Cancel), includes));

    private async Task<IResult> Get(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        var body = await views.Station(station, await births.Revealed(call, station.Id), call.Cancel);
        var included = await lists.Expansion.Of(call, body, "location");
        return included.Holds ? Success.Ok("Chargestation", included.Value) : included.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = body.Value;
        if (await references.Check(
            call, ("location", "locations", fields["location"])) is { } dangling) return dangling;
        if (references.QuirkProfile(fields) is { } unknown) return unknown;
        if (await Rename(call, station, (string?)fields["endpoint"]) is { } taken) return taken;

        var password = default(string);
        if (StationBodies.Security(fields) is { } security && security != station.Security)
        {
            (password, var insecure) = await births.Secure(
                call, station, new SecureStation(security, StationBodies.Lowers(fields)));
            if (insecure is not null) return insecure;
        }

        var (result, refusal) = await ordering.Give(
            call, station.Id, new ReviseStation(before => StationBodies.Settings(fields, before)));
        return refusal ?? await ordering.Show(call, result!, "Chargestation updated", password: password);
    }

    private async Task<Refusal?> Rename(Call call, ChargeStation station, string? endpoint)
    {
        if (endpoint is null || endpoint == station.Endpoint) return null;
        if (await births.IsTaken(call, endpoint)) return NewStations.EndpointTaken;
        var (_, refusal) = await ordering.Give(call, station.Id, new RenameEndpoint(endpoint));
        return refusal is { Code: StationActor.TakenCode } ? NewStations.EndpointTaken : refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } station) return Refusal.NotFound;
        if (await references.Count(call, "sessions", "chargestation", station.Id) > 0)
            return Refusal.Conflict(
                "chargestation_has_sessions",
                "Sessions belong to this chargestation; set active: false to archive it.");
        var body = await views.Station(station, null, call.Cancel);
        var (_, refusal) = await ordering.Give(call, station.Id, new RemoveStation());
        return refusal ?? (IResult)Success.Ok("Chargestation deleted", body);
    }

    private async Task<IResult> AddConnector(Call call)
    {
        if (await ordering.Station(call, call.Id) is null) return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = body.Value;
        if (await references.Check(call, ("rate", "rates", fields["rate"])) is { } dangling) return dangling;
        var order = new AddConnector(
            StationBodies.PlaceOf(fields), StationBodies.Settings(fields, new ConnectorSettings()));
        var (result, refusal) = await ordering.Give(call, call.Id, order);
        return refusal ?? await ordering.Show(call, result!, "Connector created", 201);
    }

    private async Task<IResult> ResetPassword(Call call)
    {
        if (await ordering.Station(call, call.Id) is not { } before) return Refusal.NotFound;
        if (before.Security == StationSecurity.Mtls)
            return Refusal.Conflict(
                "profile_downgrade",
                "This chargestation comes by its certificate and has no password; give it another profile first.");
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var (password, refusal) = await births.Reset(call, before, body.Value);
        if (refusal is not null) return refusal;
        var station = await ordering.Station(call, call.Id);
        return station is null
            ? Refusal.NotFound
            : Success.Ok(
                "Password reset; configure the station with it", await views.Station(station, password, call.Cancel));
    }
}
