using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// The secret of an endpoint in the two forms that sign: its whole text, and the bytes behind whsec_.
/// </summary>
internal sealed class SigningKey
{
    private const string Prefix = "whsec_";

    public SigningKey(string secret)
    {
        Text = Encoding.UTF8.GetBytes(secret);
        var coded = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var bytes = new byte[coded.Length];
        // A secret that a client chose need not be base64; then its text is the key of both signatures.
        Bytes = Convert.TryFromBase64String(coded, bytes, out var length) ? bytes[..length] : Text;
    }

    /// <summary>Signs edrv-signature.</summary>
    public byte[] Text { get; }

    /// <summary>Signs webhook-signature.</summary>
    public byte[] Bytes { get; }
}

/// <summary>The values of the four headers that a receiver verifies (api-contract §4).</summary>
/// <param name="Edrv">edrv-signature: <c>t=&lt;unix ms&gt;,v1=&lt;hex&gt;</c>, over the raw body.</param>
/// <param name="Timestamp">webhook-timestamp: unix seconds.</param>
/// <param name="Standard">webhook-signature: <c>v1,&lt;base64&gt;</c>, over <c>id.timestamp.body</c>.</param>
internal sealed record Signature(string Edrv, string Id, string Timestamp, string Standard)
{
    /// <param name="keys">One, or during a rotation two: the new one first, the receiver may have either.</param>
    public static Signature Of(string id, long nowMs, ReadOnlySpan<byte> body, IReadOnlyList<SigningKey> keys)
    {
        var timestamp = (nowMs / 1000).ToString();
        var edrv = new StringBuilder(96).Append("t=").Append(nowMs);
        var standard = new StringBuilder(64);
        var signed = ArrayPool<byte>.Shared.Rent(id.Length + timestamp.Length + 2 + body.Length);
        var length = Encoding.ASCII.GetBytes($"{id}.{timestamp}.", signed);
        body.CopyTo(signed.AsSpan(length));
        length += body.Length;

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in keys)
        {
            HMACSHA256.HashData(key.Text, body, mac);
            edrv.Append(",v1=").Append(Convert.ToHexStringLower(mac));
            HMACSHA256.HashData(key.Bytes, signed.AsSpan(0, length), mac);
            standard.Append(standard.Length == 0 ? "v1," : " v1,").Append(Convert.ToBase64String(mac));
        }

        ArrayPool<byte>.Shared.Return(signed);
        return new Signature(edrv.ToString(), id, timestamp, standard.ToString());
    }
}
