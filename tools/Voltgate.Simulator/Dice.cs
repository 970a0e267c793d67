namespace Voltgate.Simulator;

/// <summary>Seeded chance (SplitMix64): the same seed gives the same story.</summary>
public sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>At least <paramref name="from"/> and less than <paramref name="to"/>.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (ulong)Math.Max(1, to - from));

    public bool OneIn(int chances) => Between(0, chances) == 0;
}
