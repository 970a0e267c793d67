using System.Collections.Concurrent;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Remembers which keys were used and writes it down now and then, not with each request: in steps of half a minute,
/// so that what is read is never older than a minute (reliability A06).
/// </summary>
internal sealed partial class KeyUsage(Committer committer, TimeProvider clock, ILogger<KeyUsage> log)
    : BackgroundService
{
    private const long StepMs = 30_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> written = new(StringComparer.Ordinal);

    /// <param name="key">The key's <c>_id</c>.</param>
    public void Note(string key, long atMs) => used[key] = atMs / StepMs * StepMs;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Write();
        }
        catch (OperationCanceledException)
        {
            await Write();
        }
    }

    private async Task Write()
    {
        var unit = new List<Statement>();
        foreach (var (key, step) in used)
        {
            if (written.GetValueOrDefault(key) >= step) continue;
            written[key] = step;
            unit.Add(Statement.Of("update api_keys set last_used_at = $2 where id = $1", key, step));
        }

        if (unit.Count == 0) return;
        try
        {
            await committer.Commit(unit);
        }
        catch (StoreUnavailableException e)
        {
            LogLost(unit.Count, e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of {Keys} keys could not be written down.")]
    private partial void LogLost(int keys, Exception e);
}
