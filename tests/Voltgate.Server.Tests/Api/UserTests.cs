using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

public sealed class UserTests(SharedServers servers)
{
    private const string Ada =
        """
        {"firstname":"Ada","lastname":"Lovelace","email":"ada@example.com","address":{"city":"London","country":"GB"},
         "phone":{"mobile":"+44 1"},"meta_data":{"fleet":7}}
        """;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_user_is_created_read_changed_and_listed(string provider)
    {
        using var tenant = await servers.Tenant(provider);

        var made = (await tenant.Post("/users", Ada)).MustBe(201);
        var id = made.Text("_id");
        Assert.Matches("^[0-9a-f]{24}$", id);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", made.Text("createdAt"));
        Assert.True((bool)made.Result["active"]!);
        Assert.Equal("user", made.Text("role"));

        var changed = (await tenant.Patch($"/users/{id}",
            """{"address":{"city":"Paris"},"lastname":null,"active":false}""")).MustBe(200);
        Assert.Equal("""{"city":"Paris","country":"GB"}""", changed.Result["address"]!.ToJsonString());
        Assert.Null(changed.Result["lastname"]);

        Assert.Equal(
            changed.Result.ToJsonString(), (await tenant.Get($"/user/{id}")).MustBe(200).Result.ToJsonString());
        Assert.Single((await tenant.Get("/users?active=false&email=ada@example.com")).MustBe(200).Items);
        Assert.Empty((await tenant.Get("/users?active=true")).MustBe(200).Items);
    }

    [Theory]
    [InlineData("""{"role":"Admin"}""", "role")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"address":{"country":"Germany"}}""", "address.country")]
    [InlineData("""{"address":{"street":"x"}}""", "address.street")]
    [InlineData("""{"favorite_chargestations":["x"]}""", "favorite_chargestations[0]")]
    public async Task What_a_user_cannot_be_is_named(string body, string field)
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        Assert.Equal([field], (await tenant.Post("/users", body)).MustBe(422).Fields);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_user_is_made_with_a_virtual_token_of_at_most_20_characters(string provider)
    {
        using var tenant = await servers.Tenant(provider);
        var id = await tenant.Make("/users", Ada);

        var token = Assert.Single((await tenant.Get($"/tokens?user={id}&type=central")).MustBe(200).Items)!;

        Assert.Equal("Central", (string)token["type"]!);
        Assert.InRange(((string)token["physicalId"]!).Length, 8, 20);
        (await tenant.Delete($"/tokens/{token["_id"]}")).MustBe(409);
        var expanded = (await tenant.Get($"/tokens?user={id}&include_user=true")).MustBe(200).Items[0]!;
        Assert.Equal("Ada", (string)expanded["user"]!["firstname"]!);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_erased_user_leaves_no_personal_data_behind(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/users", """{"firstname":"Zebedee","email":"zebedee@example.com"}""");
        await tenant.Make("/tokens", $$"""{"physicalId":"ZEBCARD1","user":"{{id}}"}""");

        var gone = (await tenant.Delete($"/users/{id}")).MustBe(200);

        Assert.Equal("Zebedee", gone.Text("firstname"));
        (await tenant.Get($"/users/{id}")).MustBe(404);
        (await tenant.Patch($"/users/{id}", "{}")).MustBe(404);
        (await tenant.Delete($"/users/{id}")).MustBe(404);
        Assert.Empty((await tenant.Get($"/tokens?user={id}")).Items);
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        foreach (var table in (string[])["users", "tokens", "events"])
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>(
                $"select count(*) from {table} where lower(body) like '%zebedee%' or lower(body) like '%zebcard%'"));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_user_who_is_charging_is_not_erased(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/users", Ada);
        var organization = (string)(await tenant.Get("/me")).Result["organization"]!["_id"]!;
        await server.Services.GetRequiredService<Committer>().Commit([Statement.Of(
            "insert into sessions (id, organization, chargestation, connector, driver, rate_version, status, "
                + "source, number, "
            + "created_at, updated_at) values ($1, $2, $3, $3, $4, 0, 'created', 'api', $5, 0, 0)",
            id, organization, "none", id, (long)id.GetHashCode(StringComparison.Ordinal))]);

        Assert.Equal("user_in_use", (await tenant.Delete($"/users/{id}")).MustBe(409).Code);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Each_edit_raises_its_event_in_order(string provider)
    {
        var server = await servers.Get(provider);
        using var tenant = await server.Tenant();
        var id = await tenant.Make("/users", Ada);
        await tenant.Patch($"/users/{id}", """{"active":false}""");
        await tenant.Delete($"/users/{id}");

        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var types = await connection.QueryAsync<string>(
            "select type from events where stream = @id order by seq", new { id });
        Assert.Equal(["user.created", "user.updated", "user.deleted"], types);
    }

    [Fact]
    public async Task Concurrent_changes_are_all_kept()
    {
        using var tenant = await servers.Tenant(On.Postgres);
        var id = await tenant.Make("/users", Ada);

        var answers = await Task.WhenAll(
            tenant.Patch($"/users/{id}", """{"firstname":"A"}"""), tenant.Patch($"/users/{id}", """{"lastname":"B"}"""),
            tenant.Patch($"/users/{id}", """{"picture":"C"}"""));

        Assert.All(answers, a => a.MustBe(200));
        var user = (await tenant.Get($"/users/{id}")).Result;
        Assert.Equal(
            ("A", "B", "C"), ((string)user["firstname"]!, (string)user["lastname"]!, (string)user["picture"]!));
    }
}
