using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>What a station that is in the store must present itself by.</summary>
internal sealed class StationKeys
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string Endpoint { get; init; } = "";

    public string StaticEndpoint { get; init; } = "";

    /// <summary>The name of a <see cref="StationSecurity"/>.</summary>
    public string Security { get; init; } = "";

    public string? PasswordSalt { get; init; }

    public string? PasswordHash { get; init; }

    /// <summary>A second password that is as good; null: there is none.</summary>
    public string? NextPasswordSalt { get; init; }

    public string? NextPasswordHash { get; init; }

    public string? NextPasswordAction { get; init; }

    public string Body { get; init; } = "";

    /// <summary>What people decided about it, read from its body when first asked for.</summary>
    public StationSettings Settings => field ??= DomainJson.ReadStation(Body).Settings;

    /// <summary>Those of the station with that endpoint; null: there is none.</summary>
    public static async Task<StationKeys?> Find(Database database, string identity, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QueryFirstOrDefaultAsync<StationKeys>(
            "select id as Id, organization as Organization, endpoint as Endpoint, "
            + "static_endpoint as StaticEndpoint, security as Security, password_salt as PasswordSalt, "
            + "password_hash as PasswordHash, next_password_salt as NextPasswordSalt, "
            + "next_password_hash as NextPasswordHash, next_password_action as NextPasswordAction, "
            + "body as Body from chargestations where endpoint = @identity or static_endpoint = @identity "
            + "order by (endpoint = @identity) desc",
            new { identity });
    }
}
