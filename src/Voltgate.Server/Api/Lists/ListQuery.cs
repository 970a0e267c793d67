using System.Text;
using Dapper;

namespace Voltgate.Server.Api;

/// <summary>A list request that passed every check, as SQL.</summary>
/// <param name="Where">Conditions over the bare table, tenant first.</param>
/// <param name="Order">"created_at desc, id desc"</param>
internal sealed record ListQuery(
    ListSpec Spec, string Where, string Order, DynamicParameters Values, int Page, int Limit,
    IReadOnlySet<string> Includes)
{
    public string CountSql => $"select count(*) from {Spec.Table} l where {Where}";

    /// <summary>The page's keys come from the index alone; only its rows are then read whole.</summary>
    public string PageSql
    {
        get
        {
            var sql = new StringBuilder();
            sql.Append("select ").Append(Spec.Select)
                .Append(" from (select ").Append(Spec.Key).Append(" as page_key from ").Append(Spec.Table)
                .Append(" l where ").Append(Where).Append(" order by ").Append(Order)
                .Append(" limit @limit offset @offset) p join ").Append(Spec.Table)
                .Append(" t on t.").Append(Spec.Key).Append(" = p.page_key and t.organization = @organization")
                .Append(" order by ")
                .AppendJoin(", ", Order.Split(", ").Select(o => "t." + o));
            return sql.ToString();
        }
    }
}
