using System.Buffers.Binary;

namespace Voltgate.Domain;

/// <summary>Ids on the wire: 24 lower-case hex characters, 4 bytes of seconds and 8 random ones.</summary>
public static class ObjectId
{
    public const int Length = 24;

    /// <param name="atMs">Unix milliseconds; only the seconds are kept.</param>
    /// <param name="entropy">Eight random bytes; the caller owns the randomness, so that decisions stay pure.</param>
    public static string Of(long atMs, ReadOnlySpan<byte> entropy)
    {
        Span<byte> bytes = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)(atMs / 1000));
        entropy[..8].CopyTo(bytes[4..]);
        return Convert.ToHexStringLower(bytes);
    }

    public static bool IsWellFormed(string? id)
    {
        if (id is not { Length: Length }) return false;
        foreach (var c in id)
            if (!char.IsAsciiHexDigitLower(c)) return false;
        return true;
    }
}
