using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>
/// The server's own secrets, made on the first start and kept in the store, so that they survive restarts and are the
/// same in every process: what signs access tokens, peppers station passwords, and seals secrets at rest.
/// </summary>
internal sealed class Keyring(Database database, TimeProvider clock)
{
    private const int KeySize = 32;

    private byte[]? jwt;
    private byte[]? pepper;
    private byte[]? seal;

    /// <summary>Signs access tokens (HS256).</summary>
    public byte[] JwtKey => Loaded(jwt);

    /// <summary>Goes into the HMAC of every station password.</summary>
    public byte[] StationPepper => Loaded(pepper);

    /// <summary>Reads the keys, making those that are missing. The schema must be there.</summary>
    public async Task Load(CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        foreach (var name in (string[])["jwt", "pepper", "seal"])
            await connection.ExecuteAsync(
                "insert into keyring (name, value, created_at) values (@name, @value, @at) on conflict (name) do "
                    + "nothing",
                new
                {
                    name,
                    value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)),
                    at = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                });

        // Read back: another process may have been first.
        var keys = (
            await connection.QueryAsync<(string Name, string Value)>(
                "select name, value from keyring where name in ('jwt', 'pepper', 'seal')"))
            .ToDictionary(k => k.Name, k => Convert.FromBase64String(k.Value));
        (jwt, pepper, seal) = (keys["jwt"], keys["pepper"], keys["seal"]);
    }

    /// <summary>
    /// Text for the store: "1:" and base64 of nonce, tag and cipher (AES-256-GCM; 1 is the key's number).
    /// </summary>
    public string Seal(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + plain.Length];
        var (nonce, tag, cipher) = Parts(box);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(Loaded(seal), AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce.Span, plain, cipher.Span, tag.Span);
        return "1:" + Convert.ToBase64String(box);
    }

    /// <summary>What <see cref="Seal"/> was given.</summary>
    /// <exception cref="CryptographicException">The text was tampered with or sealed by another key.</exception>
    public string Unseal(string text)
    {
        if (!text.StartsWith("1:", StringComparison.Ordinal)) throw new CryptographicException("Unknown sealing key.");
        var (nonce, tag, cipher) = Parts(Convert.FromBase64String(text[2..]));
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(Loaded(seal), AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] box)
    {
        var nonce = AesGcm.NonceByteSizes.MaxSize;
        var tag = AesGcm.TagByteSizes.MaxSize;
        return (box.AsMemory(0, nonce), box.AsMemory(nonce, tag), box.AsMemory(nonce + tag));
    }

    private static byte[] Loaded(byte[]? key) =>
        key ?? throw new InvalidOperationException("The keyring is read after the migrations; it was asked too early.");
}
