using Dapper;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// The real process, killed at random moments under load. VOLTGATE_TEST_KILLS asks for more of them than a build has
/// time for, VOLTGATE_TEST_SEED for the same moments again.
/// </summary>
public sealed class D13_Kill9Loop(ITestOutputHelper output)
{
    private const int Stations = 8;
    private const string Pending = "select count(*) from deliveries where state = 'pending'";

    [Theory]
    [InlineData(On.Sqlite, 20)]
    [InlineData(On.Postgres, 8)]
    public async Task Killed_at_any_moment_it_loses_and_doubles_nothing(string provider, int kills)
    {
        var seed = Setting("SEED") ?? Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        await using var sink = await WebhookSink.Start();
        await using var store = await Store.Make(provider);
        var server = await ServerProcess.Start(store);
        var ledger = new Ledger();
        var endpoints = await Yard.Furnish(server, Stations, sink.Url);
        var stations = endpoints.Select((e, i) => new RetryingStation(e, () => server.Url, ledger, seed + i)).ToArray();
        using var enough = new CancellationTokenSource();
        var charging = stations.Select(s => s.Run(enough.Token)).ToArray();
        kills = Setting("KILLS") ?? kills;
        for (var i = 0; i < kills; i++)
        {
            await ledger.Reach(ledger.Count + chance.Next(1, 60));
            await Task.Delay(chance.Next(20));
            await server.Kill();
            await server.DisposeAsync();
            if (provider == On.Postgres && i == kills - 1) await EndLeases(store);
            server = await ServerProcess.Start(store);
        }

        await enough.CancelAsync();
        await Task.WhenAll(charging);
        await Delivered(store);

        await using (var connection = await store.Open())
            Assert.Empty(await Audit.Faults(
                connection, ledger.All, stations.ToDictionary(s => s.Endpoint, s => s.Charges)));
        Assert.Empty((await Events(store)).Except(sink.All.Select(r => r.Id)));
        output.WriteLine($"{ledger.Count} messages acknowledged, {stations.Sum(s => s.Charges)} sessions");
        foreach (var station in stations) await station.DisposeAsync();
        await server.DisposeAsync();
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable("VOLTGATE_TEST_" + name), out var value) ? value : null;

    /// <summary>
    /// What a dead process had claimed waits for its lease (CrashTests), and a minute is too long for a test: this
    /// brings that minute forward while no process lives.
    /// </summary>
    private static async Task EndLeases(Store store)
    {
        await using var connection = await store.Open();
        await connection.ExecuteAsync("update delivery_lanes set due_at = 0 where claimed_by is not null");
    }

    private static async Task Delivered(Store store)
    {
        await using var connection = await store.Open();
        for (var i = 0; i < 600; i++)
        {
            if (await connection.ExecuteScalarAsync<long>(Pending) == 0) return;
            await Task.Delay(100);
        }

        var lanes = await connection.QueryAsync<string>(
            "select d.lane || ' ' || d.seq || ': ' || l.done_seq || ' of ' || l.last_seq || ', due ' || l.due_at "
            + "|| ', claimed by ' || coalesce(l.claimed_by, 'nobody') from deliveries d "
            + "left join delivery_lanes l on l.webhook = d.webhook and l.lane = d.lane where d.state = 'pending'");
        var attempts = await connection.QueryAsync<string>(
            "select at || ' ' || attempt || ': ' || coalesce(error, '') from delivery_attempts order by at");
        throw new TimeoutException(
            $"Deliveries are pending at {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}: "
            + string.Join("; ", lanes) + " after " + string.Join("; ", attempts));
    }

    private static async Task<IEnumerable<string>> Events(Store store)
    {
        await using var connection = await store.Open();
        return await connection.QueryAsync<string>("select event_id from deliveries");
    }
}
