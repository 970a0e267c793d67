using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Connectors: /connectors.</summary>
internal sealed class ConnectorsApi(Ordering ordering, StationViews views, References references, ListReader lists)
{
    private static readonly ListSpec List = new(
        "connectors", Filter.Id("chargestation"), Filter.Id("rate"), Filter.Flag("active"),
        Filter.Word("status", Enum.GetNames<ConnectorStatus>()))
    {
        Select = "t.id as Id, t.chargestation as Chargestation, t.body as Body", Includes = ["chargestation"],
    };

    private sealed class Row
    {
        public string Chargestation { get; init; } = "";

        public string Body { get; init; } = "";
    }

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/connectors", "read:connectors", ListAll)
        {
            Summary = "List connectors.", List = List, Answer = typeof(ConnectorResource),
        },
        new("GET", "/connectors/{id}", "read:connectors", Get)
        {
            Summary = "Read a connector.", Answer = typeof(ConnectorResource), Includes = ["chargestation"],
        },
        new("PATCH", "/connectors/{id}", "write:connectors", Update)
        {
            Summary = "Attach a rate, switch the connector on or off, describe it.",
            Body = StationShapes.ConnectorChange, Answer = typeof(ConnectorResource),
        },
        new("DELETE", "/connectors/{id}", "write:connectors", Delete)
        {
            Summary = "Delete a connector; a station that reports it again creates it again.",
            Answer = typeof(ConnectorResource), Refusals = [(409, "connector_busy"), (409, "connector_reserved")],
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read<Row>(
        call, List, async (rows, includes) => await lists.Expansion.Of(
            call, await views.Connectors([.. rows.Select(r => (r.Chargestation, r.Body))], call.Cancel), includes));

    private async Task<IResult> Get(Call call)
    {
        var (station, connector) = await Find(call, call.Id);
        if (connector is null) return Refusal.NotFound;
        var body = await views.Connector(station!.Id, connector, call.Cancel);
        var included = await lists.Expansion.Of(call, body, "chargestation");
        return included.Holds ? Success.Ok("Connector", included.Value) : included.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var (station, connector) = await Find(call, call.Id);
        if (connector is null) return Refusal.NotFound;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (await references.Check(call, ("rate", "rates", body.Value["rate"])) is { } dangling) return dangling;
        var order = new ReviseConnector(connector.Id, before => StationBodies.Settings(body.Value, before));
        var (result, refusal) = await ordering.Give(call, station!.Id, order);
        return refusal ?? await ordering.Show(call, result!, "Connector updated");
    }

    private async Task<IResult> Delete(Call call)
    {
        var (station, connector) = await Find(call, call.Id);
        if (connector is null) return Refusal.NotFound;
        var (result, refusal) = await ordering.Give(call, station!.Id, new RemoveConnector(connector.Id));
        return refusal ?? await ordering.Show(call, result!, "Connector deleted");
    }

    /// <summary>A connector of the caller's and the station it belongs to; null: unknown or somebody else's.</summary>
    public async Task<(ChargeStation? Station, Connector? Connector)> Find(Call call, string id)
    {
        var station = await references.Read(call, "connectors", "chargestation", id);
        if (station is null || await ordering.Station(call, station) is not { } found) return (null, null);
        return (found, found.ConnectorById(id));
    }
}
