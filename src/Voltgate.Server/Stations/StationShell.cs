using System.Collections.Concurrent;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>What every station actor works with; one for all of them.</summary>
internal sealed record StationShell(
    Gatherer Gatherer,
    StationWriter Writer,
    StationStore Stations,
    Committer Committer)
{
    public required Entropy Entropy { get; init; }

    public required TimeProvider Clock { get; init; }

    public required ServerOptions Options { get; init; }

    public required QuirkBook Quirks { get; init; }

    public required Errands Errands { get; init; }

    public required ILogger Log { get; init; }
}

/// <summary>Owns the tasks that carry commands to stations, so that none is lost sight of.</summary>
internal sealed partial class Errands(ILogger<Errands> log)
{
    private readonly ConcurrentDictionary<Task, StationLink?> running = new();

    public int Count => running.Count;

    /// <param name="link">Through which the answer comes; null: none is waited for.</param>
    public void Add(Task errand, StationLink? link = null)
    {
        if (errand.IsCompletedSuccessfully) return;
        running[errand] = link;
        _ = errand.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Every answer that came through the link, and every one that will not come, is in the mailbox.</summary>
    public async Task Brought(StationLink link) =>
        await Task.WhenAll(running.Where(r => ReferenceEquals(r.Value, link)).Select(r => r.Key))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Done(Task errand)
    {
        running.TryRemove(errand, out _);
        // A closed mailbox at shutdown is no failure: the clock settles what is open after the next start.
        if (errand.Exception?.InnerException is { } e and not System.Threading.Channels.ChannelClosedException)
            LogFailure(e);
    }

    [LoggerMessage(LogLevel.Error, "A command's way to its station failed.")]
    private partial void LogFailure(Exception e);
}
