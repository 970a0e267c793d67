using System.Collections.Concurrent;
using System.Diagnostics;

namespace Voltgate.Bench.Load;

/// <summary>Times of many short stories, kept in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> all = [];

    public int Count => all.Count;

    public void Add(long from) => all.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);

    public string Quantile(double share) => all.IsEmpty ? "–" : Report.Fine(At(share));

    /// <summary>The milliseconds that this share did not exceed; there must be some.</summary>
    public double At(double share) => Report.Quantile([.. all.Order()], share);

    /// <summary>
    /// Begins the work so many times a second, whether the earlier ones are done or not, and awaits all.
    /// </summary>
    public static async Task Pace(int count, int perSecond, Func<int, Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        var running = new List<Task>(count);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < count; i++)
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds * perSecond < i) await ticks.WaitForNextTickAsync();
            running.Add(work(i));
        }

        await Task.WhenAll(running);
    }
}
