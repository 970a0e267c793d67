using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Voltgate.Server.Storage;

/// <summary>
/// One file, one writer: WAL with synchronous=FULL, so that an acknowledged row survives a power cut (ADR 0003).
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Full = 13;
    private const int IoError = 10;
    private const int CannotOpen = 14;
    private const int ReadOnly = 8;
    private const int Constraint = 19;
    private const int IoErrorFsync = 1034;

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <param name="synchronous">FULL, unless a test wants to see what less would lose.</param>
    public SqliteDatabase(string path, string synchronous = "FULL")
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ToString();
        writer = new SqliteConnection(connectionString + ";Pooling=False");
        writer.Open();
        Run(writer, "pragma journal_mode=WAL");
        Run(writer, $"pragma synchronous={synchronous}");
        Run(writer, "pragma busy_timeout=5000");
        Run(writer, "pragma cache_size=-65536");
        Run(writer, "pragma temp_store=MEMORY");
    }

    public override string Provider => "sqlite";

    public override async Task<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    public override Task<bool> Write(IReadOnlyList<CommitUnit> group)
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        foreach (var unit in group)
        {
            unit.Status = Apply(unit, transaction);
            if (unit.Status == CommitStatus.Done) continue;
            transaction.Rollback();
            return Task.FromResult(group.Count == 1);
        }

        transaction.Commit();
        return Task.FromResult(true);
    }

    public override bool IsDuplicate(Exception e) => e is SqliteException { SqliteErrorCode: Constraint };

    public override bool IsOutage(Exception e) =>
        e is SqliteException { SqliteErrorCode: Busy or Full or IoError or CannotOpen or ReadOnly };

    public override bool IsFatal(Exception e) => e is SqliteException { SqliteExtendedErrorCode: IoErrorFsync };

    public override string Adapt(string sql) => sql.Replace("/*clustered*/", "without rowid", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        foreach (var command in prepared.Values) await command.DisposeAsync();
        await writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    private CommitStatus Apply(CommitUnit unit, SqliteTransaction transaction)
    {
        var statements = unit.Statements;
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i];
            var command = Prepared(statement);
            command.Transaction = transaction;
            for (var n = 0; n < statement.Args.Length; n++)
                command.Parameters[n].Value = statement.Args[n] ?? DBNull.Value;
            var rows = command.ExecuteNonQuery();
            if (statement.Rows != Statement.Any && rows != statement.Rows) return CommitStatus.Stale;
        }

        return CommitStatus.Done;
    }

    private SqliteCommand Prepared(in Statement statement)
    {
        if (prepared.TryGetValue(statement.Sql, out var known)) return known;
        var command = writer.CreateCommand();
        command.CommandText = statement.Sql;
        for (var n = 1; n <= statement.Args.Length; n++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + n });
        prepared.Add(statement.Sql, command);
        return command;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
