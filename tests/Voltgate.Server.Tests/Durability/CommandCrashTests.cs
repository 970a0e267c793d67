using System.Threading.Channels;
using Dapper;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// Commands that were open when the server died: each ends, with its events in order, and no station hears one twice.
/// </summary>
public sealed class CommandCrashTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_was_open_when_the_server_was_killed_has_failed_and_is_not_said_again(string provider)
    {
        await using var store = await Store.Make(provider);
        var server = await ServerProcess.Start(store);
        var endpoint = (await Yard.Furnish(server, 1))[0];
        string heard, queued, box;
        await using (var station = await Connect(server, endpoint))
        {
            using var api = server.Client();
            box = (string)(await api.Get("/chargestations")).Items[0]!["_id"]!;
            heard = (await api.Post($"/chargestations/{box}/reset")).MustBe(200).Text("_id");
            Assert.Equal("Reset", (string?)(await station.Expect())[2]);
            queued = (await api.Post($"/chargestations/{box}/clear_cache")).MustBe(200).Text("_id");
            await Becomes(api, heard, "requested");
            await server.Kill();
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        using (var api = server.Client())
        {
            foreach (var action in (string[])[heard, queued])
                Assert.Equal("chargestation_offline", await Becomes(api, action, "failed"));
            await using var station = await Connect(server, endpoint);
            await Silent(station);
        }

        await server.Signal("TERM");
        await server.DisposeAsync();
        Assert.Equal(
            [
                "chargestation.reset.requested", "chargestation.reset.rejected", "chargestation.clear_cache.rejected",
                "chargestation.offline", "chargestation.online",
            ],
            (await Events(store, box)).SkipWhile(e => e != "chargestation.reset.requested")
                .Where(e => !e.Contains("status", StringComparison.Ordinal)).Take(5));
    }

    [Fact]
    public async Task An_order_whose_commit_was_the_servers_last_act_has_failed_and_never_went_out()
    {
        await using var store = await Store.Make(On.Sqlite);
        var server = await ServerProcess.Start(store);
        var endpoint = (await Yard.Furnish(server, 1))[0];
        await using (var deaf = await Connect(server, endpoint))
        {
            using var api = server.Client();
            var box = (string)(await api.Get("/chargestations")).Items[0]!["_id"]!;
            await store.Rest();
            await Trace.FailSyncs(server, "signal=KILL");
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.Post($"/chargestations/{box}/reset"));
            await server.Exited();
            await Assert.ThrowsAsync<ChannelClosedException>(() => deaf.Expect());
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        using (var api = server.Client())
        {
            var action = (string)Assert.Single((await api.Get("/actions")).MustBe(200).Items)!["_id"]!;
            Assert.Equal("chargestation_offline", await Becomes(api, action, "failed"));
            await using var station = await Connect(server, endpoint);
            await Silent(station);
        }

        await server.DisposeAsync();
    }

    private static async Task<ScriptedStation> Connect(ServerProcess server, string endpoint)
    {
        var station = await ScriptedStation.Connect(server.Url, endpoint);
        await station.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        return station;
    }

    /// <summary>Waits for the action's status; the code of its failure.</summary>
    private static async Task<string?> Becomes(ApiClient api, string action, string status)
    {
        var code = default(string);
        await Box.Until(
            async () =>
            {
                var read = (await api.Get($"/actions/{action}")).MustBe(200).Result;
                code = (string?)read["failure"]?["code"];
                return (string?)read["status"] == status;
            },
            status);
        return code;
    }

    private static async Task Silent(ScriptedStation station)
    {
        await station.Call("Heartbeat", "{}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => station.Expect(TimeSpan.FromMilliseconds(300)));
    }

    private static async Task<IReadOnlyList<string>> Events(Store store, string station)
    {
        await using var connection = await store.Open();
        return (await connection.QueryAsync<string>(
            "select type from events where stream = @station order by seq", new { station })).AsList();
    }
}
