using Voltgate.Tests;

namespace Voltgate.Server.Tests.Api;

/// <summary>A13: how often one key may ask.</summary>
public sealed class RateLimitTests : IAsyncLifetime
{
    private readonly ManualTime clock = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
    private TestServer server = null!;
    private ApiClient tenant = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Start(
            On.Sqlite, o => o with { Api = new ApiSection() }, clock); // the limits as they come
        tenant = await server.Tenant();
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_601st_request_of_a_minute_waits_as_it_is_told()
    {
        ApiAnswer answer = null!;
        for (var i = 0; i < 600; i++) answer = (await tenant.Get("/me")).MustBe(200);
        Assert.Equal(
            ("600", "0", "60"),
            (answer.Headers["RateLimit-Limit"], answer.Headers["RateLimit-Remaining"],
                answer.Headers["RateLimit-Reset"]));

        var refused = (await tenant.Get("/me")).MustBe(429);
        Assert.Equal(("rate_limited", "1"), (refused.Code, refused.Headers["Retry-After"]));
        clock.Leap(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 10; i++) (await tenant.Get("/me")).MustBe(200); // a second's worth
        (await tenant.Get("/me")).MustBe(429);
        clock.Leap(TimeSpan.FromHours(1));
        Assert.Equal("599", (await tenant.Get("/me")).MustBe(200).Headers["RateLimit-Remaining"]);
    }

    [Fact]
    public async Task Writes_have_a_smaller_bucket_and_a_refused_one_costs_nothing()
    {
        for (var i = 0; i < 60; i++) (await Write(i)).MustBe(201);
        for (var i = 0; i < 5; i++) Assert.Equal("1", (await Write(99)).MustBe(429).Headers["Retry-After"]);
        (await tenant.Get("/sessions/aaaaaaaaaaaaaaaaaaaaaaaa/stop")).MustBe(429); // a GET that writes
        Assert.Equal("539", (await tenant.Get("/users")).MustBe(200).Headers["RateLimit-Remaining"]);
        clock.Leap(TimeSpan.FromSeconds(1));
        (await Write(100)).MustBe(201);
        (await Write(101)).MustBe(429);
    }

    [Fact]
    public async Task Each_key_has_its_own_and_a_wrong_one_takes_from_nobody()
    {
        var second = (await tenant.Post("/api_keys", """{"name":"second"}""")).MustBe(201);
        for (var i = 0; i < 599; i++) (await tenant.Get("/me")).MustBe(200);
        (await tenant.Get("/me")).MustBe(429);

        using var other = server.Client(second.Text("key"));
        (await other.Get("/me")).MustBe(200);
        using var nobody = server.Client("vg_live_wrong");
        (await nobody.Get("/me")).MustBe(401);
    }

    [Fact]
    public async Task No_limit_is_told_where_there_is_none()
    {
        await using var open = await TestServer.Start(On.Sqlite);
        using var client = await open.Tenant();

        Assert.False((await client.Get("/me")).MustBe(200).Headers.ContainsKey("RateLimit-Limit"));
    }

    private Task<ApiAnswer> Write(int i) =>
        tenant.Post("/locations", $$"""{"name":"L{{i}}","timezone":"UTC"}""");
}
