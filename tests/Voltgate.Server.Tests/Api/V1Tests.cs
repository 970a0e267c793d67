using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Api;

namespace Voltgate.Server.Tests.Api;

/// <summary>/v1 is behind the same doors as /v1.1; what it does is told by tests/peers/v1.js.</summary>
public sealed class V1Tests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Every_path_wants_a_key_and_the_scope_of_its_like(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var nobody = server.Client("");
        var narrow = (await tenant.Post("/api_keys", """{"name":"N","scopes":["read:events"]}""")).MustBe(201);
        using var powerless = server.Client(narrow.Text("key"));
        var routes = Routes(server);
        Assert.Equal(61, routes.Count);

        foreach (var route in routes)
        {
            Assert.Equal("unauthenticated", (await Ask(nobody, route)).MustBe(401).Code);
            var refused = await Ask(powerless, route);
            if (route.Scope is null) Assert.Equal("not_in_v1", refused.MustBe(501).Code);
            else Assert.Contains(route.Scope, refused.MustBe(403).Message, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Another_tenant_s_ids_are_unknown(string provider)
    {
        using var theirs = await servers.Tenant(provider);
        using var ours = await servers.Tenant(provider);
        var driver = await theirs.Make("/users", """{"firstname":"A","lastname":"B"}""");
        var place = await theirs.Make("/locations", """{"name":"Yard","timezone":"UTC"}""");
        var station = (await theirs.Post("/chargestations", """
            {"name":"Box","connectors":[{"connectorId":1,"type":"Type2"}]}
            """)).MustBe(201);
        var (box, plug) = (station.Text("_id"), (string)station.Result["connectors"]![0]!["_id"]!);

        foreach (var path in (string[])[
            $"drivers/{driver}", $"location/{place}", $"locations/{place}", $"chargestations/{box}",
            $"chargestations/{box}/connectors", $"connectors/{plug}", $"commands/{box}/variables"])
            Assert.Equal("not_found", (await Ask(ours, "GET", "/" + path, null)).MustBe(404).Code);
        foreach (var (path, body) in ((string, string)[])[
            ("/commands/reset", $$"""{"chargestation":"{{box}}"}"""),
            ("/commands/unlockconnector", $$"""{"chargestation":"{{box}}","connector":"{{plug}}"}"""),
            ("/commands/remotestart", $$"""{"connector":"{{plug}}","driver":"{{driver}}"}"""),
            ("/connectors", $$"""{"chargestation":"{{box}}","type":"Type2"}""")])
            Assert.Equal("not_found", (await Ask(ours, "POST", path, body)).MustBe(404).Code);
        foreach (var list in (string[])["drivers", "locations", "chargestations", "connectors", "transactions"])
            Assert.Empty((await Ask(ours, "GET", "/" + list, null)).MustBe(200).Items);
    }

    [Theory]
    [InlineData("/drivers", "{\"firstname\":1,\"source\":\"physical\"}", "firstname")]
    [InlineData("/drivers", "{\"firstname\":\"A\",\"source\":\"sms\"}", "source")]
    [InlineData("/drivers", "{\"colour\":\"red\"}", "colour")]
    [InlineData("/tokens", "{\"physicalId\":\"X\",\"driver\":7}", "driver")]
    [InlineData("/tokens", "{\"physicalId\":\"X\",\"physicalId\":\"Y\"}", "physicalId")]
    [InlineData("/locations", "{\"operatorName\":\"Y\",\"coordinates\":{\"latitude\":1}}", "coordinates")]
    [InlineData("/commands/remotestart", "{\"token\":\"X\"}", "token")]
    [InlineData("/commands/reset", "{}", "chargestation")]
    [InlineData("/commands/remotestop", "{\"transaction\":7}", "transaction")]
    public async Task What_is_wrong_is_named_in_the_words_of_v1(string path, string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Contains(field, (await Ask(tenant, "POST", path, body)).MustBe(422).Fields);
        Assert.Equal("malformed", (await Ask(tenant, "POST", path, "{")).MustBe(400).Code);
    }

    private static Task<ApiAnswer> Ask(ApiClient client, ApiRoute route) =>
        Ask(client, route.Verb, RoleTests.PathOf(route), RoleTests.BodyOf(route));

    private static async Task<ApiAnswer> Ask(ApiClient client, string verb, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1" + path);
        if (body is not null) request.Content = new StringContent(body, null, "application/json");
        return await client.Send(request);
    }

    private static List<ApiRoute> Routes(TestServer server) =>
        [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/v1/", StringComparison.Ordinal) == true)
            .Select(e => e.Metadata.GetMetadata<ApiRoute>()!)];
}
