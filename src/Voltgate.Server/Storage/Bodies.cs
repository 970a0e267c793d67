using System.Data.Common;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>Bodies of several rows at once.</summary>
internal static class Bodies
{
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Body { get; init; } = "";
    }

    /// <summary>The bodies of the tenant's rows with these ids, by id; those that do not exist are left out.</summary>
    public static async Task<Dictionary<string, string>> Of(
        DbConnection connection, string table, string organization, IReadOnlyCollection<string> ids)
    {
        if (ids.Count == 0) return [];

        // One parameter an id: the two drivers do not agree on lists.
        var values = new DynamicParameters();
        values.Add("organization", organization);
        var places = new List<string>();
        foreach (var id in ids)
        {
            places.Add("@id" + places.Count);
            values.Add("id" + (places.Count - 1), id);
        }

        var rows = await connection.QueryAsync<Row>(
            $"select id as Id, body as Body from {table} "
            + $"where organization = @organization and id in ({string.Join(", ", places)})", values);
        return rows.ToDictionary(r => r.Id, r => r.Body);
    }
}
