using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Api;

/// <summary>A09 and what leads there: invitations, sessions, passwords.</summary>
public sealed class OperatorTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_invitation_sets_a_password_once_and_signs_in(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var email = $"{Guid.NewGuid():N}@example.com";
        var made = (await tenant.Post(
            "/admins", $$"""{"email":"{{email.ToUpperInvariant()}}","role":"Support","name":"S"}""")).MustBe(201);
        var token = (string)made.Result["invitation"]!["token"]!;
        using var browser = new OperatorClient(server.Url) { Email = email };
        Assert.True((bool)made.Result["invited"]!);
        Assert.EndsWith("/invitation#" + token, (string)made.Result["invitation"]!["link"]!, StringComparison.Ordinal);
        Assert.Equal(["password"], (await browser.Accept(token, "short")).MustBe(422).Fields);

        var welcome = (await browser.Accept(token)).MustBe(200);

        Assert.Equal(email, (string)welcome.Result["admin"]!["email"]!);
        var me = (await browser.Get("/me")).MustBe(200);
        Assert.Equal("Support", (string)me.Result["admin"]!["role"]!);
        Assert.Null(me.Result["api_key"]);
        (await browser.Accept(token)).MustBe(422);
        using var elsewhere = new OperatorClient(server.Url);
        (await elsewhere.Login(email: email)).MustBe(200);
        var read = (await tenant.Get("/admins/" + made.Text("_id"))).MustBe(200);
        Assert.False((bool)read.Result["invited"]!);
        Assert.DoesNotContain("invitation", read.Body, StringComparison.Ordinal);
        Assert.NotNull(read.Result["lastLoginAt"]);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_first_operator_signs_in_and_is_listed(string provider)
    {
        await using var server = await TestServer.Start(
            provider, o => o with { Bootstrap = o.Bootstrap with { OperatorEmail = "First@Example.com" } });
        var made = server.Services.GetRequiredService<FirstOperator>().Made!;
        using var browser = new OperatorClient(server.Url);

        (await browser.Login(made.Password, made.Email)).MustBe(200);

        var listed = Assert.Single((await browser.Get("/admins?sort_by=email")).MustBe(200).Items)!;
        Assert.Equal("first@example.com", (string)listed["email"]!);
        Assert.Equal("Admin", (string)listed["role"]!);
        Assert.NotNull(listed["createdAt"]);
    }

    [Fact]
    public async Task An_invitation_runs_out_and_a_newer_one_replaces_it()
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(clock: clock);
        using var root = server.Client();
        using var browser = new OperatorClient(server.Url);
        var made = await root.Post("/admins", """{"email":"a@example.com","role":"Viewer"}""");
        var first = (string)made.Result["invitation"]!["token"]!;
        var again = (await root.Post($"/admins/{made.Text("_id")}/invite")).MustBe(200);
        var second = (string)again.Result["invitation"]!["token"]!;

        Assert.Equal(["invitation"], (await browser.Accept(first)).MustBe(422).Fields);
        clock.Leap(TimeSpan.FromHours(73));
        (await browser.Accept(second)).MustBe(422);
        (await root.Post("/admins", """{"email":"A@example.com","role":"Viewer"}""")).MustBe(409);
    }

    [Fact]
    public async Task The_cookie_is_http_only_lax_and_named_for_its_host_alone_when_it_is_secure()
    {
        await using var plain = await TestServer.Start();
        await using var secure = await TestServer.Start(
            configure: o => o with { Server = o.Server with { PublicUrl = "https://charge.example.com" } });

        var near = await SetCookie(plain);
        var far = await SetCookie(secure);

        Assert.Matches("^voltgate=[\\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax$", near);
        Assert.Matches("^__Host-voltgate=[\\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure$", far);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_is_new_at_each_login_hashed_in_the_store_and_over_after_logout(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var browser = await OperatorClient.Join(server, tenant, "Viewer");
        var first = browser.Secret!;

        // Fixation: a secret that was there before a login is worth nothing after it.
        (await browser.Login()).MustBe(200);
        var second = browser.Secret!;
        Assert.NotEqual(first, second);
        using var thief = server.Client("");
        (await thief.Send("GET", "/me", null, ("Cookie", "voltgate=" + first))).MustBe(401);
        (await thief.Send("GET", "/me", null, ("Cookie", "voltgate=" + second))).MustBe(200);

        (await browser.Send("POST", "/auth/logout", null)).MustBe(200);

        Assert.Null(browser.Secret);
        (await thief.Send("GET", "/me", null, ("Cookie", "voltgate=" + second))).MustBe(401);
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var rows = await connection.QueryAsync<string>("select secret_hash from operator_sessions");
        Assert.DoesNotContain(second, rows);
        Assert.Contains(Server.Api.Authentication.HashOf(second), rows);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_ends_by_idleness_and_by_age(string provider)
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(provider, clock: clock);
        using var root = server.Client();
        using var browser = await OperatorClient.Join(server, root, "Viewer");

        clock.Advance(TimeSpan.FromMinutes(59));
        (await browser.Get("/me")).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(59));
        (await browser.Get("/me")).MustBe(200);
        clock.Advance(TimeSpan.FromMinutes(61));
        (await browser.Get("/me")).MustBe(401);

        (await browser.Login()).MustBe(200);
        for (var i = 0; i < 23; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(31));
            (await browser.Get("/me")).MustBe(200);
        }

        clock.Advance(TimeSpan.FromMinutes(31));
        (await browser.Get("/me")).MustBe(401);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_operator_sees_their_own_sessions_ends_one_and_a_new_password_ends_the_others(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var here = await OperatorClient.Join(server, tenant, "Viewer");
        using var there = new OperatorClient(server.Url) { Email = here.Email };
        using var stranger = await OperatorClient.Join(server, tenant, "Admin");
        (await there.Login()).MustBe(200);

        var sessions = (await here.Get("/auth/sessions")).MustBe(200).Items;
        Assert.Equal(2, sessions.Count);
        Assert.Single(sessions, s => (bool)s!["current"]!);
        var other = (string)sessions.Single(s => !(bool)s!["current"]!)!["_id"]!;
        (await stranger.Send("DELETE", "/auth/sessions/" + other, null)).MustBe(404);
        (await here.Send("DELETE", "/auth/sessions/" + other, null)).MustBe(200);
        (await there.Get("/me")).MustBe(401);

        (await there.Login()).MustBe(200);
        var before = here.Secret;
        var change = """{"current_password":"correct horse battery","new_password":"another horse battery"}""";
        Assert.Equal(
            ["current_password"],
            (await here.Send("POST", "/auth/password", change.Replace("correct", "wrong"))).MustBe(422).Fields);
        (await here.Send("POST", "/auth/password", change)).MustBe(200);
        Assert.NotEqual(before, here.Secret);
        (await here.Get("/me")).MustBe(200);
        (await there.Get("/me")).MustBe(401);
        (await there.Login()).MustBe(401);
        (await there.Login("another horse battery")).MustBe(200);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_role_holds_at_once_and_nobody_takes_their_own_access(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var admin = await OperatorClient.Join(server, tenant, "Admin");
        using var viewer = await OperatorClient.Join(server, tenant, "Viewer");
        using var foreign = await server.Tenant("Other");
        (await viewer.Send("POST", "/users", "{}")).MustBe(403);

        (await admin.Send("PATCH", "/admins/" + viewer.Id, """{"role":"Support"}""")).MustBe(200);
        (await viewer.Send("POST", "/users", "{}")).MustBe(201);
        Assert.Equal("own_account", (await admin.Send("PATCH", "/admins/" + admin.Id, """{"active":false}""")).Code);
        Assert.Equal("own_account", (await admin.Send("DELETE", "/admins/" + admin.Id, null)).Code);
        (await foreign.Patch("/admins/" + viewer.Id, """{"role":"Admin"}""")).MustBe(404);
        (await admin.Send("PATCH", "/admins/" + viewer.Id, """{"active":false}""")).MustBe(200);
        (await viewer.Get("/me")).MustBe(401);
        (await viewer.Login()).MustBe(401);
        (await admin.Send("DELETE", "/admins/" + viewer.Id, null)).MustBe(200);
        (await admin.Get("/admins/" + viewer.Id)).MustBe(404);
    }

    [Fact]
    public async Task A_key_invites_nobody_who_may_more_than_it()
    {
        var server = await servers.Get(On.Sqlite);
        using var tenant = await server.Tenant();
        var made = await tenant.Post("/api_keys", """{"name":"Inviter","scopes":["write:admins","read:*"]}""");
        using var key = server.Client(made.Text("key"));
        using var admin = await OperatorClient.Join(server, tenant, "Admin");

        (await key.Post("/admins", """{"email":"x1@example.com","role":"Admin"}""")).MustBe(403);
        (await key.Post("/admins", """{"email":"x2@example.com","role":"Support"}""")).MustBe(403);
        (await key.Post($"/admins/{admin.Id}/invite")).MustBe(403);
        (await key.Delete("/admins/" + admin.Id)).MustBe(403);
        (await key.Post("/admins", """{"email":"x3@example.com","role":"Viewer"}""")).MustBe(201);
        (await key.Post("/auth/logout")).MustBe(403);
        (await key.Get("/auth/sessions")).MustBe(403);
    }

    private static async Task<string> SetCookie(TestServer server)
    {
        using var root = server.Client();
        var made = await root.Post("/admins", """{"email":"a@example.com","role":"Viewer"}""");
        var token = (string)made.Result["invitation"]!["token"]!;
        using var client = server.Client("");
        var answer = await client.Post(
            "/auth/accept", $$"""{"invitation":"{{token}}","password":"{{OperatorClient.Password}}"}""");
        return answer.MustBe(200).Headers["Set-Cookie"];
    }
}
