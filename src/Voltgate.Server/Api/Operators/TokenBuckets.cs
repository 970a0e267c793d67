using System.Collections.Concurrent;

namespace Voltgate.Server.Api;

/// <summary>
/// So many tries a minute for each name, and as many at once: a name that rests wins its tries back one by one, so that
/// nobody is ever locked out for good.
/// </summary>
/// <param name="perMinute">At least 1.</param>
internal sealed class TokenBuckets(int perMinute, TimeProvider clock)
{
    private const int MaxNames = 100_000;

    private readonly long step = TimeSpan.TicksPerMinute / perMinute;

    /// <summary>When the bucket of a name is full again, in ticks. One that is not here is full.</summary>
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);

    /// <summary>Takes one try; zero: it is granted, else how long to wait for one.</summary>
    public TimeSpan Take(string name)
    {
        if (fullAt.Count >= MaxNames) Sweep();
        while (true)
        {
            var now = clock.GetUtcNow().UtcTicks;
            var known = fullAt.TryGetValue(name, out var at);
            var from = known ? Math.Max(at, now) : now;
            var wait = from - now - ((perMinute - 1) * step);
            if (wait > 0) return new TimeSpan(wait);
            if (known ? fullAt.TryUpdate(name, from + step, at) : fullAt.TryAdd(name, from + step))
                return TimeSpan.Zero;
        }
    }

    /// <summary>Gives a try back that was none: a success.</summary>
    public void Return(string name)
    {
        while (fullAt.TryGetValue(name, out var at) && !fullAt.TryUpdate(name, at - step, at)) continue;
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow().UtcTicks;
        foreach (var entry in fullAt)
            if (entry.Value <= now) fullAt.TryRemove(entry);
        if (fullAt.Count >= MaxNames) fullAt.Clear();
    }
}
