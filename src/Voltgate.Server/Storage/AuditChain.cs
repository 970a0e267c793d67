using System.Data.Common;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>The first row at which an organisation's chain does not hold.</summary>
internal sealed record AuditBreak(string Organization, long Seq, string Entry, string Reason);

/// <summary>
/// What a walk found: how many sealed rows, the newest one's hash, how many wait for their seal, and the break, if any.
/// </summary>
internal sealed record AuditVerdict(string Organization, long Rows, string Head, long Waiting, AuditBreak? Break);

/// <summary>Walks the audit log's chains from their beginning and compares every hash (ADR 0012).</summary>
internal sealed class AuditChain(Database database)
{
    private const int Page = 1_000;

    /// <summary>One verdict an organisation.</summary>
    /// <param name="met">Is told every hash on the way: somebody may look for one that was written down before.</param>
    public async Task<IReadOnlyList<AuditVerdict>> Walk(Action<string>? met = null, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        var organizations = (await connection.QueryAsync<string>(
            "select organization from audit_seals union select organization from audit_log "
            + "union select organization from audit_unsealed order by 1")).AsList();
        var verdicts = new List<AuditVerdict>();
        foreach (var organization in organizations) verdicts.Add(await Walk(connection, organization, met));
        return verdicts;
    }

    private static async Task<AuditVerdict> Walk(DbConnection connection, string organization, Action<string>? met)
    {
        var (seq, previous) = (0L, AuditSealer.Origin);
        var blank = new Dictionary<string, AuditBreak>(StringComparer.Ordinal);
        while (true)
        {
            var page = (await connection.QueryAsync<SealedEntry>(
                "select s.seq as Seq, s.entry as Entry, s.previous as Previous, s.hash as Hash, "
                + $"l.id as Found, {AuditLog.Columns} from audit_seals s left join audit_log l on l.id = s.entry "
                + "where s.organization = @organization and s.seq > @seq order by s.seq limit @Page",
                new { organization, seq, Page })).AsList();
            foreach (var row in page)
            {
                if (Wrong(row, organization, seq + 1, previous) is { } reason)
                    return new AuditVerdict(
                        organization, seq, previous, 0, new AuditBreak(organization, seq + 1, row.Entry, reason));
                (seq, previous) = (row.Seq, row.Hash);
                Follow(blank, row);
                met?.Invoke(row.Hash);
            }

            if (page.Count < Page) break;
        }

        var broken = blank.Values.MinBy(b => b.Seq) ?? await Unsealed(connection, organization);
        var waiting = await connection.ExecuteScalarAsync<long>(
            "select count(*) from audit_unsealed where organization = @organization", new { organization });
        return new AuditVerdict(organization, seq, previous, waiting, broken);
    }

    private static string? Wrong(SealedEntry row, string organization, long seq, string previous)
    {
        if (row.Seq != seq) return $"the seal of number {seq} is gone";
        if (row.Found is null) return "the row is gone";
        if (row.Previous != previous) return "its seal does not follow the one before";
        if (row.Organization != organization) return "the row was moved to another organisation";
        if (row.Details is { } details && AuditLog.HashOf(details) != row.DetailsHash)
            return "what it tells of before and after was altered";
        return AuditLog.HashOf(previous, seq, row) == row.Hash ? null : "the row was altered";
    }

    /// <summary>A row may be without details only where a later one says that its resource was erased.</summary>
    private static void Follow(Dictionary<string, AuditBreak> blank, SealedEntry row)
    {
        foreach (var erased in row.Erases?.Split(' ') ?? []) blank.Remove(erased);
        if (row.Details is null)
            blank.TryAdd(
                row.Resource ?? "",
                new AuditBreak(row.Organization, row.Seq, row.Id, "what it tells of before and after is gone"));
    }

    /// <summary>Rows that are neither sealed nor about to be, and places in that queue without a row.</summary>
    private static async Task<AuditBreak?> Unsealed(DbConnection connection, string organization)
    {
        var lost = await connection.QueryFirstOrDefaultAsync<string>(
            "select l.id from audit_log l where l.organization = @organization "
            + "and not exists (select 1 from audit_seals s where s.entry = l.id) "
            + "and not exists (select 1 from audit_unsealed u where u.entry = l.id) order by l.id limit 1",
            new { organization });
        if (lost is not null) return new AuditBreak(organization, 0, lost, "the row has no seal and none is due");
        var gone = await connection.QueryFirstOrDefaultAsync<string>(
            "select u.entry from audit_unsealed u where u.organization = @organization "
            + "and not exists (select 1 from audit_log l where l.id = u.entry) order by u.entry limit 1",
            new { organization });
        return gone is null ? null : new AuditBreak(organization, 0, gone, "the row is gone, before it was sealed");
    }

    private sealed record SealedEntry : AuditEntry
    {
        public long Seq { get; init; }

        public string Entry { get; init; } = "";

        public string Previous { get; init; } = "";

        public string Hash { get; init; } = "";

        public string? Found { get; init; }
    }
}
