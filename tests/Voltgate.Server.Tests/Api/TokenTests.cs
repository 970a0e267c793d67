using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class TokenTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_card_is_unique_in_its_organisation_whatever_its_case(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var other = await server.Tenant();
        var id = await tenant.Make("/tokens", """{"physicalId":"04A2b3C4"}""");

        Assert.Equal("token_exists", (await tenant.Post("/tokens", """{"physicalId":"04a2B3c4"}""")).MustBe(409).Code);
        await other.Make("/tokens", """{"physicalId":"04A2B3C4"}""");
        var second = await tenant.Make("/tokens", """{"physicalId":"FFFF"}""");
        (await tenant.Patch($"/tokens/{second}", """{"physicalId":"04A2B3C4"}""")).MustBe(409);
        (await tenant.Patch($"/tokens/{id}", """{"physicalId":"04A2B3C4"}""")).MustBe(200);
    }

    [Theory]
    [InlineData("""{"physicalId":""}""", "physicalId")]
    [InlineData("""{"physicalId":"with blank"}""", "physicalId")]
    [InlineData("""{"physicalId":"123456789012345678901234567890123456X"}""", "physicalId")]
    [InlineData("""{"physicalId":"123456789012345678901","type":"Central"}""", "physicalId")]
    [InlineData("""{"physicalId":"a","type":"Card"}""", "type")]
    [InlineData("""{"physicalId":"a","user":"0123456789abcdef01234567"}""", "user")]
    public async Task What_a_token_cannot_be_is_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal([field], (await tenant.Post("/tokens", body)).MustBe(422).Fields);
    }

    [Fact]
    public async Task A_user_of_another_organisation_is_none()
    {
        var server = await servers.Get(On.Sqlite);
        using var tenant = await server.Tenant();
        using var other = await server.Tenant();
        var user = await other.Make("/users", "{}");
        Assert.Equal(["user"], (await tenant.Post("/tokens", $$"""{"physicalId":"a","user":"{{user}}"}"""))
            .MustBe(422).Fields);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_unknown_card_is_listed_until_it_is_assigned(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var other = await server.Tenant();
        foreach (var client in (ApiClient[])[tenant, other])
            await server.Services.GetRequiredService<Committer>().Commit([StationWrites.UnknownToken(
                (string)(await client.Get("/me")).Result["organization"]!["_id"]!, "DEAD01", "station",
                1_700_000_000_000)]);

        var unknown = Assert.Single((await tenant.Get("/tokens/unknown")).MustBe(200).Items)!;
        Assert.Equal("DEAD01", (string)unknown["physicalId"]!);

        await tenant.Make("/tokens", """{"physicalId":"dead01"}""");
        Assert.Empty((await tenant.Get("/tokens/unknown")).Items);
        Assert.Single((await other.Get("/tokens/unknown")).Items);
    }
}
