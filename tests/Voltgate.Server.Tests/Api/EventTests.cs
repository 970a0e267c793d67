using Voltgate.Tests;

namespace Voltgate.Server.Tests.Api;

/// <summary>What happened, as a list and as it happens.</summary>
public sealed class EventTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Events_are_listed_newest_first_and_by_type_and_resource(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var first = await User(tenant, "a");
        var second = await User(tenant, "b");
        (await tenant.Patch("/users/" + first, """{"lastname":"Changed"}""")).MustBe(200);

        var users = (await tenant.Get("/events?type=user.*")).MustBe(200);
        Assert.Equal(["user.updated", "user.created", "user.created"], users.Items.Select(e => (string)e!["type"]!));
        Assert.Equal("Changed", (string)users.Items[0]!["data"]!["lastname"]!);
        Assert.Equal("user", (string)users.Items[0]!["object"]!);
        Assert.Equal(
            [second], (await tenant.Get($"/events?type=user.created&resource={second}")).Items.Select(
                e => (string)e!["data"]!["_id"]!));
        Assert.Equal(2, (await tenant.Get($"/events?chargestation={first}")).Items.Count); // a stream of its own
        (await tenant.Get("/events?sort_by=updatedAt")).MustBe(422);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_listener_hears_what_happens_as_the_list_shows_it(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        await User(tenant, "before");
        using var listener = await EventListener.Open(tenant, "?type=user.*");
        await tenant.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}"""); // not asked for
        var id = await User(tenant, "after");

        var heard = await listener.Next();
        Assert.Equal(("user.created", id), (heard.Type, (string)heard.Json["data"]!["_id"]!));
        var listed = (await tenant.Get("/events?type=user.created&paginate_limit=1")).MustBe(200).Items[0]!;
        Assert.Equal(heard.Id, (string)listed["_id"]!);
        Assert.Equal(listed.ToJsonString(), heard.Json.ToJsonString());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_listener_that_comes_back_after_a_restart_has_missed_nothing(string provider)
    {
        await using var server = await TestServer.Start(provider);
        var key = await KeyOf(server);
        string last;
        using (var tenant = server.Client(key))
        {
            using var listener = await EventListener.Open(tenant);
            await User(tenant, "one");
            last = (await listener.Next(2))[^1].Id; // the user and its virtual token
            listener.Dispose();
            for (var i = 0; i < 250; i++)
                (await tenant.Post("/locations", $$"""{"name":"L{{i}}","timezone":"UTC"}""")).MustBe(201);
        }

        await server.Restart();
        using var again = server.Client(key);
        using var resumed = await EventListener.Open(again, lastEventId: last);
        await again.Make("/locations", """{"name":"last","timezone":"UTC"}""");
        var missed = await resumed.Next(251);

        Assert.Equal(
            Enumerable.Range(0, 250).Select(i => $"L{i}").Append("last"),
            missed.Select(e => (string)e.Json["data"]!["name"]!));
        using var byQuery = await EventListener.Open(again, $"?last_event_id={missed[^2].Id}");
        Assert.Equal(missed[^1], await byQuery.Next());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task What_somebody_sent_in_several_lines_is_heard_whole(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        using var listener = await EventListener.Open(tenant, "?type=user.*");
        await tenant.Make("/users", "{\"meta_data\": {\n  \"a\": [\r\n    1\r],\n\n  \"b\": \"x\\ny\"\n}}");

        var heard = await listener.Next();
        Assert.Equal("""{"a":[1],"b":"x\ny"}""", heard.Json["data"]!["meta_data"]!.ToJsonString());
    }

    [Fact]
    public async Task Nobody_hears_another_tenant()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        using var other = await servers.Tenant(On.Sqlite);
        using var listener = await EventListener.Open(tenant);
        await User(other, "theirs");
        var mine = await User(tenant, "mine");

        Assert.Contains(mine, (await listener.Next()).Data, StringComparison.Ordinal);
        var theirs = (string)(await other.Get("/events?paginate_limit=1")).Items[0]!["_id"]!;
        Assert.Equal("event_gone", (await tenant.Get("/events/stream?last_event_id=" + theirs)).MustBe(410).Code);
    }

    [Fact]
    public async Task What_a_stream_cannot_be_asked_is_refused_and_named()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal(["type"], (await tenant.Get("/events/stream?type=session.exploded")).MustBe(422).Fields);
        Assert.Equal(["chargestation"], (await tenant.Get("/events/stream?chargestation=x")).MustBe(422).Fields);
        Assert.Equal(["colour"], (await tenant.Get("/events/stream?colour=red")).MustBe(422).Fields);
        Assert.Equal(["Last-Event-ID"], (await tenant.Get("/events/stream?last_event_id=1")).MustBe(422).Fields);
        (await tenant.Get("/events/stream?last_event_id=" + new string('a', 24))).MustBe(410);
        var scoped = (await tenant.Post("/api_keys", """{"name":"k","scopes":["read:users"]}""")).MustBe(201);
        using var narrow = (await servers.Get(On.Sqlite)).Client(scoped.Text("key"));
        (await narrow.Get("/events/stream")).MustBe(403);
    }

    [Fact]
    public async Task A_revoked_key_hears_nothing_more()
    {
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await TestServer.Start(On.Sqlite, clock: clock);
        using var tenant = await server.Tenant();
        var made = (await tenant.Post("/api_keys", """{"name":"k"}""")).MustBe(201);
        using var client = server.Client(made.Text("key"));
        using var listener = await EventListener.Open(client);
        (await tenant.Delete("/api_keys/" + made.Text("_id"))).MustBe(200);
        var ended = Drained(listener);
        for (var i = 0; i < 100 && !ended.IsCompleted; i++)
        {
            clock.Leap(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        Assert.DoesNotContain(
            "user.created", await ended.WaitAsync(TimeSpan.FromSeconds(10)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_stream_says_now_and_then_that_it_lives()
    {
        var clock = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await TestServer.Start(On.Sqlite, clock: clock);
        using var tenant = await server.Tenant();
        using var listener = await EventListener.Open(tenant);
        var line = listener.Line();
        for (var i = 0; i < 100 && !line.IsCompleted; i++)
        {
            clock.Leap(TimeSpan.FromSeconds(4));
            await Task.Delay(20);
        }

        Assert.Equal(": still here", await line);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_ends_its_streams_and_goes()
    {
        var server = await TestServer.Start(On.Sqlite);
        using var tenant = await server.Tenant();
        using var listener = await EventListener.Open(tenant);
        var ended = Drained(listener);
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Empty(await ended);
    }

    [Fact]
    public async Task More_streams_than_allowed_are_told_when_to_try_again()
    {
        await using var server = await TestServer.Start(
            On.Sqlite, o => o with { Api = o.Api with { EventStreams = 1 } });
        using var tenant = await server.Tenant();
        using (await EventListener.Open(tenant))
        {
            var refused = (await tenant.Get("/events/stream")).MustBe(429);
            Assert.Equal(("too_many_streams", "10"), (refused.Code, refused.Headers["Retry-After"]));
        }

        for (var i = 0; i < 200; i++)
        {
            using var response = await tenant.Http.GetAsync(
                "/v1.1/events/stream", HttpCompletionOption.ResponseHeadersRead);
            if (response.IsSuccessStatusCode) return; // the place is free again
            await Task.Delay(20);
        }

        Assert.Fail("A stream that was left keeps its place.");
    }

    private static async Task<string> Drained(EventListener listener)
    {
        var all = "";
        while (await listener.Line() is { } line) all += line;
        return all;
    }

    private static async Task<string> KeyOf(TestServer server)
    {
        using var tenant = await server.Tenant();
        return tenant.Key;
    }

    private static Task<string> User(ApiClient tenant, string name) => tenant.Make(
        "/users", $$"""{"firstname":"{{name}}","lastname":"L","email":"{{name}}@example.org"}""");
}
