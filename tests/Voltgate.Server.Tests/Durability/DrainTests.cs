using System.Diagnostics;
using System.Net.WebSockets;

namespace Voltgate.Server.Tests.Durability;

/// <summary>SIGTERM while cars are charging (reliability G6).</summary>
public sealed class DrainTests(ITestOutputHelper output)
{
    private const int Stations = 6;

    [Fact]
    public async Task A_stop_under_load_says_goodbye_and_loses_nothing()
    {
        await using var store = await Store.Make(On.Sqlite);
        var server = await ServerProcess.Start(store);
        var ledger = new Ledger();
        var endpoints = await Yard.Furnish(server, Stations + 1);
        var stations = endpoints[..Stations]
            .Select((e, i) => new RetryingStation(e, () => server.Url, ledger, i)).ToArray();
        using var enough = new CancellationTokenSource();
        var charging = stations.Select(s => s.Run(enough.Token)).ToArray();
        using var deaf = await Deaf(server.Url, endpoints[Stations]);
        await ledger.Reach(40);

        var watch = Stopwatch.StartNew();
        var exit = server.Signal("TERM", TimeSpan.FromSeconds(30));
        var unready = await Unready(server.Url);
        output.WriteLine($"not ready after {watch.ElapsedMilliseconds} ms");
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1_000);
        Assert.StartsWith("draining", unready, StringComparison.Ordinal);
        Assert.Equal(0, await exit);
        output.WriteLine($"ended after {watch.ElapsedMilliseconds} ms");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20); // it did not wait for the deaf one to be cut by the host

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await ledger.Reach(ledger.Count + 20);
        await enough.CancelAsync();
        await Task.WhenAll(charging);
        Assert.All(stations, s => Assert.Equal(1012, (int?)s.Farewell));
        await using (var connection = await store.Open())
            Assert.Empty(await Audit.Faults(
                connection, ledger.All, stations.ToDictionary(s => s.Endpoint, s => s.Charges)));
        foreach (var station in stations) await station.DisposeAsync();
        await server.DisposeAsync();
    }

    // A station that reads nothing, so that it never answers the close: nobody may wait for it.
    private static async Task<ClientWebSocket> Deaf(Uri server, string endpoint)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("ocpp1.6");
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/ocpp/{endpoint}"), CancellationToken.None);
        return socket;
    }

    private static async Task<string?> Unready(Uri server)
    {
        while (true)
        {
            var (status, reason) = await Yard.Ready(server);
            if (status == 503) return reason;
        }
    }
}
