using System.Data.Common;
using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Writes down how stations knocked: counted in memory, kept once a second, so that a flood of refused handshakes costs
/// a few rows and no more. What is old, or too much, goes.
/// </summary>
internal sealed partial class AttemptBook(
    Database database, Committer committer, Entropy entropy, TimeProvider clock, ILogger<AttemptBook> log)
    : BackgroundService
{
    /// <summary>
    /// Different knocks of nobody's stations that one second may bring; the rest is counted for its source alone.
    /// </summary>
    private const int MostAtOnce = 1_000;

    /// <summary>Rows that are kept, and the ones of them that are nobody's stations'; the oldest go first.</summary>
    private const int Most = 100_000;
    private const int MostUnclaimed = 5_000;

    private const long KeptMs = 30L * 86_400_000;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrimBeat = TimeSpan.FromMinutes(10);

    private const string Put =
        "insert into connection_attempts (id, organization, chargestation, identity, source, code, attempts, detail, "
        + "created_at, updated_at) values ($1, coalesce($2, (select id from organizations where root = true)), $3, $4, "
        + "$5, $6, $7, $8, $9, $10) on conflict (identity, source, code) do update set "
        + "organization = excluded.organization, chargestation = excluded.chargestation, "
        + "attempts = connection_attempts.attempts + excluded.attempts, detail = excluded.detail, "
        + "updated_at = excluded.updated_at";

    private sealed record Tally(Attempt Last, long Count, long FirstMs, long LastMs);

    private readonly Lock gate = new();
    private Dictionary<(string Identity, string Source, string Code), Tally> open = [];

    public void Note(Attempt attempt, string source)
    {
        var now = entropy.NowMs;
        lock (gate)
        {
            var key = (attempt.Identity, source, attempt.Code);
            if (attempt.Station is null && open.Count >= MostAtOnce && !open.ContainsKey(key))
            {
                attempt = new Attempt("too_many", Detail: "Others of the same second are not told apart.");
                key = ("", source, attempt.Code);
                if (open.Count >= 2 * MostAtOnce && !open.ContainsKey(key)) return;
            }

            open[key] = open.TryGetValue(key, out var tally)
                ? tally with { Last = attempt, Count = tally.Count + 1, LastMs = now }
                : new Tally(attempt, 1, now, now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var trimmedAt = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Keep();
                if (clock.GetElapsedTime(trimmedAt) < TrimBeat) continue;
                trimmedAt = clock.GetTimestamp();
                await Trim(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or DbException)
            {
                LogLost(e);
            }
        }
    }

    /// <summary>What was counted until now is in the store.</summary>
    public async Task Keep()
    {
        Dictionary<(string Identity, string Source, string Code), Tally> counted;
        lock (gate)
        {
            if (open.Count == 0) return;
            (counted, open) = (open, []);
        }

        await committer.Commit([.. counted.Select(c => Statement.Of(
            Put, entropy.NewId(), c.Value.Last.Organization, c.Value.Last.Station, c.Key.Identity, c.Key.Source,
            c.Key.Code, c.Value.Count, c.Value.Last.Detail, c.Value.FirstMs, c.Value.LastMs))]);
    }

    private async Task Trim(CancellationToken cancel)
    {
        var unit = new List<Statement>
        {
            Statement.Of("delete from connection_attempts where updated_at < $1", entropy.NowMs - KeptMs),
        };
        await using var connection = await database.Open(cancel);
        foreach (var (which, most) in new[] { ("chargestation is null", MostUnclaimed), ("1 = 1", Most) })
            if (await connection.ExecuteScalarAsync<long?>(
                $"select updated_at from connection_attempts where {which} order by updated_at desc "
                + $"limit 1 offset {most}") is { } edge)
                unit.Add(Statement.Of(
                    $"delete from connection_attempts where {which} and updated_at <= $1", edge));
        await committer.Commit(unit, cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Connection attempts of the last second could not be written down.")]
    private partial void LogLost(Exception e);
}
