using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Voltgate.Server.Api;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

public sealed class SearchTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Words_are_found_anywhere_in_any_case_and_order(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        await tenant.Make("/users", """{"firstname":"Ömer","lastname":"Çelik","email":"oc@example.org"}""");
        await tenant.Make("/users", """{"firstname":"Ada","lastname":"Byron","phone":{"mobile":"+49 30 123"}}""");
        var ada = (string)(await tenant.Get("/users?search=byron%20ADA")).MustBe(200).Items.Single()!["_id"]!;

        Assert.Equal(["Ömer"], await Found(tenant, "/users?search=ÖMER%20%C3%A7el", "firstname"));
        Assert.Equal(["Ada"], await Found(tenant, "/users?search=30%20123", "firstname"));
        Assert.Equal(["Ada"], await Found(tenant, "/users?search=" + ada, "firstname"));
        Assert.Empty(await Found(tenant, "/users?search=ada%20celik", "firstname"));
        Assert.Empty(await Found(tenant, "/users?search=%25", "firstname")); // no wildcard of ours
        Assert.Empty(await Found(tenant, "/users?search=_", "firstname"));
        Assert.Empty(await Found(tenant, "/users?search='%20or%20'1'='1", "firstname"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Each_kind_is_found_by_what_people_know_of_it_and_after_it_changed(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        var tenant = box.Api;
        var place = await tenant.Make(
            "/locations",
            """{"name":"Yard","timezone":"Europe/Berlin","address":{"city":"Köln","streetAndNumber":"Am Dom 1"}}""");
        var rate = await tenant.Make(
            "/rates", """{"name":"Night","currency":"EUR","price_components":[{"type":"FLAT","price":1}]}""");
        var card = await tenant.Make("/tokens", """{"physicalId":"04A1B2C3"}""");
        var user = await tenant.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        (await tenant.Patch($"/users/{user}", """{"lastname":"King"}""")).MustBe(200);

        Assert.Equal([place], await Found(tenant, "/locations?search=k%C3%B6ln%20dom"));
        Assert.Equal([rate], await Found(tenant, "/rates?search=night%20eur"));
        Assert.Equal([card], await Found(tenant, "/tokens?search=b2c3"));
        Assert.Equal([user], await Found(tenant, "/users?search=king"));
        Assert.Empty(await Found(tenant, "/users?search=byron"));
        (await tenant.Delete($"/users/{user}")).MustBe(200);
        Assert.Empty(await Found(tenant, "/users?search=king"));
        Assert.Equal(1, await box.Count($"select count(*) from users where id = '{user}' and search = ''"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_station_is_found_by_what_it_said_of_itself_and_by_its_connectors(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), "SEEK-" + provider);
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await station.Call("BootNotification", """
            {"chargePointVendor":"Elektra","chargePointModel":"Duo","chargePointSerialNumber":"SN-7781"}
            """);
        await station.Report(1, "Faulted", DateTimeOffset.UtcNow);
        await box.Api.Make("/chargestations", """{"name":"Another","connectors":[{"connectorId":1}]}""");

        Assert.Equal([box.Id], await Found(box.Api, "/chargestations?search=7781%20elektra%20seek"));
        Assert.Equal([box.Id], await Found(box.Api, "/chargestations?connector_status=faulted"));
        Assert.Empty(await Found(box.Api, "/chargestations?connector_status=Charging"));
        Assert.Equal(
            ["Another", "Box"], await Found(box.Api, "/chargestations?sort_by=name&sort_order=asc", "name"));
        Assert.Equal(
            ["Box"],
            await Found(
                box.Api, "/chargestations?sort_by=name&sort_order=asc&paginate_limit=1&paginate_page=2", "name"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Rows_of_before_there_was_a_search_are_found_after_the_next_start(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server);
        var user = await box.Api.Make("/users", """{"firstname":"Ada","lastname":"Byron"}""");
        foreach (var table in (string[])["chargestations", "users", "tokens", "locations", "rates"])
        {
            await box.Execute($"drop index {table}_unsought");
            if (table is not ("locations" or "rates")) await box.Execute($"drop index {table}_search");
            await box.Execute($"alter table {table} drop column search");
        }

        await box.Execute("delete from schema_migrations where number = 15");
        await Migrations.Run(server.Services.GetRequiredService<Database>(), TimeProvider.System);
        Assert.Empty(await Found(box.Api, "/users?search=byron"));
        var fill = server.Services.GetServices<IHostedService>().OfType<SearchFill>().Single();
        await fill.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal([user], await Found(box.Api, "/users?search=byron"));
        Assert.Equal([box.Id], await Found(box.Api, "/chargestations?search=" + box.Endpoint));
    }

    [Theory]
    [InlineData("search=")]
    [InlineData("search=%20%20")]
    [InlineData("search=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k")]
    [InlineData("search=a&search=b")]
    [InlineData("connector_status=Broken")]
    public async Task A_search_that_cannot_be_is_422_and_named(string query)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = (await tenant.Get("/chargestations?" + query)).MustBe(422);
        Assert.Equal([query[..query.IndexOf('=', StringComparison.Ordinal)]], answer.Fields);
        (await tenant.Get("/chargestations?search=" + new string('a', 201))).MustBe(422);
    }

    private static async Task<string[]> Found(ApiClient api, string path, string field = "_id") =>
        [.. (await api.Get(path)).MustBe(200).Items.Select(i => (string)i![field]!)];
}
