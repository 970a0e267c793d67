using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Each organisation's account with its payment provider; the secrets lie sealed.</summary>
internal sealed class ProviderAccounts(Database database, Keyring keyring, IEnumerable<ITopUpProvider> providers)
{
    private sealed class Row
    {
        public string Provider { get; init; } = "";

        public string? SecretKey { get; init; }

        public string? WebhookSecret { get; init; }

        public string? SuccessUrl { get; init; }

        public string? CancelUrl { get; init; }
    }

    public async Task<ProviderAccount> Of(string organization, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select provider as Provider, secret_key as SecretKey, webhook_secret as WebhookSecret, "
            + "success_url as SuccessUrl, cancel_url as CancelUrl from payment_providers "
            + "where organization = @organization",
            new { organization });
        return row is null
            ? ProviderAccount.Manual
            : new ProviderAccount(
                row.Provider, Opened(row.SecretKey), Opened(row.WebhookSecret), row.SuccessUrl, row.CancelUrl);
    }

    public ITopUpProvider ProviderOf(string name) => providers.Single(p => p.Name == name);

    public Statement Put(string organization, ProviderAccount account, long nowMs) => Statement.Of(
        "insert into payment_providers (organization, provider, secret_key, webhook_secret, success_url, cancel_url, "
        + "updated_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization) do update set "
        + "provider = excluded.provider, secret_key = excluded.secret_key, webhook_secret = excluded.webhook_secret, "
        + "success_url = excluded.success_url, cancel_url = excluded.cancel_url, updated_at = excluded.updated_at",
        organization, account.Provider, Sealed(account.SecretKey), Sealed(account.WebhookSecret), account.SuccessUrl,
        account.CancelUrl, nowMs);

    private string? Sealed(string? secret) => secret is null ? null : keyring.Seal(secret);

    private string? Opened(string? text) => text is null ? null : keyring.Unseal(text);
}
