using System.Security.Cryptography;
using System.Text;
using Voltgate.Domain.Access;

namespace Voltgate.Server.Api;

/// <summary>
/// Finds out who is calling: from <c>Authorization: Bearer</c> with an API key or an access token, else from an
/// operator's cookie.
/// </summary>
internal sealed class Authentication(
    KeyCache keys, AccessTokens tokens, KeyUsage usage, OperatorSessions sessions, Entropy entropy)
{
    /// <summary>A key given at bootstrap may have any shape, but not be shorter than this.</summary>
    public const int ShortestOpaqueKey = 32;

    private const int LongestCredential = 4_096;
    private const string Scheme = "Bearer ";

    private static readonly Refusal WrongKey = Refusal.Unauthenticated(
        "The API key is not valid; check it, or make a new one.");

    public async Task<Outcome<Caller>> Identify(HttpContext http, ApiRoute route)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0 && await sessions.Identify(http, route) is { } signedIn) return signedIn;
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Refusal.Of(401);
        var credential = header[Scheme.Length..].Trim();
        if (credential.Length > LongestCredential) return WrongKey;
        var isToken = credential.StartsWith("ey", StringComparison.Ordinal) && credential.Count(c => c == '.') == 2;
        return isToken
            ? await ByToken(credential, http.RequestAborted)
            : await ByKey(credential, http.RequestAborted);
    }

    /// <summary>The owner of an API key, whatever its shape.</summary>
    public async Task<Outcome<Caller>> ByKey(string text, CancellationToken cancel)
    {
        var named = NameOf(text);
        if (named is not var (keyId, secret)) return WrongKey;
        var key = await keys.ByKeyId(keyId, cancel);
        return key is not null && Matches(HashIn(key.Row, keyId), secret) ? Accept(key, keyId) : WrongKey;
    }

    /// <summary>What is looked up, and what must match the hash beside it; null: no key can look like that.</summary>
    public static (string KeyId, string Secret)? NameOf(string text)
    {
        if (ApiKeyText.LooksLike(text) && ApiKeyText.Parse(text) is { } key) return (key.KeyId, key.Secret);
        if (ApiKeyText.LooksLike(text) || text.Length < ShortestOpaqueKey) return null;
        return ("opaque-" + HashOf(text)[..20], text);
    }

    /// <summary>SHA-256 as hex: the secret has 256 random bits and needs no slow hash.</summary>
    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private async Task<Outcome<Caller>> ByToken(string token, CancellationToken cancel)
    {
        var read = await tokens.KeyOf(token);
        if (!read.Holds) return read.Refusal;
        var (id, keyId) = read.Value;
        // A token lives no longer than the secret that bought it: a rotation that ends one ends both.
        var key = await keys.ById(id, cancel);
        return key is not null && HashIn(key.Row, keyId) is not null ? Accept(key, keyId) : WrongKey;
    }

    /// <summary>The hash of one of the key's two secrets; null: it has none of that name any more.</summary>
    private string? HashIn(KeyRow row, string keyId)
    {
        if (row.KeyId == keyId) return row.SecretHash;
        return row.OldKeyId == keyId && row.OldUntil > entropy.NowMs ? row.OldSecretHash : null;
    }

    private Outcome<Caller> Accept(CachedKey key, string keyId)
    {
        var now = entropy.NowMs;
        if (!key.Row.Active) return Refusal.Unauthenticated("The API key was revoked; use another one.");
        if (key.Row.ExpiresAt <= now) return Refusal.Unauthenticated("The API key has expired; make a new one.");
        usage.Note(key.Row.Id, now);
        return key.Row.KeyId == keyId ? key.Caller : key.Caller with { KeyId = keyId };
    }

    private static bool Matches(string? hash, string secret) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(hash ?? ""), Encoding.ASCII.GetBytes(HashOf(secret)));
}
