using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voltgate.Server;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace Voltgate.Server.Tests;

/// <summary>The databases that every test body runs on.</summary>
public static class On
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    public static TheoryData<string> Both => [Sqlite, Postgres];
}

/// <summary>One server a database, shared by tests that each make a tenant of their own.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, TestServer> servers = [];

    internal async Task<TestServer> Get(string provider)
    {
        await gate.WaitAsync();
        try
        {
            if (!servers.TryGetValue(provider, out var server))
                servers[provider] = server = await TestServer.Start(provider);
            return server;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A client of a new tenant.</summary>
    internal async Task<ApiClient> Tenant(string provider) => await (await Get(provider)).Tenant();

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers.Values) await server.DisposeAsync();
        gate.Dispose();
    }
}

/// <summary>
/// The whole server in this process, on real Kestrel and a database of its own that is gone afterwards: a temporary
/// SQLite file, or a new database on the PostgreSQL server that VOLTGATE_TEST_POSTGRES names.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string BootstrapKey = "bootstrap-key-of-the-tests-0123456789";
    private const string PostgresVariable = "VOLTGATE_TEST_POSTGRES";

    private static readonly SemaphoreSlim TemplateGate = new(1);
    private static string? template;

    private readonly ServerOptions options;
    private readonly string database;
    private WebApplication app;
    private bool isTwin;

    private TestServer(ServerOptions options, string database, TimeProvider clock)
    {
        (this.options, this.database, Clock) = (options, database, clock);
        app = Build();
    }

    public TimeProvider Clock { get; }

    public Uri Url => new(app.Urls.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    public IServiceProvider Services => app.Services;

    public string ConnectionString => options.Storage.ConnectionString;

    /// <summary>Another server on the same database, which stays the first one's to remove.</summary>
    public async Task<TestServer> Twin()
    {
        var twin = new TestServer(options, database, Clock) { isTwin = true };
        await twin.app.StartAsync();
        return twin;
    }

    /// <summary>What was logged, one line an entry.</summary>
    public LogLines Logs { get; } = new();

    public static async Task<TestServer> Start(
        string provider = On.Sqlite, Func<ServerOptions, ServerOptions>? configure = null, TimeProvider? clock = null)
    {
        var name = "voltgate_" + Guid.NewGuid().ToString("N");
        var storage = provider == On.Postgres
            ? new StorageSection { Provider = On.Postgres, ConnectionString = await CreateDatabase(name) }
            : new StorageSection { ConnectionString = Path.Combine(Path.GetTempPath(), name, "voltgate.db") };
        var standard = new ServerOptions
        {
            Server = new ServerSection { Port = 0, DrainSeconds = 1 },
            Storage = storage,
            // Tests ask and connect faster than anybody may.
            Api = new ApiSection { RequestsPerMinute = 0, WritesPerMinute = 0 },
            Ocpp = new OcppSection { MessagesPerSecond = 0, BytesPerSecond = 0, ConnectsPerMinute = 0 },
            Bootstrap = new BootstrapSection { ApiKey = BootstrapKey, OperatorEmail = "" },
        };
        var server = new TestServer(configure?.Invoke(standard) ?? standard, name, clock ?? TimeProvider.System);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>A client with this key; null: the bootstrap key; empty: none.</summary>
    public ApiClient Client(string? key = null) => new(Url, key ?? BootstrapKey);

    /// <summary>A client of a new organisation.</summary>
    public async Task<ApiClient> Tenant(string name = "Tenant")
    {
        using var root = Client();
        var made = await root.Post("/organizations", $$"""{"name":"{{name}}"}""");
        made.MustBe(201);
        return Client(made.Text("api_key"));
    }

    /// <summary>Stops the server and starts it again on the same data.</summary>
    public async Task Restart()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        app = Build();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (isTwin) return;
        if (options.Storage.Provider == On.Postgres) await DropDatabase(database);
        else Directory.Delete(Path.GetDirectoryName(options.Storage.ConnectionString)!, recursive: true);
    }

    private WebApplication Build() => VoltgateHost.Build(options, Clock, logging => logging.AddProvider(Logs));

    private static string Server => Environment.GetEnvironmentVariable(PostgresVariable)
        ?? throw new InvalidOperationException(
            $"{PostgresVariable} is not set: run ./test, which starts a PostgreSQL server for the tests.");

    /// <summary>
    /// A new database on the PostgreSQL server of the tests; its connection string. It has the schema already: it is a
    /// copy of one that got it from the scripts, as every test on SQLite does anew.
    /// </summary>
    public static async Task<string> CreateDatabase(string name)
    {
        await Run($"create database {name} template {await Template()}");
        return StringFor(name);
    }

    public static async Task DropDatabase(string name)
    {
        await using (var connection = new NpgsqlConnection(StringFor(name))) NpgsqlConnection.ClearPool(connection);
        await Run($"drop database {name} with (force)");
    }

    private static string StringFor(string name) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString();

    private static async Task<string> Template()
    {
        await TemplateGate.WaitAsync();
        try
        {
            if (template is not null) return template;
            var name = "voltgate_template_" + Guid.NewGuid().ToString("N");
            await Run($"create database {name}");
            await using (var made = new PostgresDatabase(StringFor(name)))
                await Migrations.Run(made, TimeProvider.System);
            await using (var connection = new NpgsqlConnection(StringFor(name))) NpgsqlConnection.ClearPool(connection);
            return template = name;
        }
        finally
        {
            TemplateGate.Release();
        }
    }

    private static async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(Server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Keeps what a server logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    public IEnumerable<string> All => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

/// <summary>The real time, moved by hand.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private TimeSpan shift;

    public void Advance(TimeSpan by) => shift += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
