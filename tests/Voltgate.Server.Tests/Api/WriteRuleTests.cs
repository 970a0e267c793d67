using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Api;

/// <summary>
/// What holds for every write, whatever it writes: nothing is smuggled in (reliability A03), no second start without a
/// key (A05), and no route that is not documented (A21). Generated from the OpenAPI document.
/// </summary>
public sealed class WriteRuleTests(SharedServers servers)
{
    private static readonly string[] Smuggled =
        ["organization", "_id", "role", "cost", "status", "createdAt", "updatedAt", "root", "version", "nonsense"];

    [Fact]
    public async Task No_write_takes_a_field_that_it_does_not_know()
    {
        using var tenant = await servers.Tenant(On.Sqlite);
        using var api = await OperatorClient.Join(await servers.Get(On.Sqlite), tenant, "Admin");
        using var root = (await servers.Get(On.Sqlite)).Client();
        var document = await Document(tenant);
        var tried = 0;
        foreach (var (path, item) in document["paths"]!.AsObject())
            foreach (var (verb, operation) in item!.AsObject().Where(o => o.Key is "post" or "patch"))
            {
                // Only the root organisation makes others: tried by its own key.
                var asked = path == "/organizations";
                if (operation!["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema) continue;
                var known = Resolve(document, schema)["properties"]?.AsObject() ?? [];
                foreach (var field in Smuggled.Where(f => !known.ContainsKey(f)))
                {
                    var body = new JsonObject { [field] = "0123456789abcdef01234567" };
                    var answer = asked
                        ? await root.Post("/organizations", body.ToJsonString())
                        : await api.Send(verb.ToUpperInvariant(), Filled(path), body.ToJsonString());
                    Assert.True(
                        (answer.Status is 404 && path.Contains('{', StringComparison.Ordinal))
                            || (answer.Status is 422 && answer.Fields.Contains(field)),
                        $"{verb} {path} with {field}: {answer.Status} {answer.Body}");
                    tried++;
                }
            }

        Assert.True(tried > 300, $"only {tried} tries");
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Of_two_starts_on_one_connector_the_second_finds_it_busy(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var body = $$"""{"connector":"{{stage.Words["c1"]}}","user":"{{stage.Words["u1"]}}"}""";
        var both = await Task.WhenAll(stage.Api.Post("/sessions", body), stage.Api.Post("/sessions", body));
        Assert.Equal([201, 409], both.Select(b => b.Status).Order());
        Assert.Equal("connector_busy", both.Single(b => b.Status == 409).Code);
        Assert.Single((await stage.Api.Get("/sessions")).Items);
    }

    [Fact]
    public async Task Every_route_is_documented_or_a_known_second_name()
    {
        var server = await servers.Get(On.Sqlite);
        using var api = server.Client();
        var documented = (await Document(api))["paths"]!.AsObject()
            .SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"))
            .ToHashSet(StringComparer.Ordinal);
        var undocumented = server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(verb => $"{verb} /{e.RoutePattern.RawText!.TrimStart('/')}"))
            .Select(r => r.Replace(" /v1.1/", " /", StringComparison.Ordinal))
            // The older API is documented in docs/guides/v1.md, and V1Tests holds it to its own description.
            .Where(r => !r.Contains(" /v1/", StringComparison.Ordinal))
            .Where(r => !documented.Contains(r) && !documented.Contains(r.Replace(" /", " /v1.1/")))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(Known.SequenceEqual(undocumented), string.Join("\n", undocumented));
    }

    /// <summary>Second names of documented paths, and what no application calls.</summary>
    private static readonly string[] Known =
    [
        "ANY /ocpp/{**endpoint}",
        "DELETE /groups/{id}", "DELETE /user/{id}", "GET /groups", "GET /groups/{id}", "GET /groups/{id}/load",
        "GET /livez", "GET /openapi.json", "GET /readyz", "GET /top_ups", "GET /top_ups/{id}",
        "GET /user", "GET /user/{id}", "PATCH /groups/{id}", "PATCH /user/{id}",
        "POST /chargestations/{id}/clear_power_limit", "POST /chargestations/{id}/manage_power",
        "POST /chargestations/{id}/set_limit", "POST /chargestations/{id}/set_power_limit",
        "POST /connectors/{id}/clear_power_limit", "POST /connectors/{id}/manage_power",
        "POST /connectors/{id}/set_limit", "POST /connectors/{id}/set_power_limit",
        "POST /groups", "POST /groups/{id}/chargestations",
        "POST /sessions/{id}/clear_default_power_limit", "POST /sessions/{id}/manage_power",
        "POST /sessions/{id}/set_default_power_limit", "POST /sessions/{id}/set_limit",
        "POST /top_ups", "POST /top_ups/{id}/cancel", "POST /top_ups/{id}/complete",
        "POST /uploads/{token}", "POST /uploads/{token}/{name}", "POST /user",
        "PUT /uploads/{token}", "PUT /uploads/{token}/{name}",
    ];

    private static async Task<JsonNode> Document(ApiClient api) =>
        JsonNode.Parse(await api.Http.GetStringAsync("/openapi.json"))!;

    private static JsonNode Resolve(JsonNode document, JsonNode schema) => (string?)schema["$ref"] is { } reference
        ? reference[2..].Split('/').Aggregate(document, (at, name) => at[name]!)
        : schema;

    private static string Filled(string path) => string.Join(
        '/', path.Split('/').Select(part => part.StartsWith('{') ? "0123456789abcdef01234567" : part));
}
