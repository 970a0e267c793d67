using System.Text.Json;
using Dapper;
using Voltgate.Domain.Load;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Reads load groups and looks at how their connectors stand.</summary>
internal sealed class LoadGroups(Database database, LocalStations stations, Entropy entropy)
{
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Body { get; init; } = "";
    }

    private sealed class MemberRow
    {
        public string Connector { get; init; } = "";

        public string Station { get; init; } = "";
    }

    public async Task<IReadOnlyList<(string Id, LoadGroup Rules)>> All(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<Row>("select id as Id, body as Body from load_groups");
        return [.. rows.Select(r => (
            r.Id, JsonSerializer.Deserialize(r.Body, WireContext.Default.LoadGroupResource)!.Rules()))];
    }

    /// <summary>How the group stands now. One that has been deleted meanwhile has no connectors.</summary>
    public async Task<LoadRound> Look(string id, LoadGroup rules, CancellationToken cancel)
    {
        var seats = new List<LoadSeat>();
        foreach (var member in await Members(id, cancel))
            if (await stations.Of(member.Station) is { Station: var station }
                && station.ConnectorById(member.Connector) is { } connector)
                seats.Add(new LoadSeat(station, connector));
        return LoadRound.Of(rules, seats, entropy.NowMs);
    }

    private async Task<IEnumerable<MemberRow>> Members(string id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryAsync<MemberRow>(
            "select m.connector as Connector, c.chargestation as Station from load_group_members m "
            + "join connectors c on c.id = m.connector where m.load_group = @id order by c.chargestation, "
            + "c.connector_id, c.evse_id", new { id });
    }
}
