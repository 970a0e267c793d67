using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Durability;

namespace Voltgate.Server.Tests.Hosting;

/// <summary>What /readyz says before there is a schema, and while the store is away (reliability P06).</summary>
public sealed class ReadinessTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_is_not_ready_before_the_migrations_are_done(string provider)
    {
        await using var store = await Store.Make(provider);
        var options = new ServerOptions
        {
            Server = new ServerSection { Port = 0, DrainSeconds = 0 },
            Storage = new StorageSection { Provider = provider, ConnectionString = store.ConnectionString },
            Bootstrap = new BootstrapSection { OperatorEmail = "" },
        };
        await using var app = VoltgateHost.Build(options, TimeProvider.System, logs => logs.ClearProviders());
        var parts = app.Services.GetServices<IHostedService>().ToList();
        await parts[^1].StartAsync(CancellationToken.None); // the listener alone, which otherwise comes last

        Assert.Equal((503, "migrations: the schema is not up to date yet"), await Yard.Ready(Url(app)));
        Assert.Equal(200, await Live(Url(app)));
        foreach (var part in parts[..^1])
        {
            await part.StartAsync(CancellationToken.None);
            if (part is Opening) break;
            Assert.Equal(503, (await Yard.Ready(Url(app))).Status);
        }

        Assert.Equal((200, null), await Yard.Ready(Url(app)));
        await parts[^1].StopAsync(CancellationToken.None);
        await app.Services.GetRequiredService<Committer>().StopAsync(CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_is_not_ready_while_the_store_is_away_and_ready_when_it_is_back(string provider)
    {
        await using var server = await TestServer.Start(provider);
        Assert.Equal((200, null), await Yard.Ready(server.Url));

        await using (await Away.Of(server, provider))
        {
            var said = await Until(server.Url, 503);
            Assert.StartsWith("store: ", said, StringComparison.Ordinal);
            Assert.Equal(200, await Live(server.Url));
        }

        Assert.Null(await Until(server.Url, 200));
    }

    private static Uri Url(WebApplication app) => new(app.Urls.First());

    private static async Task<int> Live(Uri server)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server, "/livez"));
        return (int)answer.StatusCode;
    }

    /// <summary>The reason, once it answers that; a probe's verdict stands for a second.</summary>
    private static async Task<string?> Until(Uri server, int status)
    {
        for (var i = 0; ; i++)
        {
            var (found, reason) = await Yard.Ready(server);
            if (found == status) return reason;
            Assert.True(i < 60, $"It never said {status}: {reason}");
            await Task.Delay(50);
        }
    }

    /// <summary>Until disposed nobody gets at the store: its server takes no calls, or its file is locked.</summary>
    private sealed class Away(System.Data.Common.DbConnection holder, string back) : IAsyncDisposable
    {
        public static async Task<Away> Of(TestServer server, string provider)
        {
            await using var inside = await server.Services.GetRequiredService<Database>().Open();
            if (provider == On.Sqlite)
            {
                var locker = await Store.Open(provider, inside.DataSource);
                await locker.ExecuteAsync("begin exclusive");
                return new Away(locker, "rollback");
            }

            var name = inside.Database;
            var outside = new NpgsqlConnectionStringBuilder(inside.ConnectionString) { Database = "postgres" };
            var other = await Store.Open(provider, outside.ToString());
            await other.ExecuteAsync($"alter database {name} with allow_connections false");
            await other.ExecuteAsync(
                $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            return new Away(other, $"alter database {name} with allow_connections true");
        }

        public async ValueTask DisposeAsync()
        {
            await holder.ExecuteAsync(back);
            await holder.DisposeAsync();
        }
    }
}
