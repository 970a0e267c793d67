using System.Threading.Channels;
using Dapper;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// A sync that fails. What the kernel still holds is unknown then, so the process must not go on: another sync might
/// succeed without having written what the first one lost.
/// </summary>
public sealed class D11_FsyncFault
{
    private const string Start = """
        {"connectorId":1,"idTag":"Y00","meterStart":0,"timestamp":"2026-11-01T10:00:00Z"}
        """;

    [Fact]
    public async Task A_failed_sync_acknowledges_nothing_and_ends_the_process()
    {
        await using var store = await Store.Make(On.Sqlite);
        await using (var server = await ServerProcess.Start(store))
        {
            var endpoint = (await Yard.Furnish(server, 1))[0];
            await using var station = await ScriptedStation.Connect(server.Url, endpoint);
            await station.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
            await Trace.FailSyncs(server, "error=EIO");

            await Assert.ThrowsAsync<ChannelClosedException>(() => station.Ask("StartTransaction", Start));
            Assert.NotEqual(0, await server.Exited());
        }

        await using var next = await ServerProcess.Start(store);
        await using var again = await ScriptedStation.Connect(next.Url, "Y00");
        await again.Call("StartTransaction", Start);
        await using var connection = await store.Open();
        Assert.Equal(1, await connection.ExecuteScalarAsync<long>("select count(*) from sessions"));
        Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("pragma integrity_check"));
    }

    [Fact]
    public async Task Nobody_is_shown_what_a_failing_sync_may_still_take()
    {
        await using var store = await Store.Make(On.Sqlite);
        await using var server = await ServerProcess.Start(store);
        using var api = server.Client();
        var endpoint = (await Yard.Furnish(server, 1))[0];
        await using var station = await ScriptedStation.Connect(server.Url, endpoint);
        await station.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        await Trace.FailSyncs(server, "error=EIO:delay_enter=1000000");

        var start = station.Ask("StartTransaction", Start);
        await Talk.Until(async () =>
        {
            await using var connection = await store.Open();
            return await connection.ExecuteScalarAsync<long>("select count(*) from sessions") == 1;
        });
        await Assert.ThrowsAsync<HttpRequestException>(() => api.Get("/sessions"));

        await Assert.ThrowsAsync<ChannelClosedException>(() => start);
        Assert.NotEqual(0, await server.Exited());
    }
}
