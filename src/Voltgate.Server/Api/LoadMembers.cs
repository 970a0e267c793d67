using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Which connectors belong to which load group.</summary>
internal sealed class LoadMembers(Database database)
{
    private sealed class Row
    {
        public string Connector { get; init; } = "";

        public string Group { get; init; } = "";
    }

    /// <summary>Null where all of the connectors are the caller's.</summary>
    public async Task<Refusal?> Check(Call call, JsonObject fields)
    {
        return fields["connectors"] is JsonArray asked
            ? await Unknown(call, "connectors", [.. asked.Select(id => (string)id!)])
            : null;
    }

    /// <summary>The connectors of chargestations, all of them the caller's; else the refusal.</summary>
    public async Task<Outcome<IReadOnlyList<string>>> OfStations(Call call, IReadOnlyList<string> stations)
    {
        if (await Unknown(call, "chargestations", stations) is { } unknown) return unknown;
        await using var connection = await database.Open(call.Cancel);
        var values = new DynamicParameters();
        return (await connection.QueryAsync<string>(
            $"select id from connectors where chargestation in {InList.Of(values, stations.ToList())} "
            + "order by chargestation, connector_id, evse_id", values)).AsList();
    }

    /// <summary>
    /// The rows of a group's members, for the commit that keeps it; refused where another group has one.
    /// </summary>
    public async Task<Refusal?> Keep(Stored<LoadGroupResource> changed, List<Statement> unit)
    {
        var connectors = changed.Resource.Connectors.Distinct(StringComparer.Ordinal).ToList();
        var values = new DynamicParameters(new { id = changed.Row.Id });
        await using var connection = await database.Open();
        var other = await connection.QueryFirstOrDefaultAsync<Row>(
            "select connector as Connector, load_group as \"Group\" from load_group_members "
            + $"where load_group <> @id and connector in {InList.Of(values, connectors)} order by connector", values);
        if (other is not null)
            return Refusal.Conflict(
                "connector_in_group",
                $"The connector {other.Connector} belongs to the group {other.Group}; take it out of that one first.");
        unit.Add(Statement.Of("delete from load_group_members where load_group = $1", changed.Row.Id));
        foreach (var member in connectors)
            unit.Add(Statement.Of(
                "insert into load_group_members (connector, load_group) values ($1, $2)", member, changed.Row.Id));
        return null;
    }

    /// <summary>Names those of a body's list that are not the caller's; the list is called as the table is.</summary>
    private async Task<Refusal?> Unknown(Call call, string table, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return null;
        var values = new DynamicParameters(new { organization = call.Organization });
        await using var connection = await database.Open(call.Cancel);
        var found = (await connection.QueryAsync<string>(
            $"select id from {table} where organization = @organization and id in {InList.Of(values, ids.ToList())}",
            values)).ToHashSet(StringComparer.Ordinal);
        var errors = ids.Index().Where(id => !found.Contains(id.Item)).Select(id => new FieldError(
            $"{table}[{id.Index}]", $"There is no such object in {table}; send the _id of one of yours.")).ToList();
        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }
}
