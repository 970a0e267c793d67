using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Webhooks;

namespace Voltgate.Server.Tests.Api;

public sealed class WebhookApiTests(SharedServers servers)
{
    private const string Hook = """{"url":"https://93.184.215.14/hooks","events":["session.*","user.created"]}""";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_secret_is_shown_once_and_sealed(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();

        var made = (await tenant.Post("/webhooks", Hook)).MustBe(201);

        var secret = made.Text("secret");
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", secret);
        var id = made.Text("_id");
        Assert.Null((await tenant.Get("/webhooks/" + id)).MustBe(200).Result["secret"]);
        var (kept, body) = await Row(server, id);
        Assert.DoesNotContain(secret[6..], kept + body, StringComparison.Ordinal);
        Assert.Equal(secret, server.Services.GetRequiredService<Keyring>().Unseal(kept));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task It_listens_while_active_to_what_it_names(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/webhooks", Hook);

        Assert.Equal(["session.*", "user.created"], await Patterns(server, id));
        (await tenant.Patch("/webhooks/" + id, """{"events":["*"]}""")).MustBe(200);
        Assert.Equal(["*"], await Patterns(server, id));
        (await tenant.Patch("/webhooks/" + id, """{"active":false}""")).MustBe(200);
        Assert.Empty(await Patterns(server, id));
        (await tenant.Patch("/webhooks/" + id, """{"active":true}""")).MustBe(200);
        Assert.Equal(["*"], await Patterns(server, id));
        (await tenant.Delete("/webhooks/" + id)).MustBe(200);
        Assert.Empty(await Patterns(server, id));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_rotation_keeps_the_old_secret_for_a_day_and_a_third_one_waits(string provider)
    {
        var clock = new ShiftedClock();
        await using var server = await TestServer.Start(provider, clock: clock);
        using var root = server.Client();
        var made = (await root.Post("/webhooks", Hook)).MustBe(201);
        var path = $"/webhooks/{made.Text("_id")}/rotate_secret";

        var rotated = (await root.Post(path)).MustBe(200);

        Assert.NotEqual(made.Text("secret"), rotated.Text("secret"));
        await using (var connection = await server.Services.GetRequiredService<Database>().Open())
            Assert.Equal(made.Text("secret"), server.Services.GetRequiredService<Keyring>().Unseal(
                (await connection.QuerySingleAsync<string>("select old_secret from webhooks"))!));
        Assert.Equal("rotation_running", (await root.Post(path)).MustBe(409).Code);
        clock.Advance(TimeSpan.FromHours(25));
        (await root.Post(path)).MustBe(200);
    }

    [Theory]
    [InlineData("""{"url":"https://127.0.0.1/x","events":["*"]}""")]
    [InlineData("""{"url":"http://93.184.215.14/x","events":["*"]}""")]
    [InlineData("""{"url":"ftp://93.184.215.14/x","events":["*"]}""")]
    [InlineData("""{"url":"https://user:pw@93.184.215.14/x","events":["*"]}""")]
    [InlineData("""{"url":"https://localhost/x","events":["*"]}""")]
    public async Task A_url_inside_is_refused_without_detail(string body)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        var answer = (await tenant.Post("/webhooks", body)).MustBe(422);
        Assert.Equal("webhook_url_not_allowed", answer.Code);
        Assert.Equal(["url"], answer.Fields);
    }

    [Theory]
    [InlineData("""{"url":"https://93.184.215.14/x","events":[]}""", "events")]
    [InlineData("""{"url":"https://93.184.215.14/x","events":["session.begun"]}""", "events[0]")]
    [InlineData("""{"url":"https://93.184.215.14/x","events":["*","colour.*"]}""", "events[1]")]
    [InlineData("""{"events":["*"]}""", "url")]
    public async Task What_a_webhook_cannot_be_is_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal([field], (await tenant.Post("/webhooks", body)).MustBe(422).Fields);
    }

    [Fact]
    public async Task There_are_at_most_as_many_as_the_settings_say()
    {
        await using var server =
            await TestServer.Start(configure: o => o with { Webhooks = new WebhooksSection { MaxEndpoints = 1 } });
        using var root = server.Client();
        await root.Make("/webhooks", Hook);
        Assert.Equal("too_many_webhooks", (await root.Post("/webhooks", Hook)).MustBe(409).Code);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_it_hears_is_logged_and_can_be_sent_again(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var path = "/webhooks/" + await tenant.Make("/webhooks", Hook);
        await tenant.Make("/users", "{}");

        var delivery =
            Assert.Single((await tenant.Get(path + "/deliveries?event_type=user.created")).MustBe(200).Items)!;
        var replayed = (await tenant.Post($"{path}/deliveries/{delivery["_id"]}/replay")).MustBe(200);
        (await tenant.Post($"{path}/deliveries/0123456789abcdef01234567/replay")).MustBe(404);
        (await tenant.Post(path + "/test")).MustBe(200);
        (await tenant.Post(path + "/replay", """{"from":"2026-01-01T00:00:00Z"}""")).MustBe(200);
        Assert.Equal(["from"], (await tenant.Post(path + "/replay", "{}")).MustBe(422).Fields);

        Assert.NotEqual((string)delivery["_id"]!, replayed.Text("_id"));
        using var other = await server.Tenant();
        (await other.Get(path + "/deliveries")).MustBe(404);
        (await other.Post($"{path}/deliveries/{delivery["_id"]}/replay")).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_delivery_shows_each_attempt(string provider)
    {
        await using var sink = await WebhookSink.Start();
        sink.AnswerStatus(418);
        await using var server = await TestServer.Start(provider, o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
        });
        using var tenant = await server.Tenant();
        var path = "/webhooks/" + await tenant.Make("/webhooks", $$"""{"url":"{{sink.Url}}","events":["user.*"]}""");
        var delivery = (await tenant.Post(path + "/test")).MustBe(200).Text("_id");

        var read = (await tenant.Get($"{path}/deliveries/{delivery}")).MustBe(200);
        for (var i = 0; i < 500 && (int)read.Result["attempts"]! == 0; i++)
        {
            await Task.Delay(20);
            read = (await tenant.Get($"{path}/deliveries/{delivery}")).MustBe(200);
        }

        Assert.Equal(("pending", 1), (read.Text("state"), (int)read.Result["attempts"]!));
        var attempt = Assert.Single(read.Result["attempt_log"]!.AsArray())!;
        Assert.Equal((1, 418, "status"), (
            (int)attempt["number"]!, (int)attempt["status"]!, (string)attempt["error"]!));
        Assert.InRange((long)attempt["latency_ms"]!, 0, 15_000);
        (await tenant.Get($"{path}/deliveries/0123456789abcdef01234567")).MustBe(404);
        using var other = await server.Tenant();
        (await other.Get($"{path}/deliveries/{delivery}")).MustBe(404);
    }

    private static async Task<(string Secret, string Body)> Row(TestServer server, string id)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await connection.QuerySingleAsync<(string, string)>(
            "select secret, body from webhooks where id = @id", new { id });
    }

    private static async Task<IEnumerable<string>> Patterns(TestServer server, string id)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await connection.QueryAsync<string>(
            "select pattern from webhook_patterns where webhook = @id order by pattern", new { id });
    }
}
