using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Api;

/// <summary>A06 and G18: what becomes of keys over time.</summary>
public sealed class KeyTests
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_rotated_keys_old_secret_works_for_the_stated_overlap_and_then_no_more(string provider)
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(provider, clock: clock);
        using var root = server.Client();
        var made = (await root.Post("/api_keys", """{"name":"Till"}""")).MustBe(201);
        var path = $"/api_keys/{made.Text("_id")}/rotate";
        using var old = server.Client(made.Text("key"));

        var rotated = (await root.Post(path, """{"overlap_minutes":30}""")).MustBe(200);

        using var young = server.Client(rotated.Text("key"));
        var until = DateTimeOffset.Parse(rotated.Text("old_key_until")).ToUnixTimeMilliseconds();
        Assert.Equal(clock.NowMs + (30 * 60_000), until);
        Assert.NotEqual(made.Text("prefix"), rotated.Text("prefix"));
        (await old.Get("/me")).MustBe(200);
        (await young.Get("/me")).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(29));
        (await old.Get("/me")).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await old.Get("/me")).MustBe(401);
        (await young.Get("/me")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_second_rotation_ends_the_oldest_secret_and_a_revocation_all_of_them(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var made = (await root.Post("/api_keys", """{"name":"Till"}""")).MustBe(201);
        var path = "/api_keys/" + made.Text("_id");
        using var first = server.Client(made.Text("key"));
        using var second = server.Client((await root.Post(path + "/rotate")).MustBe(200).Text("key"));
        using var third = server.Client((await root.Post(path + "/rotate", "{}")).MustBe(200).Text("key"));

        (await first.Get("/me")).MustBe(401);
        (await second.Get("/me")).MustBe(200);
        (await third.Get("/me")).MustBe(200);
        (await root.Patch(path, """{"active":false}""")).MustBe(200);
        (await second.Get("/me")).MustBe(401);
        (await third.Get("/me")).MustBe(401);
        Assert.Equal(
            ["overlap_minutes"], (await root.Post(path + "/rotate", """{"overlap_minutes":-1}""")).MustBe(422).Fields);
    }

    [Fact]
    public async Task A_token_dies_with_the_secret_that_bought_it()
    {
        await using var server = await TestServer.Start();
        using var root = server.Client();
        var made = (await root.Post("/api_keys", """{"name":"Leaked"}""")).MustBe(201);
        var (id, key) = (made.Text("_id"), made.Text("key"));
        var bought = await root.Post(
            "/oauth/token",
            $$"""{"grant_type":"client_credentials","client_id":"{{id}}","client_secret":"{{key}}"}""");
        using var client = server.Client((string)bought.MustBe(200).Json["access_token"]!);

        (await root.Post($"/api_keys/{id}/rotate", """{"overlap_minutes":10}""")).MustBe(200);
        (await client.Get("/me")).MustBe(200);
        (await root.Post($"/api_keys/{id}/rotate", """{"overlap_minutes":0}""")).MustBe(200);
        (await client.Get("/me")).MustBe(401);
    }

    [Fact]
    public async Task Nobody_comes_by_scopes_by_rotating_a_key_that_has_them()
    {
        await using var server = await TestServer.Start();
        using var root = server.Client();
        var all = await root.Make("/api_keys", """{"name":"All"}""");
        var made = await root.Post("/api_keys", """{"name":"Keys","scopes":["write:api_keys"]}""");
        using var keys = server.Client(made.Text("key"));

        (await keys.Post($"/api_keys/{all}/rotate")).MustBe(403);
        (await keys.Post($"/api_keys/{made.Text("_id")}/rotate")).MustBe(200);
    }

    [Fact]
    public async Task A_key_that_expires_before_it_begins_is_refused()
    {
        await using var server = await TestServer.Start();
        using var root = server.Client();
        var id = await root.Make("/api_keys", """{"name":"K"}""");

        Assert.Equal(
            ["expiresAt"],
            (await root.Post("/api_keys", """{"name":"K","expiresAt":"2020-01-01T00:00:00Z"}""")).MustBe(422).Fields);
        (await root.Patch("/api_keys/" + id, """{"expiresAt":"2020-01-01T00:00:00Z"}""")).MustBe(422);
        (await root.Patch("/api_keys/" + id, """{"expiresAt":null}""")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_key_with_a_wrong_checksum_is_refused_without_a_question_to_the_store(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var key = (await root.Post("/api_keys", """{"name":"K"}""")).MustBe(201).Text("key");
        var mistyped = key[..^1] + (key[^1] == 'A' ? 'B' : 'A');
        var stranger = NewKeyOf("vg_live_");
        await server.Services.GetRequiredService<Committer>().Commit(
            [Statement.Of("alter table api_keys rename to api_keys_away")]);

        // A store that is asked for a key now answers with an error: a well-formed key shows that it is asked.
        using var wrong = server.Client(mistyped);
        using var unknown = server.Client(stranger);
        (await wrong.Get("/me")).MustBe(401);
        (await unknown.Get("/me")).MustBe(500);
    }

    [Fact]
    public async Task A_revocation_holds_on_another_process_within_five_seconds()
    {
        var clock = new ShiftedClock();
        await using var first = await TestServer.Start(On.Postgres, clock: clock);
        await using var second = await first.Twin();
        using var root = first.Client();
        var made = (await root.Post("/api_keys", """{"name":"K"}""")).MustBe(201);
        using var there = second.Client(made.Text("key"));
        using var admin = await OperatorClient.Join(first, root, "Admin");
        using var thief = second.Client("");
        (await there.Get("/me")).MustBe(200);
        (await thief.Send("GET", "/me", null, ("Cookie", "voltgate=" + admin.Secret))).MustBe(200);

        (await root.Patch("/api_keys/" + made.Text("_id"), """{"active":false}""")).MustBe(200);
        (await root.Patch("/admins/" + admin.Id, """{"active":false}""")).MustBe(200);
        clock.Advance(TimeSpan.FromSeconds(5));

        (await there.Get("/me")).MustBe(401);
        (await thief.Send("GET", "/me", null, ("Cookie", "voltgate=" + admin.Secret))).MustBe(401);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_busy_keys_last_use_is_never_older_than_a_minute(string provider)
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(provider, clock: clock);
        using var root = server.Client();
        var oldest = 0L;
        for (var second = 0; second < 300; second += 10)
        {
            await root.Get("/me");
            clock.Advance(TimeSpan.FromSeconds(10));
            if (second < 60) continue;
            var shown = await Written(root, clock.NowMs - 60_000);
            oldest = Math.Max(oldest, clock.NowMs - shown);
        }

        Assert.True(oldest <= 60_000, $"{oldest} ms");
    }

    /// <summary>The last use as it is shown; the writer runs beside us and is waited for a moment.</summary>
    private static async Task<long> Written(ApiClient root, long wanted)
    {
        for (var i = 0; ; i++)
        {
            var text = (string?)(await root.Get("/api_keys")).MustBe(200).Items[0]!["lastUsedAt"];
            var shown = text is null ? 0 : DateTimeOffset.Parse(text).ToUnixTimeMilliseconds();
            if (shown >= wanted || i == 50) return shown;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static string NewKeyOf(string prefix) => Server.Api.NewKey.Make(prefix is "vg_live_").Text;
}
