using System.Collections.Concurrent;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What authentication needs of a key's row.</summary>
internal sealed class KeyRow
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public bool Root { get; init; }

    public string KeyId { get; init; } = "";

    public string SecretHash { get; init; } = "";

    /// <summary>The secret before the last rotation, and until when it holds.</summary>
    public string? OldKeyId { get; init; }

    public string? OldSecretHash { get; init; }

    public long? OldUntil { get; init; }

    public bool Active { get; init; }

    public long? ExpiresAt { get; init; }

    public string Body { get; init; } = "";
}

/// <summary>A key as it was read, and when. The caller is made once, not on every request.</summary>
internal sealed record CachedKey(KeyRow Row, Caller Caller, long ReadAtMs);

/// <summary>
/// Keys by their public id or their <c>_id</c>, read again after a few seconds, so that a revocation reaches every
/// process within 5 s (reliability G18) and a busy key costs the store nothing.
/// </summary>
internal sealed class KeyCache(Database database, Entropy entropy)
{
    private const long FreshMs = 3_000;
    private const int MaxKeys = 10_000;

    private const string Sql =
        "select k.id as Id, k.organization as Organization, o.root as Root, k.key_id as KeyId, "
        + "k.secret_hash as SecretHash, k.old_key_id as OldKeyId, k.old_secret_hash as OldSecretHash, "
        + "k.old_until as OldUntil, k.active as Active, k.expires_at as ExpiresAt, k.body as Body "
        + "from api_keys k join organizations o on o.id = k.organization where ";

    private readonly ConcurrentDictionary<string, CachedKey> known = new(StringComparer.Ordinal);

    public Task<CachedKey?> ByKeyId(string keyId, CancellationToken cancel) =>
        Find("k:" + keyId, "k.key_id = @id or k.old_key_id = @id", keyId, cancel);

    public Task<CachedKey?> ById(string id, CancellationToken cancel) => Find("i:" + id, "k.id = @id", id, cancel);

    /// <summary>In this process a change holds at once.</summary>
    public void Forget() => known.Clear();

    private async Task<CachedKey?> Find(string entry, string where, string id, CancellationToken cancel)
    {
        var now = entropy.NowMs;
        if (known.TryGetValue(entry, out var cached) && now - cached.ReadAtMs is >= 0 and < FreshMs) return cached;

        await using var connection = await database.Open(cancel);
        var row = await connection.QuerySingleOrDefaultAsync<KeyRow>(Sql + where, new { id });
        if (row is null)
        {
            known.TryRemove(entry, out _);
            return null;
        }

        var key = new CachedKey(row, CallerOf(row), now);
        if (known.Count >= MaxKeys) known.Clear();
        known[entry] = key;
        return key;
    }

    private static Caller CallerOf(KeyRow row)
    {
        var key = Wire.Read(row.Body, WireContext.Default.ApiKeyResource);
        return new Caller(row.Organization, row.Root, row.Id, key.Name, [.. key.Scopes]) { KeyId = row.KeyId };
    }
}
