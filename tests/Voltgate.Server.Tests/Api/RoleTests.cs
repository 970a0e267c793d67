using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Domain.Access;
using Voltgate.Server.Api;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Api;

/// <summary>
/// A02 and A07: docs/roles.md says who may call what. It is made by calling every route of the table as everybody.
/// </summary>
public sealed class RoleTests
{
    private const string Nobody = "0123456789abcdef01234567";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_table_that_is_checked_in_is_what_every_route_does_to_every_role(string provider)
    {
        await using var server = await TestServer.Start(provider, Hospitable);
        using var root = server.Client();
        var table = new StringBuilder(Head);
        using var admin = await OperatorClient.Join(server, root, Roles.Admin);
        using var support = await OperatorClient.Join(server, root, Roles.Support);
        using var viewer = await OperatorClient.Join(server, root, Roles.Viewer);
        foreach (var route in Routes(server))
        {
            var row = new List<string> { $"{route.Verb} {route.Path}", Scope(route) };
            foreach (var who in (OperatorClient[])[admin, support, viewer])
                row.Add(await MayCall(who, route) ? "yes" : "–");
            table.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        var made = Path.Combine(AppContext.BaseDirectory, "roles.md");
        await File.WriteAllTextAsync(made, table.ToString());
        Assert.True(
            table.ToString() == await File.ReadAllTextAsync(Path.Combine(Script.Root, "docs", "roles.md")),
            "docs/roles.md is not what the routes do: read and copy " + made);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_key_with_a_routes_scope_passes_and_one_with_every_other_scope_does_not(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        var every = Scopes.Resources.SelectMany(r => (string[])["read:" + r, "write:" + r]).ToArray();
        foreach (var scoped in Routes(server).Where(r => r.Scope is not null).GroupBy(r => r.Scope!))
        {
            using var with = await Key(server, root, [scoped.Key]);
            using var without = await Key(server, root, [.. every.Where(s => s != scoped.Key)]);
            foreach (var route in scoped)
            {
                var passed = await Ask(with, route);
                // The one check behind the scope: only who holds a scope hands it on.
                var isScope = passed.Status != 403 || !passed.Message.Contains(scoped.Key + ";");
                Assert.True(isScope && passed.Status is not (401 or >= 500), Told(route, scoped.Key, passed));
                var refused = await Ask(without, route);
                Assert.True(refused.Status == 403, Told(route, "without " + scoped.Key, refused));
                Assert.Contains(scoped.Key, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_route_but_the_doors_asks_who_calls()
    {
        await using var server = await TestServer.Start();
        using var nobody = server.Client("");
        var open = new List<string>();
        foreach (var route in Routes(server))
        {
            var answer = await Ask(nobody, route);
            if (answer.Status != 401) open.Add($"{route.Verb} {route.Path}");
        }

        // An upload's address is its credential: a token that one station was told, for one file. Stripe signs.
        Assert.Equal(
            [
                "POST /oauth/token", "POST /auth/login", "POST /auth/accept",
                "POST /payment_providers/stripe/{organization}",
            ],
            open.Where(o => !o.Contains(" /uploads/{token}", StringComparison.Ordinal)));
    }

    /// <summary>Only a failure's body is read: a stream's has no end.</summary>
    private static async Task<ApiAnswer> Ask(ApiClient client, ApiRoute route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Verb), "/v1.1" + PathOf(route));
        if (BodyOf(route) is { } body) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync();
        return new ApiAnswer((int)response.StatusCode, text, new Dictionary<string, string>());
    }

    private static string Told(ApiRoute route, string who, ApiAnswer answer) =>
        $"{route.Verb} {route.Path} {who}: {answer.Status} {answer.Body}";

    private static async Task<bool> MayCall(OperatorClient who, ApiRoute route)
    {
        if (who.Secret is null) (await who.Login()).MustBe(200); // the route before was the way out
        var status = await who.Status(route.Verb, PathOf(route), BodyOf(route));
        var isDoor = route.Open && status == 401;
        Assert.True(isDoor || status is not (401 or >= 500), $"{route.Verb} {route.Path} {who.Email}: {status}");
        return status != 403;
    }

    private static async Task<ApiClient> Key(TestServer server, ApiClient root, string[] scopes)
    {
        var list = string.Join(",", scopes.Select(s => $"\"{s}\""));
        var made = (await root.Post("/api_keys", $$"""{"name":"K","scopes":[{{list}}]}""")).MustBe(201);
        return server.Client(made.Text("key"));
    }

    /// <summary>
    /// As the API's table holds them; what is there under two names or twice is tried once, and /v1 is for V1Tests.
    /// </summary>
    internal static IEnumerable<ApiRoute> Routes(TestServer server) =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e is not RouteEndpoint { RoutePattern.RawText: { } path } || !path.StartsWith("/v1/"))
            .Select(e => e.Metadata.GetMetadata<ApiRoute>()).OfType<ApiRoute>()
            .DistinctBy(r => (r.Verb, r.Path));

    private static string Scope(ApiRoute route) => route switch
    {
        { Open: true } => "anybody",
        { OperatorsOnly: true } => "operators, no key",
        _ => route.Scope ?? "any key",
    };

    internal static string PathOf(ApiRoute route) =>
        route.Path.Replace("{id}", Nobody).Replace("{delivery}", Nobody);

    internal static string? BodyOf(ApiRoute route) => route.Verb is "POST" or "PATCH" ? "{}" : null;

    private static ServerOptions Hospitable(ServerOptions options) => options with
    {
        Operators = new OperatorsSection { SourceTriesPerMinute = 600, AccountTriesPerMinute = 600 },
    };

    private const string Head = """
        # Who may call what

        Made and held by a test that calls every route as everybody (`RoleTests`). A key needs the scope; an operator's
        role stands for a set of scopes (`Roles.cs`). Nothing here says whose objects: of another organisation's there
        are none.

        | route | scope | Admin | Support | Viewer |
        |---|---|---|---|---|

        """;
}
