using System.Threading.Channels;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Reservations that were open when the server died: the API, the store and the station agree afterwards.
/// </summary>
public sealed class ReservationCrashTests
{
    private static readonly (string, string) IdempotencyKey = ("Idempotency-Key", "the-same-key");

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_reservation_outlives_a_kill_before_its_answer_and_one_after_it(string provider)
    {
        await using var store = await Store.Make(provider);
        var server = await ServerProcess.Start(store);
        var endpoint = (await Yard.Furnish(server, 1))[0];
        var body = await Order(server);
        string id, number;
        await using (var station = await ScriptedStation.Connect(server.Url, endpoint))
        {
            using var api = server.Client();
            id = (await api.Post("/reservations", body)).MustBe(201).Text("_id");
            number = (await Reserved(station)).Number;
            await server.Kill(); // it was heard, and not answered
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await using (var station = await ScriptedStation.Connect(server.Url, endpoint))
        {
            var again = await Reserved(station);
            Assert.Equal(number, again.Number);
            await station.Answer(again.Call, """{"status":"Accepted"}""");
            using var api = server.Client();
            await Becomes(api, id, "active");
            await server.Kill();
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await using (var station = await ScriptedStation.Connect(server.Url, endpoint))
        {
            await Silent(station); // what is confirmed is not said again on a link of its own
            using var api = server.Client();
            await Becomes(api, id, "active");
            (await api.Post($"/reservations/{id}/cancel")).MustBe(200);
            Assert.Equal("CancelReservation", (string?)(await station.Expect())[2]);
            await server.Kill();
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await using (var station = await ScriptedStation.Connect(server.Url, endpoint))
        {
            var call = await station.Expect();
            Assert.Equal(("CancelReservation", number), ((string?)call[2], call[3]!["reservationId"]!.ToString()));
            using var api = server.Client();
            await Becomes(api, id, "cancelled");
        }

        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_reservation_whose_commit_was_the_servers_last_act_is_made_once()
    {
        await using var store = await Store.Make(On.Sqlite);
        var server = await ServerProcess.Start(store);
        var endpoint = (await Yard.Furnish(server, 1))[0];
        var body = await Order(server);
        await using (var deaf = await ScriptedStation.Connect(server.Url, endpoint))
        {
            await deaf.Call("Heartbeat", "{}");
            using var api = server.Client();
            await Box.Until(
                async () => (bool)(await api.Get("/chargestations")).Items[0]!["online"]!, "online");
            await store.Rest();
            await Trace.FailSyncs(server, "signal=KILL");
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.Post("/reservations", body, IdempotencyKey));
            await server.Exited();
            await Assert.ThrowsAsync<ChannelClosedException>(() => deaf.Expect());
        }

        await server.DisposeAsync();
        server = await ServerProcess.Start(store);
        await using (var station = await ScriptedStation.Connect(server.Url, endpoint))
        {
            var call = (await Reserved(station)).Call;
            await station.Answer(call, """{"status":"Accepted"}""");
            using var api = server.Client();
            var replayed = (await api.Post("/reservations", body, IdempotencyKey)).MustBe(201);
            Assert.Equal("true", replayed.Headers["Idempotent-Replayed"]);
            await Becomes(api, replayed.Text("_id"), "active");
            Assert.Single((await api.Get("/reservations")).MustBe(200).Items);
            await Silent(station);
        }

        await server.DisposeAsync();
    }

    private static async Task<string> Order(ServerProcess server)
    {
        using var api = server.Client();
        var user = await api.Make("/users", """{"firstname":"Ada"}""");
        var connector = (string)(await api.Get("/connectors")).Items[0]!["_id"]!;
        var until = TimeProvider.System.GetUtcNow().AddMinutes(30);
        return $$"""{"connector":"{{connector}}","user":"{{user}}","expires_at":"{{until:yyyy-MM-ddTHH:mm:ss}}Z"}""";
    }

    private static async Task<(System.Text.Json.Nodes.JsonArray Call, string Number)> Reserved(ScriptedStation station)
    {
        var call = await station.Expect();
        Assert.Equal("ReserveNow", (string?)call[2]);
        return (call, call[3]!["reservationId"]!.ToString());
    }

    private static Task Becomes(ApiClient api, string id, string status) => Box.Until(
        async () => (string?)(await api.Get($"/reservations/{id}")).MustBe(200).Result["status"] == status, status);

    private static async Task Silent(ScriptedStation station)
    {
        await station.Call("Heartbeat", "{}");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => station.Expect(TimeSpan.FromMilliseconds(300)));
    }
}
