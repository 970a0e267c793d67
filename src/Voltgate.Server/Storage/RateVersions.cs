using Dapper;
using Voltgate.Domain.Rates;

namespace Voltgate.Server.Storage;

/// <summary>Reads the versions of a tenant's rates; each is kept for ever, since sessions are billed by it.</summary>
internal sealed class RateVersions(Database database)
{
    /// <summary>The version, or the newest one; null: there is none, or it is somebody else's.</summary>
    public async Task<RatePlan?> Find(
        string organization, string rate, long? version = null, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var plan = await connection.QueryFirstOrDefaultAsync<string>(
            "select v.plan from rate_versions v join rates r on r.id = v.rate "
            + "where r.id = @rate and r.organization = @organization and (v.version = @version or @any) "
            + "order by v.version desc limit 1",
            new { rate, organization, version = version ?? 0, any = version is null });
        return plan is null ? null : DomainJson.ReadPlan(plan);
    }
}
