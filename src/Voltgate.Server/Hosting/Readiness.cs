using Voltgate.Server.Storage;

namespace Voltgate.Server.Hosting;

/// <summary>
/// Whether this process may be given work: asked by <c>/readyz</c> and by everything that takes on work.
/// </summary>
internal sealed class Readiness(Committer committer, TimeProvider clock, ServerOptions options)
{
    private const string Touch =
        "insert into keyring (name, value, created_at) values ('readiness-probe', $1, $2) "
        + "on conflict (name) do update set value = excluded.value, created_at = excluded.created_at";

    private static readonly TimeSpan ProbeAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private volatile bool migrated;
    private volatile bool draining;
    private Task<string?>? probe;
    private long probedAt;

    /// <summary>The process is going: take no new work.</summary>
    public bool IsDraining => draining;

    public void SchemaIsReady() => migrated = true;

    public void StartDraining() => draining = true;

    /// <summary>Why this process should be given no work; null: it is ready.</summary>
    public async Task<string?> Obstacle()
    {
        if (draining) return "draining: this process is shutting down";
        if (!migrated) return "migrations: the schema is not up to date yet";
        return LittleSpace() ?? await Probe();
    }

    /// <summary>Writes at most one row a second however often it is asked, and never lets a caller hang.</summary>
    private async Task<string?> Probe()
    {
        Task<string?> current;
        lock (gate)
        {
            if (probe is null || (probe.IsCompleted && clock.GetElapsedTime(probedAt) >= ProbeAge))
            {
                probedAt = clock.GetTimestamp();
                probe = WriteRow();
            }

            current = probe;
        }

        try
        {
            return await current.WaitAsync(ProbePatience, clock);
        }
        catch (TimeoutException)
        {
            return "store: a write takes longer than 2 s";
        }
    }

    private async Task<string?> WriteRow()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            await committer.Commit([Statement.Of(Touch, "", now)]);
            return null;
        }
        catch (Exception e)
        {
            return "store: " + e.Message;
        }
    }

    private string? LittleSpace()
    {
        if (options.Storage.Provider is not "sqlite") return null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(options.Storage.ConnectionString))!;
        var free = new DriveInfo(folder).AvailableFreeSpace / (1024 * 1024);
        var wanted = options.Storage.MinFreeMegabytes;
        return free < wanted ? $"disk: {free} MB free in {folder}, at least {wanted} MB wanted" : null;
    }
}
