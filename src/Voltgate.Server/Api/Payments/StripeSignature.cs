using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Voltgate.Server.Api;

/// <summary>
/// The <c>Stripe-Signature</c> header: <c>t=&lt;unix s&gt;,v1=&lt;hex HMAC-SHA256 of "t.body"&gt;</c>, several v1
/// while a secret is rotated.
/// </summary>
internal static class StripeSignature
{
    private const long ToleranceSeconds = 300;

    public static bool Holds(string header, ReadOnlySpan<byte> body, string secret, long nowMs)
    {
        var parts = header.Split(',', StringSplitOptions.TrimEntries);
        if (Array.Find(parts, p => p.StartsWith("t=", StringComparison.Ordinal)) is not { } stamp) return false;
        if (!long.TryParse(stamp.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return false;
        if (Math.Abs(nowMs / 1000 - at) > ToleranceSeconds) return false;

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"{at}."));
        hmac.AppendData(body);
        var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
        return parts.Where(p => p.StartsWith("v1=", StringComparison.Ordinal))
            .Any(p => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(p[3..]), expected));
    }
}
