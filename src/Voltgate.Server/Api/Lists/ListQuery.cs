using Dapper;

namespace Voltgate.Server.Api;

/// <summary>A list request that passed every check, as SQL.</summary>
/// <param name="Where">Conditions over the bare table, tenant first.</param>
/// <param name="Sort">The column, or expression, that the rows are sorted by; never null.</param>
/// <param name="Signature">Everything but the page: equal texts mean the same rows in the same order.</param>
internal sealed record ListQuery(
    ListSpec Spec, string Where, string Sort, string Direction, DynamicParameters Values, int Page, int Limit,
    IReadOnlySet<string> Includes, string Signature)
{
    /// <summary>The page begins behind it; null: it is counted off from the beginning.</summary>
    public PageEdge? After { get; init; }

    public string CountSql => $"select count(*) from {Spec.Table} l where {Where}";

    /// <summary>
    /// The page's rows and one more, which tells whether another page follows. Their keys come from the index alone;
    /// only then are the rows read whole.
    /// </summary>
    public string PageSql
    {
        get
        {
            var behind = After is null ? "" : $" and ({Sort}, {Spec.Key}) {Comparison} (@afterSort, @afterKey)";
            var offset = After is null ? " offset @offset" : "";
            return $"select {Spec.Select}, p.page_sort as Sort, p.page_key as PageKey from "
                + $"(select {Sort} as page_sort, {Spec.Key} as page_key from {Spec.Table} l where {Where}{behind} "
                + $"order by {Sort} {Direction}, {Spec.Key} {Direction} limit @limit{offset}) p "
                + (Spec.Rows is { } rows
                    ? $"join {rows} t on t.{Spec.Key} = p.page_key "
                    : $"join {Spec.Table} t on t.{Spec.Key} = p.page_key and t.organization = @organization ")
                + $"order by p.page_sort {Direction}, p.page_key {Direction}";
        }
    }

    public DynamicParameters PageValues
    {
        get
        {
            var values = new DynamicParameters(Values);
            values.Add("limit", Limit + 1);
            if (After is { } edge)
            {
                values.Add("afterSort", edge.Sort);
                values.Add("afterKey", edge.Key);
            }
            else
            {
                values.Add("offset", (long)(Page - 1) * Limit);
            }

            return values;
        }
    }

    private string Comparison => Direction == "desc" ? "<" : ">";
}
