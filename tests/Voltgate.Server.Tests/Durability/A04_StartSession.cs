using System.Threading.Channels;
using Dapper;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// POST /sessions with an Idempotency-Key, where the server dies between the commit and the call to the station.
/// </summary>
public sealed class A04_StartSession
{
    private static readonly (string, string) IdempotencyKey = ("Idempotency-Key", "the-same-key");

    [Theory]
    [InlineData("Accepted")]
    [InlineData("Rejected")] // as by a station that had heard the first call after all: the driver's wait decides
    public async Task After_a_crash_the_station_is_told_once_and_the_answer_is_kept(string verdict)
    {
        await using var store = await Store.Make(On.Sqlite);
        var server = await ServerProcess.Start(store);
        var endpoint = (await Yard.Furnish(server, 1))[0];
        var (body, tag) = await Order(server);
        await using (var deaf = await Connect(server, endpoint))
        {
            await store.Rest();
            // The commit's rows are in the log by then, so the next start finds them; nobody was told of them yet.
            await Trace.FailSyncs(server, "signal=KILL");
            using var api = server.Client();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.Post("/sessions", body, IdempotencyKey));
            await server.Exited();
            await Assert.ThrowsAsync<ChannelClosedException>(() => deaf.Expect());
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        string id;
        await using (var station = await Connect(server, endpoint))
        {
            var call = await station.Expect();
            Assert.Equal("RemoteStartTransaction", (string?)call[2]);
            Assert.Equal(tag, (string?)call[3]!["idTag"]);
            await station.Answer(call, $$"""{"status":"{{verdict}}"}""");
            id = await Replayed(server, body);
            await Heard(store, id);
            await Silent(station);
        }

        await server.Kill();
        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await using (var station = await Connect(server, endpoint))
        {
            Assert.Equal(id, await Replayed(server, body));
            await Silent(station);
            await station.Call("StartTransaction", $$"""
                {"connectorId":1,"idTag":"{{tag}}","meterStart":0,
                 "timestamp":"{{TimeProvider.System.GetUtcNow():O}}"}
                """);
            using var api = server.Client();
            var session = Assert.Single((await api.Get("/sessions")).MustBe(200).Items)!;
            Assert.Equal((id, "Started"), ((string?)session["_id"], (string?)session["status"]));
        }

        await server.DisposeAsync();
    }

    private static async Task<(string Body, string Tag)> Order(ServerProcess server)
    {
        using var api = server.Client();
        var user = await api.Make("/users", """{"firstname":"Ada","lastname":"B","email":"ada@example.org"}""");
        var connector = (string)(await api.Get("/connectors")).Items[0]!["_id"]!;
        var tag = (string)(await api.Get($"/tokens?user={user}")).Items[0]!["physicalId"]!;
        return ($$"""{"connector":"{{connector}}","user":"{{user}}"}""", tag);
    }

    private static async Task<ScriptedStation> Connect(ServerProcess server, string endpoint)
    {
        var station = await ScriptedStation.Connect(server.Url, endpoint);
        await station.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        return station;
    }

    private static async Task<string> Replayed(ServerProcess server, string body)
    {
        using var api = server.Client();
        var answer = (await api.Post("/sessions", body, IdempotencyKey)).MustBe(201);
        Assert.Equal("true", answer.Headers["Idempotent-Replayed"]);
        return answer.Text("_id");
    }

    private static async Task Heard(Store store, string session)
    {
        await using var connection = await store.Open();
        for (var i = 0; i < 500; i++)
        {
            if (await connection.ExecuteScalarAsync<long>(
                "select count(*) from messages where direction = 'in' and session = @session", new { session }) > 0)
                return;
            await Task.Delay(10);
        }

        throw new TimeoutException("The station's answer was not stored.");
    }

    private static async Task Silent(ScriptedStation station)
    {
        await station.Call("Heartbeat", "{}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => station.Expect(TimeSpan.FromMilliseconds(300)));
    }
}
