using System.Security.Cryptography;
using Voltgate.Domain;

namespace Voltgate.Server;

/// <summary>Where randomness enters: ids and numbers for decisions that are pure.</summary>
internal sealed class Entropy(TimeProvider clock)
{
    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A new id: 24 hex characters.</summary>
    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return ObjectId.Of(NowMs, bytes);
    }

    /// <summary>A transaction number: random, positive, 31 bits (reliability D15).</summary>
    public int NewNumber() => RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
