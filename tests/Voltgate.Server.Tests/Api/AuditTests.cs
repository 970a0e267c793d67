using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>A17: who, when, from where, what, before and after.</summary>
public sealed class AuditTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_write_is_told_with_who_where_before_and_after(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var admin = await OperatorClient.Join(server, tenant, "Support");
        var user = await tenant.Make("/users", """{"firstname":"Ada"}""");
        var changed = await admin.Send("PATCH", "/users/" + user, """{"firstname":"Eve"}""");

        var rows = (await tenant.Get($"/audit_log?resource={user}&sort_order=asc")).MustBe(200).Items;

        Assert.Equal(2, rows.Count);
        var (made, edited) = (rows.Single(r => r!["before"] is null)!, rows.Single(r => r!["before"] is not null)!);
        Assert.Equal("api_key", (string)made["actor"]!["type"]!);
        Assert.Equal("First key", (string)made["actor"]!["name"]!);
        Assert.Null(made["before"]);
        Assert.Equal("Ada", (string)made["after"]!["firstname"]!);
        Assert.Equal("admin", (string)edited["actor"]!["type"]!);
        Assert.Equal(admin.Email, (string)edited["actor"]!["name"]!);
        Assert.Equal(admin.Id, (string)edited["actor"]!["_id"]!);
        Assert.Equal("127.0.0.1", (string)edited["address"]!);
        Assert.Equal(changed.Headers["X-Request-Id"], (string)edited["request_id"]!);
        Assert.Equal("PATCH /users/{id}", $"{edited["method"]} {edited["route"]}");
        Assert.Equal("user done", $"{edited["object"]} {edited["result"]}");
        Assert.Equal("Ada", (string)edited["before"]!["firstname"]!);
        Assert.Equal("Eve", (string)edited["after"]!["firstname"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_refused_write_is_told_and_a_read_is_not(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var viewer = await OperatorClient.Join(server, tenant, "Viewer");
        (await viewer.Send("POST", "/users", "{}")).MustBe(403);
        (await tenant.Post("/locations", "{}")).MustBe(422);
        (await tenant.Delete("/users/0123456789abcdef01234567")).MustBe(404);
        (await tenant.Get("/users")).MustBe(200);

        var log = (await tenant.Get("/audit_log")).MustBe(200);
        var rows = log.Items.Select(r => $"{r!["method"]} {r["route"]} {r["result"]}").Order(StringComparer.Ordinal);

        // In order of their names: several may fall into one millisecond.
        Assert.Equal(
            [
                "DELETE /users/{id} not_found", "POST /admins done", "POST /auth/accept done",
                "POST /locations invalid_fields", "POST /users forbidden",
            ],
            rows);
        Assert.DoesNotContain("0123456789abcdef01234567", log.Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Every_secret_that_is_shown_is_told_and_none_is_kept(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var api = stage.Api;
        var me = (await api.Get("/me")).Result;
        var own = (string)me["organization"]!["_id"]!;
        (await api.Patch("/organizations/" + own, """{"reveal_station_passwords":true}""")).MustBe(200);
        var station = (await api.Post("/chargestations", "{}")).MustBe(201);
        var path = "/chargestations/" + station.Text("_id");
        var read = (await api.Get(path)).MustBe(200);
        var reset = (await api.Patch(path + "/reset_password", "{}")).MustBe(200);
        var key = (await api.Post("/api_keys", """{"name":"K"}""")).MustBe(201);
        var rotated = (await api.Post($"/api_keys/{key.Text("_id")}/rotate")).MustBe(200);
        var hook = (await api.Post("/webhooks", """{"url":"https://example.org/h","events":["*"]}""")).MustBe(201);
        var invited = (await api.Post("/admins", """{"email":"x@example.com","role":"Viewer"}""")).MustBe(201);
        var secret = """{"key":"AuthorizationKey","value":"0123456789abcdef"}""";
        (await api.Post($"/chargestations/{stage.Words["s1"]}/configurations", secret)).MustBe(200);
        await api.Http.PostAsync("/oauth/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = key.Text("_id"),
            ["client_secret"] = rotated.Text("key"),
        }));

        var log = (await api.Get("/audit_log?paginate_limit=1000&sort_order=asc")).MustBe(200);

        var told = log.Items.Where(r => r!["reveals"] is not null)
            .Select(r => $"{r!["method"]} {r["route"]} {r["reveals"]}").Distinct().Order(StringComparer.Ordinal);
        string[] expected =
            [
                "POST /chargestations security.password", "GET /chargestations/{id} security.password",
                "PATCH /chargestations/{id}/reset_password security.password", "POST /api_keys key",
                "POST /api_keys/{id}/rotate key", "POST /webhooks secret", "POST /admins invitation",
                "POST /oauth/token access_token",
            ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), told);
        string[] secrets =
        [
            (string)read.Result["security"]!["password"]!, (string)reset.Result["security"]!["password"]!,
            key.Text("key"), rotated.Text("key"), hook.Text("secret"),
            (string)invited.Result["invitation"]!["token"]!, "0123456789abcdef\"",
        ];
        foreach (var text in secrets) Assert.DoesNotContain(text, log.Body, StringComparison.Ordinal);
        Assert.Contains("[redacted]", log.Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Orders_to_stations_are_told_and_what_stations_say_is_not(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var (connector, user) = (stage.Words["c1"], stage.Words["u1"]);
        var start = $$"""{"connector":"{{connector}}","user":"{{user}}"}""";
        var before = (await stage.Api.Get("/audit_log")).Items.Select(r => (string)r!["_id"]!).ToHashSet();
        var session = await stage.Api.Make("/sessions", start);
        await stage.Station.Answer(await stage.NextCall(), """{"status":"Accepted"}""");
        (await stage.Api.Post("/sessions", start)).MustBe(409);
        (await stage.Api.Post($"/sessions/{session}/stop")).MustBe(200);
        (await stage.Api.Patch("/connectors/" + connector, """{"active":false}""")).MustBe(200);

        var log = (await stage.Api.Get("/audit_log?sort_order=asc&paginate_limit=1000")).MustBe(200).Items
            .Where(r => !before.Contains((string)r!["_id"]!))
            .Select(r => $"{r!["method"]} {r["route"]} {r["object"]} {r["result"]}").Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "PATCH /connectors/{id} connector done", "POST /sessions chargestation connector_busy",
                "POST /sessions session done", "POST /sessions/{id}/stop session done",
            ],
            log);
        var stop = Assert.Single(
            (await stage.Api.Get($"/audit_log?resource={session}")).Items, r => r!["before"] is not null)!;
        Assert.Equal("created", (string)stop["before"]!["status"]!);
        Assert.Equal("cancelled", (string)stop["after"]!["status"]!);
    }

    [Fact]
    public async Task No_route_that_writes_is_left_out()
    {
        await using var server = await TestServer.Start();
        using var root = server.Client();
        using var admin = await OperatorClient.Join(server, root, "Admin");
        var silent = new List<string>();
        foreach (var route in RoleTests.Routes(server).Where(r => r is { Open: false, Writes: true }))
        {
            if (admin.Secret is null) (await admin.Login()).MustBe(200);
            var answer = await admin.Send(route.Verb, RoleTests.PathOf(route), RoleTests.BodyOf(route));
            var told = await root.Get("/audit_log?request_id=" + answer.Headers["X-Request-Id"]);
            var rows = told.MustBe(200).Items;
            if (rows.Count != 1) silent.Add($"{route.Verb} {route.Path}: {rows.Count} rows");
        }

        Assert.Empty(silent);
    }

    [Fact]
    public async Task A_secret_that_was_refused_was_not_shown_and_a_replay_is_told_as_one()
    {
        await using var stage = await Stage.Set(On.Sqlite);
        var hook = """{"url":"https://example.org/h","events":["payment.*"]}""";
        for (var i = 0; i < 20; i++) (await stage.Api.Post("/webhooks", hook)).MustBe(201);
        (await stage.Api.Post("/webhooks", hook)).MustBe(409);
        var start = $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""";
        for (var i = 0; i < 2; i++) (await stage.Api.Post("/sessions", start, ("Idempotency-Key", "k"))).MustBe(201);

        var log = (await stage.Api.Get("/audit_log?paginate_limit=1000")).MustBe(200).Items;

        var refused = Assert.Single(log, r => (string)r!["result"]! == "too_many_webhooks")!;
        Assert.Null(refused["reveals"]);
        Assert.Equal(["done", "replayed"], log.Where(r => (string)r!["route"]! == "/sessions")
            .Select(r => (string)r!["result"]!).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_write_that_cannot_be_told_is_not_done(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var users = (await root.Get("/users")).Json["total"]!.GetValue<long>();
        await server.Services.GetRequiredService<Committer>().Commit(
            [Statement.Of("alter table audit_log rename to audit_log_away")]);

        Assert.True((await root.Post("/users", "{}")).Status >= 500);

        Assert.Equal(users, (await root.Get("/users")).Json["total"]!.GetValue<long>());
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Sign_ins_are_told_those_that_fail_too_and_those_of_nobody_to_the_root(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        using var tenant = await server.Tenant();
        using var viewer = await OperatorClient.Join(server, tenant, "Viewer");
        (await viewer.Login("a wrong password")).MustBe(401);
        (await viewer.Login()).MustBe(200);
        (await viewer.Login("secret typed as a name", "my password")).MustBe(401);

        var rows = (await tenant.Get("/audit_log?route=/auth/login")).MustBe(200);
        var roots = (await root.Get("/audit_log?route=/auth/login")).MustBe(200);

        Assert.Equal(["done", "unauthenticated"], rows.Items.Select(r => (string)r!["result"]!).Order());
        Assert.All(rows.Items, r => Assert.Equal(viewer.Email, (string)r!["actor"]!["name"]!));
        Assert.Equal("nobody", (string)Assert.Single(roots.Items)!["actor"]!["type"]!);
        Assert.DoesNotContain("password", roots.Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_log_is_filtered_and_each_organisation_sees_its_own(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        using var other = await server.Tenant();
        await tenant.Make("/users", "{}");
        await other.Make("/users", "{}");

        Assert.Single((await tenant.Get("/audit_log?object=user&method=POST&actor_type=api_key")).MustBe(200).Items);
        Assert.Empty((await tenant.Get("/audit_log?createdAt[$lt]=2020-01-01T00:00:00Z")).MustBe(200).Items);
        Assert.Equal(["nonsense"], (await tenant.Get("/audit_log?nonsense=1")).MustBe(422).Fields);
        Assert.Equal(1, (await tenant.Get("/audit_log")).Json["total"]!.GetValue<long>());
        (await tenant.Delete("/audit_log")).MustBe(405);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Erasing_a_person_takes_what_the_log_told_of_them(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var user = await root.Make("/users", """{"firstname":"Ada","email":"ada@example.com"}""");
        var card = await root.Make("/tokens", $$"""{"physicalId":"04A1B2","user":"{{user}}"}""");

        (await root.Delete("/users/" + user)).MustBe(200);

        var log = (await root.Get("/audit_log?sort_order=asc")).MustBe(200);
        Assert.DoesNotContain("Ada", log.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("04A1B2", log.Body, StringComparison.Ordinal);
        Assert.Equal(
            ["token True", "user ", "user True"],
            log.Items.Select(r => $"{r!["object"]} {r["erased"]?.GetValue<bool>()}").Order(StringComparer.Ordinal));
        await AuditChainTests.Sealed(server);
        Assert.All(
            await new AuditChain(server.Services.GetRequiredService<Database>()).Walk(),
            verdict => Assert.Null(verdict.Break));
        Assert.NotEqual(user, card);
    }
}
