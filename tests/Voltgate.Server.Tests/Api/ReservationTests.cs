using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>POST /reservations where two ask at once, and what erasing a driver does to it.</summary>
public sealed class ReservationTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Of_two_for_one_driver_on_two_stations_the_store_keeps_one(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var other = (await stage.Api.Post(
            "/chargestations", """{"name":"B","security":{"type":"none"},"connectors":[{"connectorId":1}]}"""))
            .MustBe(201);
        await using var second = await ScriptedStation.Connect(stage.Server.Url, other.Text("endpoint"));
        await second.Call("BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        string Body(string connector) => $$"""
            {"connector":"{{connector}}","user":"{{stage.Words["u1"]}}","expires_at":"2026-03-10T12:30:00Z"}
            """;
        var both = await Task.WhenAll(
            stage.Api.Post("/reservations", Body(stage.Words["c1"])),
            stage.Api.Post("/reservations", Body((string)other.Result["connectors"]![0]!["_id"]!)));

        Assert.Equal([201, 409], both.Select(b => b.Status).Order());
        Assert.Equal("reservation_exists", both.Single(b => b.Status == 409).Code);
        Assert.Single((await stage.Api.Get("/reservations")).MustBe(200).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_same_key_reserves_once_and_another_body_is_refused(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var body = $$"""
            {"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}","expires_at":"2026-03-10T12:30:00Z"}
            """;
        var first = (await stage.Api.Post("/reservations", body, ("Idempotency-Key", "k"))).MustBe(201);
        var again = (await stage.Api.Post("/reservations", body, ("Idempotency-Key", "k"))).MustBe(201);
        Assert.Equal(first.Text("_id"), again.Text("_id"));
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        var otherBody = body.Replace("12:30", "12:40", StringComparison.Ordinal);
        Assert.Equal(
            "idempotency_key_reused",
            (await stage.Api.Post("/reservations", otherBody, ("Idempotency-Key", "k"))).MustBe(422).Code);
        var call = await stage.NextCall();
        Assert.Equal("ReserveNow", (string?)call[2]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stage.Station.Expect(TimeSpan.FromMilliseconds(200)));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_driver_with_a_reservation_is_not_erased_before_it_is_over(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var user = await stage.Api.Make("/users", """{"firstname":"Zebedee"}""");
        var card = await stage.Api.Make("/tokens", $$"""{"physicalId":"04FACE99","user":"{{user}}"}""");
        var id = await stage.Api.Make(
            "/reservations",
            $$"""{"connector":"{{stage.Words["c1"]}}","token":"{{card}}","expires_at":"2026-03-10T12:30:00Z"}""");
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        Assert.Equal("user_in_use", (await stage.Api.Delete($"/users/{user}")).MustBe(409).Code);
        (await stage.Api.Post($"/reservations/{id}/cancel")).MustBe(200);
        Assert.Equal("user_in_use", (await stage.Api.Delete($"/users/{user}")).MustBe(409).Code);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        await stage.Station.Call("Heartbeat", "{}");
        var export = (await stage.Api.Get($"/users/{user}/export")).MustBe(200).Result;
        Assert.Equal(id, (string?)Assert.Single(export["reservations"]!.AsArray())!["_id"]);

        // The station's answer is written a moment after it came.
        await Box.Until(
            async () => (await stage.Api.Delete($"/users/{user}")).Status == 200, "the driver can be erased");

        Assert.Empty(await ErasureTests.Holding(stage, "04FACE99"));
        var left = (await stage.Api.Get($"/reservations/{id}")).MustBe(200).Result;
        Assert.Equal(("cancelled", user), ((string?)left["status"], (string?)left["user"]));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Nobody_reserves_for_or_at_what_belongs_to_another_organisation(string provider)
    {
        await using var stage = await Stage.Set(provider);
        using var stranger = await stage.Server.Tenant("Stranger");
        var eve = await stranger.Make("/users", """{"firstname":"Eve"}""");
        var until = "\"expires_at\":\"2026-03-10T12:30:00Z\"";
        (await stranger.Post(
            "/reservations", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{eve}}",{{until}}}""")).MustBe(404);
        (await stranger.Post(
            "/reservations", $$"""{"chargestation":"{{stage.Words["s1"]}}","user":"{{eve}}",{{until}}}""")).MustBe(404);
        (await stage.Api.Post(
            "/reservations", $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{eve}}",{{until}}}""")).MustBe(404);
        Assert.Empty((await stage.Api.Get("/reservations")).MustBe(200).Items);
    }
}
