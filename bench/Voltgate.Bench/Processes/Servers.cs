using Npgsql;

namespace Voltgate.Bench.Processes;

/// <summary>A store made for one run and thrown away with it.</summary>
internal sealed class Store(string provider, string connectionString, Func<Task> drop) : IAsyncDisposable
{
    public string Provider => provider;

    public string ConnectionString => connectionString;

    /// <summary>An empty store. PostgreSQL: a database of its own on the server that the setting names.</summary>
    public static async Task<Store> Make(string provider, string? folder, string? postgres)
    {
        var name = "voltgate_bench_" + Guid.NewGuid().ToString("N")[..12];
        if (provider == "sqlite")
        {
            var path = Path.Combine(folder ?? Path.GetTempPath(), name);
            Directory.CreateDirectory(path);
            return new Store(provider, Path.Combine(path, "voltgate.db"), () =>
            {
                Directory.Delete(path, recursive: true);
                return Task.CompletedTask;
            });
        }

        if (postgres is null)
            throw new ArgumentException(
                "--store postgresql needs --postgres or VOLTGATE_TEST_POSTGRES.", nameof(postgres));
        await Run(postgres, $"create database {name}");
        var own = new NpgsqlConnectionStringBuilder(postgres) { Database = name };
        return new Store(provider, own.ToString(), () => Run(postgres, $"drop database {name} with (force)"));
    }

    public async ValueTask DisposeAsync() => await drop();

    private static async Task Run(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>The programs that are measured: the built server, and the floors inside this one.</summary>
internal static class Servers
{
    public const string ApiKey = "bench-key-bench-key-bench-key-bench-key";

    private static readonly string Folder = AppContext.BaseDirectory;

    public static Task<Child> Voltgate(Store store, params (string Name, string Value)[] settings)
    {
        var port = Child.FreePort();
        var environment = new Dictionary<string, string>
        {
            ["VOLTGATE__SERVER__PORT"] = $"{port}",
            ["VOLTGATE__STORAGE__PROVIDER"] = store.Provider,
            ["VOLTGATE__STORAGE__CONNECTIONSTRING"] = store.ConnectionString,
            ["VOLTGATE__BOOTSTRAP__APIKEY"] = ApiKey,
            ["VOLTGATE__SESSIONS__ALLOWCONCURRENTTOKENS"] = "true",
            ["VOLTGATE__WEBHOOKS__ALLOWEDPRIVATENETWORKS"] = "127.0.0.0/8",
            ["VOLTGATE__API__REQUESTSPERMINUTE"] = "0",
            ["VOLTGATE__API__WRITESPERMINUTE"] = "0",
            ["VOLTGATE__OCPP__MESSAGESPERSECOND"] = "0",
            ["VOLTGATE__OCPP__BYTESPERSECOND"] = "0",
            ["VOLTGATE__OCPP__CONNECTSPERMINUTE"] = "0",
        };
        foreach (var (name, value) in settings) environment[name] = value;
        return Child.Start(Path.Combine(Folder, "voltgate"), ["serve"], environment, port, "/readyz");
    }

    /// <param name="floor">"echo", "empty": see <see cref="Floors"/>.</param>
    public static Task<Child> Floor(string floor)
    {
        var port = Child.FreePort();
        return Child.Start(
            Path.Combine(Folder, "Voltgate.Bench"), ["floor", floor, $"{port}"], new Dictionary<string, string>(), port,
            "/");
    }
}
