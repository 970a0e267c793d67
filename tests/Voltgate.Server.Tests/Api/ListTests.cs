namespace Voltgate.Server.Tests.Api;

public sealed class ListTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Pages_follow_each_other_without_gap_or_repeat(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        for (var i = 0; i < 6; i++) await tenant.Make("/api_keys", $$"""{"name":"k{{i}}"}""");

        var names = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var answer =
                (await tenant.Get($"/api_keys?paginate_limit=3&paginate_page={page}&sort_order=asc")).MustBe(200);
            Assert.Equal(page < 3, (bool)answer.Json["hasNext"]!);
            Assert.Equal(page > 1, (bool)answer.Json["hasPrevious"]!);
            Assert.Equal(7, (int)answer.Json["total"]!);
            Assert.Equal(page, (int)answer.Json["page"]!);
            Assert.Equal(3, (int)answer.Json["limit"]!);
            names.AddRange(answer.Items.Select(i => (string)i!["name"]!));
        }

        Assert.Equal(["First key", "k0", "k1", "k2", "k3", "k4", "k5"], names.Order(StringComparer.Ordinal));
        Assert.Equal(7, (await tenant.Get("/api_keys?paginate_enabled=false")).Items.Count);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Filters_narrow_by_flag_and_by_time_raw_and_encoded(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var id = await tenant.Make("/api_keys", """{"name":"off","active":false}""");
        var at = (await tenant.Get("/api_keys/" + id)).Text("createdAt");

        Assert.Single((await tenant.Get("/api_keys?active=false")).MustBe(200).Items);
        Assert.Single((await tenant.Get("/api_keys?active=TRUE")).MustBe(200).Items);
        Assert.Contains(
            id, (await tenant.Get($"/api_keys?createdAt[$gte]={at}")).MustBe(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(
            id, (await tenant.Get($"/api_keys?createdAt[$gt]={at}")).MustBe(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(
            id, (await tenant.Get($"/api_keys?createdAt%5B%24lt%5D={at}")).MustBe(200).Body, StringComparison.Ordinal);
        Assert.Contains(
            id, (await tenant.Get($"/api_keys?updatedAt%5B%24lte%5D={at}")).MustBe(200).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paginate_limit=0")]
    [InlineData("paginate_limit=1001")]
    [InlineData("paginate_limit=1e2")]
    [InlineData("paginate_page=0")]
    [InlineData("paginate_page=-1")]
    [InlineData("paginate_page=99999999999")]
    [InlineData("paginate_enabled=maybe")]
    [InlineData("sort_by=secret_hash")]
    [InlineData("sort_order=up")]
    [InlineData("colour=red")]
    [InlineData("active=1")]
    [InlineData("include_secret=true")]
    [InlineData("createdAt[$ne]=2026-01-01")]
    [InlineData("createdAt[$gte]=soon")]
    [InlineData("active=true&active=false")]
    public async Task A_parameter_that_cannot_be_is_422_and_named(string query)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = (await tenant.Get("/api_keys?" + query)).MustBe(422);
        Assert.Equal([query[..query.IndexOf('=', StringComparison.Ordinal)]], answer.Fields);
    }

    [Fact]
    public async Task A_thousand_filters_are_refused_quickly()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        (await tenant.Get(
            "/api_keys?" + string.Join('&', Enumerable.Range(0, 1_000).Select(i => $"f{i}=1")))).MustBe(422);
    }
}
