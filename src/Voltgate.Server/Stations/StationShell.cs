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

    public required Errands Errands { get; init; }

    public required ILogger Log { get; init; }
}

/// <summary>Owns the tasks that carry commands to stations, so that none is lost sight of.</summary>
internal sealed partial class Errands(ILogger<Errands> log)
{
    private readonly ConcurrentDictionary<Task, bool> running = new();

    public int Count => running.Count;

    public void Add(Task errand)
    {
        if (errand.IsCompletedSuccessfully) return;
        running[errand] = true;
        _ = errand.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

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
