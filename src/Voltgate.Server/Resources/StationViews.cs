using System.Data.Common;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Resources;

/// <summary>Words stations and connectors for readers: rows in, resources out, many at a time.</summary>
internal sealed class StationViews(Database database, PublicAddress address)
{
    private sealed class ConnectorRow
    {
        public string Chargestation { get; init; } = "";

        public string Body { get; init; } = "";
    }

    private sealed class RateRow
    {
        public string Id { get; init; } = "";

        public string Body { get; init; } = "";
    }

    /// <summary>Stations as GET shows them, in the order of the bodies given.</summary>
    public async Task<IReadOnlyList<string>> Stations(IReadOnlyList<string> bodies, CancellationToken cancel)
    {
        if (bodies.Count == 0) return [];
        await using var connection = await database.Open(cancel);
        var stations = bodies.Select(DomainJson.ReadStation).ToList();
        var ids = stations.Select(s => s.Id).ToArray();
        var values = new DynamicParameters();
        var rows = await connection.QueryAsync<ConnectorRow>(
            "select chargestation as Chargestation, body as Body from connectors "
            + $"where chargestation in {InList.Of(values, ids)} order by connector_id, evse_id", values);
        var connectors = rows.ToLookup(r => r.Chargestation, r => DomainJson.ReadConnector(r.Body));
        var rates = await Rates(connection, connectors.SelectMany(c => c));
        return [.. stations.Select(s => StationJson.Write(
            ChargestationResource.Of(s, rates, address.SocketsFor, connectors[s.Id])))];
    }

    /// <summary>One station, with its password where that is to be shown.</summary>
    public async Task<string> Station(ChargeStation station, string? password, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var rates = await Rates(connection, station.Connectors);
        return StationJson.Write(ChargestationResource.Of(station, rates, address.SocketsFor, password: password));
    }

    /// <summary>One station as the audit log keeps it: its rates are told by those who change them.</summary>
    public string Bare(ChargeStation station) =>
        StationJson.Write(ChargestationResource.Of(station, new Dictionary<string, string>(), address.SocketsFor));

    public async Task<string> Connector(string station, Connector connector, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return StationJson.Write(ConnectorResource.Of(station, connector, await Rates(connection, [connector])));
    }

    /// <summary>Connectors as GET shows them; station and body of each.</summary>
    public async Task<IReadOnlyList<string>> Connectors(
        IReadOnlyList<(string Station, string Body)> rows, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var connectors = rows.Select(r => (r.Station, Connector: DomainJson.ReadConnector(r.Body))).ToList();
        var rates = await Rates(connection, connectors.Select(c => c.Connector));
        return [.. connectors.Select(c => StationJson.Write(ConnectorResource.Of(c.Station, c.Connector, rates)))];
    }

    private static async Task<Dictionary<string, string>> Rates(
        DbConnection connection, IEnumerable<Connector> connectors)
    {
        var ids = connectors.Select(c => c.Settings.Rate).OfType<string>().Distinct().ToArray();
        if (ids.Length == 0) return [];
        var values = new DynamicParameters();
        var rows = await connection.QueryAsync<RateRow>(
            $"select id as Id, body as Body from rates where id in {InList.Of(values, ids)}", values);
        return rows.ToDictionary(r => r.Id, r => r.Body);
    }
}
