using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class CredentialTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Me_tells_the_organisation_the_key_and_its_scopes(string provider)
    {
        using var root = (await servers.Get(provider)).Client();

        var me = (await root.Get("/me")).MustBe(200);

        Assert.True((bool)me.Json["ok"]!);
        Assert.Equal("Voltgate", (string)me.Result["organization"]!["name"]!);
        Assert.Equal("*", (string)me.Result["api_key"]!["scopes"]![0]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("an-opaque-key-that-nobody-ever-made-0123")]
    [InlineData("vg_live_0123456789_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA000000")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    [InlineData("eyJ.eyJ.eyJ")]
    public async Task A_wrong_credential_is_401_and_says_how_to_present_one(string key)
    {
        using var client = (await servers.Get(On.Sqlite)).Client(key);

        var answer = (await client.Get("/me")).MustBe(401);

        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Equal("unauthenticated", answer.Code);
        Assert.False((bool)answer.Json["ok"]!);
        Assert.Null(answer.Json["result"]);
        Assert.Equal(answer.Headers["X-Request-Id"], (string)answer.Json["request_id"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_key_is_shown_once_and_only_its_hash_is_kept(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();

        var made = (await tenant.Post("/api_keys", """{"name":"Till","scopes":["read:users"]}""")).MustBe(201);

        var key = made.Text("key");
        Assert.Matches("^vg_live_[0-9A-Za-z]{10}_[0-9A-Za-z_-]{43}[0-9A-Za-z]{6}$", key);
        var read = (await tenant.Get("/api_keys/" + made.Text("_id"))).MustBe(200);
        Assert.DoesNotContain(key[19..], read.Body, StringComparison.Ordinal);
        Assert.StartsWith(read.Text("prefix"), key, StringComparison.Ordinal);
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var rows = await connection.QueryAsync<string>("select body || key_id || secret_hash from api_keys");
        Assert.DoesNotContain(rows, r => r.Contains(key[19..62], StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_key_may_do_what_its_scopes_say_and_no_more(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var made = await tenant.Post("/api_keys", """{"name":"Reader","scopes":["read:api_keys"]}""");
        using var reader = server.Client(made.Text("key"));

        (await reader.Get("/api_keys")).MustBe(200);
        var refused = (await reader.Post("/api_keys", """{"name":"More"}""")).MustBe(403);

        Assert.Contains("write:api_keys", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_key_cannot_make_one_that_may_more(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var made = await tenant.Post("/api_keys", """{"name":"Maker","scopes":["write:api_keys"]}""");
        using var maker = server.Client(made.Text("key"));

        (await maker.Post("/api_keys", """{"name":"All"}""")).MustBe(403);
        (await maker.Post("/api_keys", """{"name":"Users","scopes":["read:users"]}""")).MustBe(403);
        (await maker.Post("/api_keys", """{"name":"Same","scopes":["write:api_keys"]}""")).MustBe(201);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_rotated_a_revoked_and_a_deleted_key_stop_working(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var made = await tenant.Post("/api_keys", """{"name":"Short-lived"}""");
        var path = "/api_keys/" + made.Text("_id");
        using var first = server.Client(made.Text("key"));
        (await first.Get("/me")).MustBe(200);

        using var second = server.Client(
            (await tenant.Post(path + "/rotate", """{"overlap_minutes":0}""")).MustBe(200).Text("key"));
        (await first.Get("/me")).MustBe(401);
        (await second.Get("/me")).MustBe(200);
        Assert.StartsWith((await tenant.Get(path)).Text("prefix"), second.Key, StringComparison.Ordinal);

        (await tenant.Patch(path, """{"active":false}""")).MustBe(200);
        (await second.Get("/me")).MustBe(401);
        (await tenant.Patch(path, """{"active":true}""")).MustBe(200);
        (await second.Get("/me")).MustBe(200);
        (await tenant.Delete(path)).MustBe(200);
        (await second.Get("/me")).MustBe(401);
    }

    [Fact]
    public async Task A_revocation_by_another_process_is_effective_within_five_seconds()
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(clock: clock);
        using var tenant = await server.Tenant();
        (await tenant.Get("/me")).MustBe(200);
        await server.Services.GetRequiredService<Committer>().Commit(
            [Statement.Of("update api_keys set active = $1", false)]);

        clock.Advance(TimeSpan.FromSeconds(5));

        (await tenant.Get("/me")).MustBe(401);
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(clock: clock);
        using var root = server.Client();
        var until = clock.GetUtcNow().AddHours(1).ToString("o");
        var made = (await root.Post("/api_keys", $$"""{"name":"Hour","expiresAt":"{{until}}"}""")).MustBe(201);
        using var client = server.Client(made.Text("key"));
        (await client.Get("/me")).MustBe(200);

        clock.Advance(TimeSpan.FromMinutes(61));

        (await client.Get("/me")).MustBe(401);
    }

    [Theory]
    [InlineData("/oauth/token")]
    [InlineData("/v1.1/oauth/token")]
    public async Task A_key_buys_a_token_as_form_and_as_json(string path)
    {
        var server = await servers.Get(On.Sqlite);
        using var root = server.Client();
        var id = (string)(await root.Get("/me")).Result["api_key"]!["_id"]!;

        foreach (var content in Contents(id, TestServer.BootstrapKey))
        {
            var answer = (await root.Send(Request(path, content))).MustBe(200);
            Assert.Equal(86_400, (int)answer.Json["expires_in"]!);
            Assert.Equal("Bearer", (string)answer.Json["token_type"]!);
            using var client = server.Client((string)answer.Json["access_token"]!);
            (await client.Get("/me")).MustBe(200);
        }
    }

    [Fact]
    public async Task A_token_is_refused_for_the_wrong_client_grant_and_fields()
    {
        var server = await servers.Get(On.Sqlite);
        using var root = server.Client("");

        foreach (var content in Contents("0123456789abcdef01234567", TestServer.BootstrapKey))
            (await root.Send(Request("/oauth/token", content))).MustBe(401);
        (await root.Post("/oauth/token", """{"grant_type":"password","client_id":"a","client_secret":"b"}"""))
            .MustBe(422);
        Assert.Equal(
            ["client_id", "client_secret"],
            (await root.Post("/oauth/token", """{"grant_type":"client_credentials"}""")).MustBe(422).Fields);
    }

    [Fact]
    public async Task A_token_survives_a_restart_expires_after_a_day_and_dies_with_its_key()
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(clock: clock);
        using var root = server.Client();
        var made = await root.Post("/api_keys", """{"name":"Client"}""");
        var tokens = await Task.WhenAll(Contents(made.Text("_id"), made.Text("key")).Select(
            async c => (string)(await root.Send(Request("/oauth/token", c))).Json["access_token"]!));

        await server.Restart();
        using var client = server.Client(tokens[0]);
        (await client.Get("/me")).MustBe(200);

        clock.Advance(TimeSpan.FromHours(23));
        (await client.Get("/me")).MustBe(200);
        clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("jwt expired", (await client.Get("/me")).MustBe(401).Message);

        clock.Advance(TimeSpan.FromHours(-20));
        using var again = server.Client();
        (await again.Delete("/api_keys/" + made.Text("_id"))).MustBe(200);
        (await client.Get("/me")).MustBe(401);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Only_the_root_organisation_makes_others_and_each_sees_itself_alone(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant("First");
        using var other = await server.Tenant("Second");
        var id = (string)(await tenant.Get("/me")).Result["organization"]!["_id"]!;

        (await tenant.Post("/organizations", """{"name":"Third"}""")).MustBe(403);
        (await other.Get("/organizations/" + id)).MustBe(404);
        (await other.Patch("/organizations/" + id, """{"name":"Mine"}""")).MustBe(404);
        var renamed = (await tenant.Patch("/organizations/" + id, """{"name":"Renamed","meta_data":{"a":1.50}}"""))
            .MustBe(200);
        Assert.Equal("Renamed", renamed.Text("name"));
        Assert.Contains("\"meta_data\":{\"a\":1.50}", renamed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("api_key", renamed.Body, StringComparison.Ordinal);
    }

    private static IEnumerable<HttpContent> Contents(string id, string secret)
    {
        yield return new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
            ["audience"] = "https://a",
        });
        var json = new JsonObject
        {
            ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
        };
        yield return new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
    }

    private static HttpRequestMessage Request(string path, HttpContent content) =>
        new(HttpMethod.Post, path) { Content = content };
}
