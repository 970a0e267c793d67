using System.Security.Cryptography;

namespace Voltgate.Server;

/// <summary>
/// Passwords that people choose or type: PBKDF2-SHA256, slow on purpose. Machine-made secrets (API keys, station
/// passwords) have other hashes, because they cannot be guessed.
/// </summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha256";
    private const int Iterations = 600_000;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    /// <summary>"pbkdf2-sha256$iterations$salt$hash", salt and hash in base64.</summary>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, HashSize);
        return string.Join('$', Scheme, Iterations, Convert.ToBase64String(salt), Convert.ToBase64String(hash));
    }

    public static bool Fits(string password, string stored)
    {
        if (stored.Split('$') is not [Scheme, var iterations, var salt, var hash]) return false;
        var expected = Convert.FromBase64String(hash);
        var given = Rfc2898DeriveBytes.Pbkdf2(
            password, Convert.FromBase64String(salt), int.Parse(iterations), HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(given, expected);
    }
}
