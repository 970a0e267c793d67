using System.Security.Cryptography;
using System.Text;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Machine-made station passwords, kept as salted and peppered HMAC-SHA-256: as random as they are, a slow hash would
/// only be a lever against us (reliability §1, finding 6).
/// </summary>
internal sealed class StationPasswords(Keyring keyring)
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    /// <summary>20 characters: the most that OCPP 1.6 takes (security whitepaper: 16 to 20 bytes), 116 bits.</summary>
    private const int Length = 20;

    public string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    public (string Salt, string Hash) Hash(ReadOnlySpan<byte> password)
    {
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return (salt, HashOf(salt, password));
    }

    /// <summary>Compares bytes in constant time; stations send the key as its bytes or as its hex digits.</summary>
    public bool Fits(string? salt, string? hash, ReadOnlySpan<byte> password)
    {
        // An unknown station costs what a wrong password costs.
        var expected = Encoding.ASCII.GetBytes(hash ?? new string('0', 64));
        var asSent = Encoding.ASCII.GetBytes(HashOf(salt ?? "", password));
        var fits = CryptographicOperations.FixedTimeEquals(expected, asSent);
        if (Unhex(password) is { } bytes)
            fits |= CryptographicOperations.FixedTimeEquals(
                expected, Encoding.ASCII.GetBytes(HashOf(salt ?? "", bytes)));
        return fits && hash is not null;
    }

    private string HashOf(string salt, ReadOnlySpan<byte> password)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keyring.StationPepper);
        hmac.AppendData(Encoding.ASCII.GetBytes(salt));
        hmac.AppendData(password);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private static byte[]? Unhex(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 128 || text.Length % 2 != 0) return null;
        foreach (var b in text)
            if (!char.IsAsciiHexDigit((char)b)) return null;
        return Convert.FromHexString(text);
    }
}
