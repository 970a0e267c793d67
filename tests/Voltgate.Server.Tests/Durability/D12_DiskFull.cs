using System.Diagnostics;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>The store's disk is full for a while (recipe R3).</summary>
public sealed class D12_DiskFull(ITestOutputHelper output)
{
    private const string Meter = """
        {"connectorId":1,"transactionId":$n,"meterValue":[{"timestamp":"$at","sampledValue":[{"value":"$v"}]}]}
        """;

    private readonly List<Acked> acked = [];
    private readonly string now = TimeProvider.System.GetUtcNow().ToString("O");

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_lands_once_when_there_is_space()
    {
        await using var disk = await SmallDisk.Mount();
        output.WriteLine(disk.Kind);
        await using var store = await Store.Make(On.Sqlite, disk.Folder);
        await using var server = await ServerProcess.Start(store, disk.Wrapper);
        var endpoints = await Yard.Furnish(server, 2);
        await using var first = await Connect(server, endpoints[0]);
        var started = await Say(first, endpoints[0], "StartTransaction", "first", Start(endpoints[0]));
        var open = Talk.Number(started!);

        await disk.Fill(server.Id);
        // What the log has room for may still be stored; then nothing is.
        for (var i = 0; await Say(first, endpoints[0], "MeterValues", $"fill{i}", MeterAt(open, i)) is not null; i++)
            Assert.True(i < 5_000, "The disk is never full.");
        await using var second = await Connect(server, endpoints[1], isBooted: false);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await Say(second, endpoints[1], "StartTransaction", $"second{i}", Start(endpoints[1])));
            Assert.Null(await Say(first, endpoints[0], "MeterValues", $"meter{i}", MeterAt(open, 9_999)));
            Assert.Null(await Say(first, endpoints[0], "StopTransaction", $"stop{i}", Stop(open)));
        }

        Assert.NotNull((await first.Call("Heartbeat", "{}"))["currentTime"]);
        var (status, reason) = await Yard.Ready(server.Url);
        Assert.Equal(503, status);
        Assert.StartsWith("store: ", reason, StringComparison.Ordinal);
        output.WriteLine(reason!);
        await using (var connection = await store.Open()) Assert.Empty(await Audit.Lost(connection, acked));

        await disk.Free(server.Id);
        Assert.NotNull(await Say(first, endpoints[0], "MeterValues", "meter3", MeterAt(open, 9_999)));
        Assert.NotNull(await Say(first, endpoints[0], "StopTransaction", "stop3", Stop(open)));
        started = await Say(second, endpoints[1], "StartTransaction", "second3", Start(endpoints[1]));
        var late = Talk.Number(started!);
        Assert.NotNull(await Say(second, endpoints[1], "StopTransaction", "stop", Stop(late)));
        await UntilReady(server);
        await Account(server, store, open, late);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(13)]
    public async Task A_store_that_is_locked_broken_or_full_is_an_outage_and_no_bug(int code)
    {
        await using var store = await Store.Make(On.Sqlite);
        await using var database = new SqliteDatabase(store.ConnectionString);

        Assert.True(database.IsOutage(new SqliteException("no", code)));
    }

    private async Task Account(ServerProcess server, Store store, params int[] numbers)
    {
        await using var connection = await store.Open();
        Assert.Empty(await Audit.Lost(connection, acked));
        Assert.Equal(
            numbers.Order().Select(n => (long)n),
            await connection.QueryAsync<long>("select number from sessions order by number"));
        using var api = server.Client();
        var sessions = (await api.Get("/sessions")).MustBe(200).Items;
        Assert.All(sessions, s => Assert.Equal(("Ended", 10_000m), (
            (string?)s!["status"], (decimal)s["metrics"]!["energyConsumed"]!)));
        Assert.Equal(2L, await connection.ExecuteScalarAsync<long>(
            "select count(*) from events where type = 'session.ended'"));
    }

    private string Start(string tag) =>
        $$"""{"connectorId":1,"idTag":"{{tag}}","meterStart":0,"timestamp":"{{Later(0)}}"}""";

    private string Stop(int number) =>
        $$"""{"transactionId":{{number}},"meterStop":10000,"timestamp":"{{Later(31)}}","reason":"Local"}""";

    private string MeterAt(int number, int wh) => Meter.Replace("$n", number.ToString())
        .Replace("$v", wh.ToString()).Replace("$at", Later(30));

    private string Later(int minutes) => DateTimeOffset.Parse(now).AddMinutes(minutes - 60).ToString("O");

    /// <summary>The answer to a transaction message, or null: InternalError.</summary>
    private async Task<JsonObject?> Say(
        ScriptedStation station, string endpoint, string action, string id, string payload)
    {
        id = $"{endpoint}-{id}";
        var answer = await station.Ask(action, payload, id);
        if ((int)answer[0]! == 4)
        {
            Assert.Equal("InternalError", (string?)answer[2]);
            return null;
        }

        var number = action is "StartTransaction" ? (int)answer[2]!["transactionId"]! : 0;
        acked.Add(new Acked(endpoint, 0, action, id, number));
        return answer[2]!.AsObject();
    }

    private static async Task<ScriptedStation> Connect(ServerProcess server, string endpoint, bool isBooted = true)
    {
        var station = await ScriptedStation.Connect(server.Url, endpoint);
        if (isBooted) await station.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        return station;
    }

    private static async Task UntilReady(ServerProcess server)
    {
        var watch = Stopwatch.StartNew();
        while ((await Yard.Ready(server.Url)).Status != 200)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "It is not ready again.");
            await Task.Delay(100);
        }
    }
}
