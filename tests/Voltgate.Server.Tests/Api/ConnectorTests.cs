namespace Voltgate.Server.Tests.Api;

public sealed class ConnectorTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_connector_is_made_read_changed_and_deleted(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var endpoint = "C-" + Guid.NewGuid().ToString("N")[..12];
        var station = await tenant.Make(
            "/chargestations", $$"""{"security":{"type":"none"},"name":"Box","endpoint":"{{endpoint}}"}""");
        var path = $"/chargestations/{station}/connectors";

        var made = (await tenant.Post(path, """{"connectorId":1,"type":"Type2","power":22}""")).MustBe(201);
        Assert.Equal("connector_exists", (await tenant.Post(path, """{"connectorId":1}""")).MustBe(409).Code);

        var connector = "/connectors/" + made.Text("_id");
        Assert.Equal(22m, (decimal)(await tenant.Get(connector)).MustBe(200).Result["power"]!);
        (await tenant.Patch(connector, """{"active":false,"power_type":"AC Single Phase"}""")).MustBe(200);
        var changed = (await tenant.Get(connector)).MustBe(200).Result;
        Assert.Equal((false, "AC_1_PHASE"), ((bool)changed["active"]!, (string?)changed["power_type"]));
        Assert.Single((await tenant.Get($"/connectors?chargestation={station}&active=false")).MustBe(200).Items);

        Assert.Equal(made.Text("_id"), (await tenant.Delete(connector)).MustBe(200).Text("_id"));
        (await tenant.Get(connector)).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_latitude_beyond_the_pole_is_none(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        Assert.Equal(
            ["coordinates"],
            (await tenant.Post("/chargestations", """{"name":"Box","coordinates":[13.4,150]}""")).MustBe(422).Fields);
    }
}
