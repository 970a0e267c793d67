using System.Collections.Concurrent;

namespace Voltgate.Server;

/// <summary>
/// So many takes a minute for each name, and as many at once (or <paramref name="burst"/>): a name that rests wins them
/// back one by one, so that nobody is ever locked out for good. The system's time may jump; this does not.
/// </summary>
/// <param name="perMinute">At least 1.</param>
internal sealed class TokenBuckets(int perMinute, TimeProvider clock, int? burst = null)
{
    private const int MaxNames = 100_000;

    private readonly long step = TimeSpan.TicksPerMinute / perMinute;
    private readonly int most = burst ?? perMinute;
    private readonly long beganAt = clock.GetTimestamp();

    /// <summary>When the bucket of a name is full again, in ticks. One that is not here is full.</summary>
    private readonly ConcurrentDictionary<string, long> fullAt = new(StringComparer.Ordinal);

    public int PerMinute => perMinute;

    private long Now => clock.GetElapsedTime(beganAt).Ticks;

    /// <summary>Takes one; zero: it is granted, else how long to wait for one.</summary>
    public TimeSpan Take(string name)
    {
        if (fullAt.Count >= MaxNames) Sweep();
        while (true)
        {
            var now = Now;
            var known = fullAt.TryGetValue(name, out var at);
            var from = known ? Math.Max(at, now) : now;
            var wait = from - now - ((most - 1) * step);
            if (wait > 0) return new TimeSpan(wait);
            if (known ? fullAt.TryUpdate(name, from + step, at) : fullAt.TryAdd(name, from + step))
                return TimeSpan.Zero;
        }
    }

    /// <summary>How long to wait for one, without taking it.</summary>
    public TimeSpan Wait(string name)
    {
        var missing = fullAt.TryGetValue(name, out var at) ? at - Now - ((most - 1) * step) : 0;
        return new TimeSpan(Math.Max(0, missing));
    }

    /// <summary>Gives one back that was not used.</summary>
    public void Return(string name)
    {
        while (fullAt.TryGetValue(name, out var at) && !fullAt.TryUpdate(name, at - step, at)) continue;
    }

    /// <summary>How many are left, and in how many seconds there are all again.</summary>
    public (int Left, int FullInSeconds) Standing(string name)
    {
        var missing = fullAt.TryGetValue(name, out var at) ? Math.Max(0, at - Now) : 0;
        return (most - (int)((missing + step - 1) / step), Seconds(new TimeSpan(missing)));
    }

    /// <summary>A wait as Retry-After tells it.</summary>
    public static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);

    private void Sweep()
    {
        var now = Now;
        foreach (var entry in fullAt)
            if (entry.Value <= now) fullAt.TryRemove(entry);
        if (fullAt.Count >= MaxNames) fullAt.Clear();
    }
}
