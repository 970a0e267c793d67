using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
    private readonly SqliteWrites writes;

    static SqliteDatabase()
    {
        Batteries_V2.Init();
        // The writer blocks a thread of the pool while the disk syncs: without one more a core would idle meanwhile.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + 1, ports);
    }

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
        // 64 MB: a page that many commits touch is copied into the database once, not after each of them.
        Run(writer, "pragma wal_autocheckpoint=16384");
        writes = new SqliteWrites(writer.Handle!);
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
        writes.Begin();
        try
        {
            foreach (var unit in group)
            {
                unit.Status = writes.Apply(unit);
                if (unit.Status == CommitStatus.Done) continue;
                writes.Rollback();
                return Task.FromResult(group.Count == 1);
            }

            writes.Commit();
            return Task.FromResult(true);
        }
        catch (SqliteException)
        {
            writes.Rollback();
            throw;
        }
    }

    public override bool IsDuplicate(Exception e) => e is SqliteException { SqliteErrorCode: Constraint };

    public override bool IsOutage(Exception e) =>
        e is SqliteException { SqliteErrorCode: Busy or Full or IoError or CannotOpen or ReadOnly };

    public override bool IsFatal(Exception e) => e is SqliteException { SqliteExtendedErrorCode: IoErrorFsync };

    public override string Adapt(string sql) => sql.Replace("/*clustered*/", "without rowid", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        writes.Dispose();
        await writer.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
