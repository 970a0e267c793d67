using System.Text;

namespace Voltgate.Domain.Access;

/// <summary>
/// The text of an API key: <c>vg_live_&lt;10 id&gt;_&lt;43 secret&gt;&lt;6 checksum&gt;</c> (api-contract §2). The
/// checksum, CRC-32 of
/// all before it in base 62, lets a mistyped key be refused without a look into the store.
/// </summary>
public readonly record struct ApiKeyText(string KeyId, string Secret, string Whole)
{
    public const int KeyIdLength = 10;
    public const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int PrefixLength = 8;
    private const int WholeLength = PrefixLength + KeyIdLength + 1 + SecretLength + ChecksumLength;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key.</summary>
    /// <param name="live">False: a test key, <c>vg_test_</c>.</param>
    /// <param name="idEntropy">Ten random bytes.</param>
    /// <param name="secretEntropy">32 random bytes.</param>
    public static ApiKeyText Make(bool live, ReadOnlySpan<byte> idEntropy, ReadOnlySpan<byte> secretEntropy)
    {
        var id = new StringBuilder(KeyIdLength);
        foreach (var b in idEntropy[..KeyIdLength]) id.Append(Digits[b % Digits.Length]);
        var secret = Convert.ToBase64String(secretEntropy).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var body = $"{(live ? "vg_live_" : "vg_test_")}{id}_{secret}";
        return new ApiKeyText(id.ToString(), secret, body + Checksum(body));
    }

    /// <summary>Whether the text has this prefix and length; a key given at bootstrap need not.</summary>
    public static bool LooksLike(string text) => text.Length == WholeLength
        && text[..PrefixLength] is "vg_live_" or "vg_test_";

    /// <summary>The parts of a well-formed key with the right checksum, else null.</summary>
    public static ApiKeyText? Parse(string text)
    {
        if (!LooksLike(text)) return null;
        if (text[PrefixLength + KeyIdLength] != '_') return null;
        var body = text[..^ChecksumLength];
        if (Checksum(body) != text[^ChecksumLength..]) return null;
        return new ApiKeyText(
            text.Substring(PrefixLength, KeyIdLength),
            text.Substring(PrefixLength + KeyIdLength + 1, SecretLength), text);
    }

    private static string Checksum(string text)
    {
        var crc = Crc32(text);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Digits[(int)(crc % (uint)Digits.Length)];
            crc /= (uint)Digits.Length;
        }

        return new string(digits);
    }

    /// <summary>CRC-32 as of ISO 3309, reflected, bit by bit: 62 characters do not deserve a table.</summary>
    private static uint Crc32(string text)
    {
        var crc = uint.MaxValue;
        foreach (var c in text)
        {
            crc ^= (byte)c;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
