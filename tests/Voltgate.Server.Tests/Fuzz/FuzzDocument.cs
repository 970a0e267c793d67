using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>One entry of docs/openapi.json.</summary>
internal sealed record FuzzOperation(
    string Verb, string Path, string? ContentType, JsonNode? Body, JsonArray Parameters)
{
    public string Name => $"{Verb} {Path}";

    /// <summary>What it is about: "users" of /users/{id}.</summary>
    public string Resource => Path.Split('/')[1];

    /// <summary>What its answer is: a command answers an action, a ping or repeat a delivery.</summary>
    public string Answers => Path.Split('/').Length < 4 ? Resource : Resource == "webhooks" ? "deliveries" : "actions";

    public bool Writes => Verb != "GET";
}

/// <summary>docs/openapi.json as the fuzzer reads it.</summary>
internal sealed class FuzzDocument
{
    private readonly JsonNode document;

    private FuzzDocument(JsonNode document)
    {
        this.document = document;
        Operations = [.. Read().Where(o => o.Path != "/events/stream")]; // it has no end to wait for
    }

    public IReadOnlyList<FuzzOperation> Operations { get; }

    public static FuzzDocument Load() => new(
        JsonNode.Parse(File.ReadAllText(Path.Combine(Script.Root, "docs", "openapi.json")))!);

    /// <summary>A schema, and where it only refers to one, that one.</summary>
    public JsonNode Resolve(JsonNode schema)
    {
        while ((string?)schema["$ref"] is { } reference) schema = Named(reference[(reference.LastIndexOf('/') + 1)..])!;
        return schema;
    }

    public JsonNode? Named(string schema) => document["components"]!["schemas"]![schema];

    private IEnumerable<FuzzOperation> Read()
    {
        foreach (var (path, verbs) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in verbs!.AsObject())
            {
                var content = operation!["requestBody"]?["content"]?.AsObject().First();
                var schema = content?.Value?["schema"];
                yield return new FuzzOperation(
                    verb.ToUpperInvariant(), path, content?.Key, schema is null ? null : Resolve(schema),
                    operation["parameters"]?.AsArray() ?? []);
            }
        }
    }
}
