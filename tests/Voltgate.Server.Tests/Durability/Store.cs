using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Voltgate.Server.Tests.Durability;

/// <summary>A database for a server process, which a test may look into from outside; it is gone afterwards.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly string name = "voltgate_" + Guid.NewGuid().ToString("N");

    private Store(string provider, string? folder)
    {
        Provider = provider;
        Folder = folder ?? Path.Combine(Path.GetTempPath(), name);
        Directory.CreateDirectory(Folder);
        ConnectionString = provider == On.Postgres
            ? new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString()
            : Path.Combine(Folder, "voltgate.db");
    }

    public string Provider { get; }

    public string Folder { get; }

    public string ConnectionString { get; }

    private static string Server => Environment.GetEnvironmentVariable("VOLTGATE_TEST_POSTGRES")
        ?? throw new InvalidOperationException("VOLTGATE_TEST_POSTGRES is not set: run ./test.");

    /// <param name="folder">Where the SQLite file lies; null: a folder of its own.</param>
    public static async Task<Store> Make(string provider, string? folder = null)
    {
        var store = new Store(provider, folder);
        if (provider == On.Postgres) await Run($"create database {store.name}");
        return store;
    }

    public Task<DbConnection> Open() => Open(Provider, ConnectionString);

    /// <summary>
    /// SQLite: completes once nothing was written for longer than what a connection leaves to write (its attempt, a
    /// second later), so that the next commit is the one that a test makes.
    /// </summary>
    public async Task Rest()
    {
        var log = new FileInfo(ConnectionString + "-wal");
        for (var (still, last) = (0, default(DateTime)); still < 25; still++)
        {
            await Task.Delay(100);
            log.Refresh();
            if (log.LastWriteTimeUtc != last) (still, last) = (0, log.LastWriteTimeUtc);
        }
    }

    /// <summary>A connection that leaves no file handle behind.</summary>
    public static async Task<DbConnection> Open(string provider, string connectionString)
    {
        DbConnection connection = provider == On.Postgres
            ? new NpgsqlConnection(connectionString + ";Pooling=False")
            : new SqliteConnection($"Data Source={connectionString};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == On.Postgres) await Run($"drop database {name} with (force)");
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
