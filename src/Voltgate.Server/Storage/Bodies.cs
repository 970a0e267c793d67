using System.Data.Common;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>Lists in SQL: one parameter an item, because the two drivers do not agree on lists as parameters.</summary>
internal static class InList
{
    /// <summary>Adds the items to the values; the text to put behind <c>in</c>: <c>(@in0, @in1)</c>.</summary>
    public static string Of(DynamicParameters values, IReadOnlyCollection<string> items)
    {
        var places = new List<string>(items.Count);
        foreach (var item in items)
        {
            values.Add("in" + places.Count, item);
            places.Add("@in" + places.Count);
        }

        return places.Count == 0 ? "(null)" : $"({string.Join(", ", places)})";
    }
}

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
        var values = new DynamicParameters(new { organization });
        var rows = await connection.QueryAsync<Row>(
            $"select id as Id, body as Body from {table} "
            + $"where organization = @organization and id in {InList.Of(values, ids)}", values);
        return rows.ToDictionary(r => r.Id, r => r.Body);
    }
}
