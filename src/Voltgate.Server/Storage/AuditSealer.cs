using System.Data.Common;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>
/// Chains the rows of the audit log, organisation by organisation, right after the commits that added them (ADR 0012).
/// Every process may seal: the number of a seal is unique, so that of two that took the same one loses and looks again.
/// </summary>
internal sealed partial class AuditSealer(
    Database database, Committer committer, TimeProvider clock, ILogger<AuditSealer> log) : BackgroundService
{
    /// <summary>What comes before the first row of a chain.</summary>
    public const string Origin = "";

    private const int Most = 500;

    /// <summary>Rows of a process that died between a commit and its seal are found so late at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DispatchSignal signal = new();

    /// <summary>There are new rows.</summary>
    public void Pulse() => signal.Pulse();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Guarded();
            await signal.Wait(Patience, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Guarded();
    }

    private async Task Guarded()
    {
        try
        {
            while (await Seal()) continue;
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException)
        {
            LogAway(e);
        }
    }

    /// <summary>True: there may be more.</summary>
    private async Task<bool> Seal()
    {
        await using var connection = await database.Open();
        var rows = (await connection.QueryAsync<AuditEntry>(
            $"select {AuditLog.Columns} from audit_unsealed u join audit_log l on l.id = u.entry "
            + "order by l.created_at, l.id limit @Most",
            new { Most })).AsList();
        foreach (var chain in rows.GroupBy(r => r.Organization, StringComparer.Ordinal))
        {
            var head = await connection.QuerySingleOrDefaultAsync<Head>(
                "select seq as Seq, hash as Hash from audit_seals where organization = @organization "
                + "order by seq desc limit 1",
                new { organization = chain.Key }) ?? new Head();
            await committer.Commit(Word(chain, head));
        }

        return rows.Count > 0;
    }

    private List<Statement> Word(IEnumerable<AuditEntry> chain, Head head)
    {
        var unit = new List<Statement>();
        var (seq, previous) = (head.Seq, head.Hash);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var row in chain)
        {
            var hash = AuditLog.HashOf(previous, ++seq, row);
            unit.Add(Statement.Of(
                "insert into audit_seals (organization, seq, entry, previous, hash, sealed_at) "
                + "values ($1, $2, $3, $4, $5, $6)",
                row.Organization, seq, row.Id, previous, hash, now));
            unit.Add(Statement.Of("delete from audit_unsealed where entry = $1", row.Id));
            previous = hash;
        }

        return unit;
    }

    private sealed class Head
    {
        public long Seq { get; init; }

        public string Hash { get; init; } = Origin;
    }

    [LoggerMessage(LogLevel.Warning, "The audit log could not be sealed; it is tried again.")]
    private partial void LogAway(Exception e);
}
