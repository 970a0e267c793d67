using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>Opens a secret that the keyring sealed.</summary>
internal delegate string Unseal(string value);

/// <summary>Endpoints by id, read from <c>webhooks</c> when their version changed.</summary>
internal sealed class EndpointStore(Database database, Unseal unseal)
{
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Organization { get; init; } = "";

        public string Url { get; init; } = "";

        public string ApiVersion { get; init; } = "";

        public string Secret { get; init; } = "";

        public string? OldSecret { get; init; }

        public long? OldSecretUntil { get; init; }

        public long Version { get; init; }
    }

    /// <summary>The endpoint as it stands now; null when it is gone or switched off.</summary>
    public async Task<Endpoint?> Read(string webhook, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select id, organization, url, api_version as ApiVersion, secret, old_secret as OldSecret, "
            + "old_secret_until as OldSecretUntil, version from webhooks where id = @webhook and active",
            new { webhook });
        return row is null ? null : EndpointOf(row);
    }

    private Endpoint EndpointOf(Row row) => new(
        row.Id, row.Organization, new Uri(row.Url), row.ApiVersion, row.Version,
        new SigningKey(unseal(row.Secret)),
        row.OldSecret is null ? null : new SigningKey(unseal(row.OldSecret)),
        row.OldSecretUntil ?? 0);
}
