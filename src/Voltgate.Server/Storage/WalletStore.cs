using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>A wallet as it was read; Version: for what is decided on it.</summary>
internal sealed class WalletRow
{
    public string Id { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Balance { get; init; }

    public long Held { get; init; }

    public long Version { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Available => Balance - Held;

    /// <summary>As it stands once so much more is booked on it, and nothing else meanwhile.</summary>
    public WalletRow Moved(long amount, long nowMs) => new()
    {
        Id = Id, Currency = Currency, Balance = Balance + amount, Held = Held, Version = Version + 1,
        CreatedAt = CreatedAt, UpdatedAt = nowMs,
    };
}

/// <summary>Reads wallets, and opens those that are missing.</summary>
internal sealed class WalletStore(Database database, Committer committer, Entropy entropy)
{
    public const string Columns =
        "t.id as Id, t.currency as Currency, t.balance as Balance, t.held as Held, t.version as Version, "
        + "t.created_at as CreatedAt, t.updated_at as UpdatedAt";

    public async Task<WalletRow?> Find(string organization, string user, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<WalletRow>(
            $"select {Columns} from wallets t where t.id = @user and t.organization = @organization",
            new { user, organization });
    }

    /// <summary>The user's wallet; a missing one is made. Of two that make it at once, one did.</summary>
    public async Task<WalletRow> Open(string organization, string user, string currency)
    {
        if (await Find(organization, user) is { } there) return there;
        await committer.Commit([WalletWrites.Open(user, organization, currency, entropy.NowMs)]);
        return await Find(organization, user)
            ?? throw new InvalidOperationException($"The wallet of {user} is there and cannot be read.");
    }
}
