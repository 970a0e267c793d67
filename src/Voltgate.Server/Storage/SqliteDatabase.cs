using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace Voltgate.Server.Storage;

/// <summary>
/// One file, one writer, a write-ahead log that is synced before anything is acknowledged, so that an acknowledged row
/// survives a power cut (ADR 0003, ADR 0009).
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private const int Busy = 5;
    private const int Full = 13;
    private const int IoError = 10;
    private const int CannotOpen = 14;
    private const int ReadOnly = 8;
    private const int Constraint = 19;
    private const int CheckpointPages = 32_768; // 256 MB

    public const int IoErrorFsync = 1034;
    public const int BusyTimeoutMs = 5_000;

    private readonly string connectionString;
    private readonly SqliteConnection writer;
    private readonly SqliteWrites writes;
    private readonly SqliteLateIndexes indexes;
    private readonly SqliteCheckpoints checkpoints;
    private readonly SqliteLogSync? sync;

    static SqliteDatabase()
    {
        Batteries_V2.Init();
        // Each connection is used by one thread at a time: its calls need no mutex. Nobody asks what it allocates.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        // Writer and sync each block a thread of the pool: without as many more a core would idle meanwhile.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + 2, ports);
    }

    /// <param name="syncs">False: a test wants to see what would be lost without.</param>
    /// <param name="checkpointPages">How far the log grows before it is copied into the database.</param>
    public SqliteDatabase(
        string path, bool syncs = true, int checkpointPages = CheckpointPages, ILogger<SqliteDatabase>? log = null)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ToString();
        writer = new SqliteConnection(connectionString + ";Pooling=False");
        writer.Open();
        Run(writer, "pragma page_size=8192"); // most pages are filled row by row: half as many to log
        if (Run(writer, "pragma journal_mode=WAL") is not "wal")
            throw new SchemaException(
                $"The file system of {path} cannot hold SQLite's write-ahead log; give it a folder on a local disk.");
        Run(writer, "pragma synchronous=NORMAL"); // the sync behind each transaction is ours
        Run(writer, $"pragma busy_timeout={BusyTimeoutMs}");
        Run(writer, "pragma cache_size=-65536");
        Run(writer, "pragma temp_store=MEMORY");
        Run(writer, "pragma wal_autocheckpoint=0");
        var copier = new SqliteConnection(connectionString + ";Pooling=False");
        copier.Open();
        Run(copier, "select 1 from sqlite_master"); // finds the log: who has read nothing has none to copy
        writes = new SqliteWrites(writer.Handle!, Adapt);
        indexes = new SqliteLateIndexes(writes);
        checkpoints = new SqliteCheckpoints(
            writer, copier, checkpointPages, log ?? NullLogger<SqliteDatabase>.Instance);
        sync = syncs ? new SqliteLogSync(path) : null;
    }

    public override string Provider => "sqlite";

    public override async Task<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    public override async Task<bool> Write(IReadOnlyList<CommitUnit> group)
    {
        await checkpoints.Follow();
        writes.Begin();
        try
        {
            foreach (var unit in group)
            {
                unit.Status = writes.Apply(unit);
                if (unit.Status == CommitStatus.Done) continue;
                writes.Rollback();
                return group.Count == 1;
            }

            indexes.Follow(group.Count);
            writes.Commit();
            return true;
        }
        catch (SqliteException)
        {
            writes.Rollback();
            throw;
        }
    }

    /// <summary>What is written is visible before its sync.</summary>
    public override bool ReadsRunAhead => true;

    public override void Sync() => sync?.Sync();

    public override bool IsDuplicate(Exception e) => e is SqliteException { SqliteErrorCode: Constraint };

    public override bool IsOutage(Exception e) =>
        e is SqliteException { SqliteErrorCode: Busy or Full or IoError or CannotOpen or ReadOnly };

    public override bool IsFatal(Exception e) => e is SqliteException { SqliteExtendedErrorCode: IoErrorFsync };

    public override string Adapt(string sql) => sql
        .Replace("/*clustered*/", "without rowid", StringComparison.Ordinal)
        .Replace("/*place*/", "integer primary key", StringComparison.Ordinal)
        .Replace("/*last place*/0", "last_insert_rowid()", StringComparison.Ordinal);

    public override async ValueTask DisposeAsync()
    {
        await checkpoints.DisposeAsync();
        writes.Dispose();
        await writer.DisposeAsync();
        sync?.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(connectionString));
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
