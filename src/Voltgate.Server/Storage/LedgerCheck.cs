using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>Adds up the ledger: what does not agree, a sentence each.</summary>
internal sealed class LedgerCheck(Database database)
{
    private const int Most = 100;

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public long Found { get; init; }

        public long Expected { get; init; }
    }

    private static readonly (string Said, string Sql)[] Checks =
    [
        ("transfer {0} adds up to {1}, not to {2}",
            "select transfer as Id, sum(amount) as Found, 0 as Expected from ledger_entries group by transfer "
            + "having sum(amount) <> 0"),
        ("transfer {0} tells its wallet {1}, its entry says {2}",
            "select t.id as Id, t.amount as Found, coalesce(e.amount, 0) as Expected from ledger_transfers t "
            + "left join ledger_entries e on e.transfer = t.id and e.account = 'wallet:' || t.wallet "
            + "where e.amount is null or e.amount <> t.amount"),
        ("wallet {0} has a balance of {1}, its entries add up to {2}",
            "select w.id as Id, w.balance as Found, coalesce(b.total, 0) as Expected from wallets w left join "
            + "(select wallet, sum(amount) as total from ledger_transfers group by wallet) b on b.wallet = w.id "
            + "where w.balance <> coalesce(b.total, 0)"),
        ("wallet {0} holds {1}, its holds add up to {2}",
            "select w.id as Id, w.held as Found, coalesce(h.total, 0) as Expected from wallets w left join "
            + "(select wallet, sum(amount) as total from wallet_holds group by wallet) h on h.wallet = w.id "
            + "where w.held <> coalesce(h.total, 0)"),
    ];

    /// <summary>What was counted, and what is wrong; at most 100 of each kind.</summary>
    public async Task<(long Wallets, long Transfers, IReadOnlyList<string> Wrong)> Run(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancel);
        var wrong = new List<string>();
        foreach (var (said, sql) in Checks)
            foreach (var row in await connection.QueryAsync<Row>(
                $"select Id, cast(Found as bigint) as Found, cast(Expected as bigint) as Expected from ({sql}) c "
                + $"limit {Most}", transaction: snapshot))
                wrong.Add(string.Format(
                    System.Globalization.CultureInfo.InvariantCulture, said, row.Id, row.Found, row.Expected));
        var wallets = await connection.ExecuteScalarAsync<long>("select count(*) from wallets", transaction: snapshot);
        var transfers = await connection.ExecuteScalarAsync<long>(
            "select count(*) from ledger_transfers", transaction: snapshot);
        return (wallets, transfers, wrong);
    }
}
