namespace Voltgate.Domain.Load;

/// <summary>A running session as the plan sees it.</summary>
/// <param name="SinceMs">When it began: who came first is served first.</param>
/// <param name="MostW">More is of no use to it: connector, station, or what people allow.</param>
/// <param name="WantsW">What it seems to take, where it leaves some of its share; else the same as MostW.</param>
/// <param name="FixedW">It cannot be told anything now, and may draw that much; null: it can.</param>
public readonly record struct Load(long SinceMs, long MostW, long WantsW, long? FixedW = null);

/// <summary>
/// Shares a supply out. Nobody has less than the minimum unless it has nothing; those who came first have it first;
/// what is over goes to those who have least.
/// </summary>
public static class LoadPlan
{
    /// <summary>Watts for each of the loads, in their order. Those that are fixed have what they have.</summary>
    public static long[] Shares(long capacityW, long minimumW, IReadOnlyList<Load> loads)
    {
        var shares = new long[loads.Count];
        var free = capacityW;
        for (var i = 0; i < loads.Count; i++)
            if (loads[i].FixedW is { } held) free -= shares[i] = held;

        var served = new List<int>();
        foreach (var i in Enumerable.Range(0, loads.Count).Where(i => loads[i].FixedW is null)
            .OrderBy(i => loads[i].SinceMs))
        {
            var least = Math.Min(minimumW, loads[i].MostW);
            if (least > free) continue;
            free -= shares[i] = least;
            served.Add(i);
        }

        free -= Raise(shares, served, i => Math.Min(loads[i].WantsW, loads[i].MostW), free);
        Raise(shares, served, i => loads[i].MostW, free);
        return shares;
    }

    /// <summary>Lifts the lowest first, each up to its own top; how much it took.</summary>
    private static long Raise(long[] shares, List<int> served, Func<int, long> top, long free)
    {
        if (served.Count == 0 || free <= 0) return 0;
        long Taken(long level) => served.Sum(i => Lifted(i, level) - shares[i]);
        long Lifted(int i, long level) => Math.Max(shares[i], Math.Min(level, top(i)));

        var (low, high) = (0L, served.Max(top));
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Taken(middle) <= free) low = middle;
            else high = middle - 1;
        }

        var taken = Taken(low);
        foreach (var i in served) shares[i] = Lifted(i, low);
        return taken;
    }
}
