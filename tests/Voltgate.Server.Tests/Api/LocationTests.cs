using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class LocationTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_location_keeps_what_it_is_given_and_hides_when_inactive(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var made = (await tenant.Post("/locations", """
            {"name":"Depot","timezone":"Europe/Berlin","coordinates":[13.404954,52.520008],"operatorName":"Us",
             "address":{"city":"Berlin","country":"DE"},
             "openingHours":{"1":[{"startTime":"08:00","endTime":"12:00"},{"startTime":"13:00","endTime":"24:00"}]}}
            """)).MustBe(201);

        Assert.Equal("[13.404954,52.520008]", made.Result["coordinates"]!.ToJsonString());
        Assert.Equal("13:00", (string)made.Result["openingHours"]!["1"]![1]!["startTime"]!);

        Assert.Single((await tenant.Get("/locations")).Items);
        (await tenant.Patch("/locations/" + made.Text("_id"), """{"active":false}""")).MustBe(200);
        Assert.Empty((await tenant.Get("/locations")).Items);
        Assert.Single((await tenant.Get("/locations?active=false")).Items);
    }

    [Theory]
    [InlineData("""{"name":"x","timezone":"Berlin"}""", "timezone")]
    [InlineData("""{"name":"x","timezone":"Europe/Atlantis"}""", "timezone")]
    [InlineData("""{"name":"x","timezone":"../etc/passwd"}""", "timezone")]
    [InlineData("""{"name":"x","coordinates":[13.4]}""", "coordinates")]
    [InlineData("""{"name":"x","coordinates":[13.4,91]}""", "coordinates")]
    [InlineData("""{"name":"x","coordinates":[181,5]}""", "coordinates[0]")]
    [InlineData("""{"name":"x","openingHours":{"7":[]}}""", "openingHours.7")]
    [InlineData("""{"name":"x","openingHours":{"0":[{"startTime":"9:00","endTime":"10:00"}]}}""",
        "openingHours.0[0].startTime")]
    [InlineData("""{"name":"x","openingHours":{"0":[{"startTime":"10:00","endTime":"09:00"}]}}""", "openingHours.0")]
    [InlineData("""{"name":"x","openingHours":{"0":[{"startTime":"10:00"}]}}""", "openingHours.0[0].endTime")]
    public async Task What_a_location_cannot_be_is_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal([field], (await tenant.Post("/locations", body)).MustBe(422).Fields);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_location_with_stations_is_not_deleted(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/locations", """{"name":"Depot"}""");
        var committer = server.Services.GetRequiredService<Committer>();
        var organization = (string)(await tenant.Get("/me")).Result["organization"]!["_id"]!;
        await committer.Commit([Statement.Of(
            "insert into chargestations (id, organization, endpoint, static_endpoint, location, security, online, "
                + "active, public, "
            + "is_simulator, created_at, updated_at, body) values ($1, $2, $1, $1, $3, 'none', $4, $4, $4, $4, 0, "
            + "0, '{}')",
            "station-" + id, organization, id, false)]);

        Assert.Equal("location_in_use", (await tenant.Delete("/locations/" + id)).MustBe(409).Code);

        await committer.Commit([Statement.Of("delete from chargestations where location = $1", id)]);
        (await tenant.Delete("/locations/" + id)).MustBe(200);
        (await tenant.Get("/locations/" + id)).MustBe(404);
    }
}
