using System.Text.Json;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Api;

public sealed class DocumentationTests(SharedServers servers)
{
    [Fact]
    public async Task The_document_that_is_checked_in_is_the_one_that_is_served()
    {
        using var client = (await servers.Get(On.Sqlite)).Client("");
        var served = Pretty(await client.Http.GetStringAsync("/openapi.json"));
        var file = Path.Combine(Script.Root, "docs", "openapi.json");
        Assert.True(
            served == await File.ReadAllTextAsync(file),
            "docs/openapi.json is not what is served: copy the openapi.json that the build wrote beside voltgate.dll.");
    }

    [Fact]
    public async Task Each_route_says_what_it_does_and_every_reference_leads_somewhere()
    {
        using var client = (await servers.Get(On.Sqlite)).Client("");
        var document = JsonNode.Parse(await client.Http.GetStringAsync("/openapi.json"))!;

        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        Assert.Contains("/users/{id}", paths.Select(p => p.Key));
        Assert.All(
            paths.SelectMany(p => p.Value!.AsObject()),
            operation => Assert.False(
                string.IsNullOrWhiteSpace((string?)operation.Value!["summary"]), operation.Value.ToJsonString()));
        foreach (var reference in References(document))
            Assert.NotNull(reference.Split('/').Skip(1).Aggregate<string, JsonNode?>(
                document, (node, name) => node?[name]));
    }

    [Fact]
    public async Task The_browser_asks_nobody_else_for_anything()
    {
        using var client = (await servers.Get(On.Sqlite)).Client("");
        foreach (var page in (string[])["/docs/index.html", "/docs/index.js", "/docs/swagger-ui.css"])
        {
            var text = await client.Http.GetStringAsync(page);
            Assert.DoesNotMatch("(src|href)=\"(https?:)?//", text);
            Assert.DoesNotContain("url(http", text, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(
            p => p is { Key: "$ref", Value: JsonValue v } ? [(string)v!] : References(p.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };

    private static string Pretty(string json) =>
        JsonNode.Parse(json)!.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
