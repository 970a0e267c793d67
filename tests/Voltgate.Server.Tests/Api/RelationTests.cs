namespace Voltgate.Server.Tests.Api;

public sealed class RelationTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Stations_are_listed_with_their_connectors_and_rates(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var rate = await tenant.Make("/rates",
            """{"name":"Day","currency":"EUR","price_components":[{"type":"ENERGY","price":0.39}]}""");
        var station = (await tenant.Post("/chargestations", """{"name":"One","endpoint":null}"""))
            .MustBe(201).Text("_id");
        var connector = (await tenant.Post($"/chargestations/{station}/connectors", """{"connectorId":1}"""))
            .MustBe(201);

        (await tenant.Patch($"/connectors/{connector.Text("_id")}", $$"""{"rate":"{{rate}}"}""")).MustBe(200);

        var listed = Assert.Single((await tenant.Get("/chargestations")).MustBe(200).Items)!;
        Assert.Equal("Day", (string)listed["connectors"]![0]!["rate"]!["name"]!);
        Assert.Equal("rate_in_use", (await tenant.Delete($"/rates/{rate}")).MustBe(409).Code);
    }
}
