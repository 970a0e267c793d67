using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Api;

/// <summary>One operation of docs/openapi.json, which another test holds to what is served.</summary>
internal sealed record Operation(string Verb, string Path, JsonNode Body)
{
    /// <summary>GET /users/{id}</summary>
    public string Name => $"{Verb} {Path}";

    /// <summary>users</summary>
    public string Tag => Path.Split('/')[1];

    public JsonObject Responses => Body["responses"]!.AsObject();

    /// <summary>200 or 201.</summary>
    public int Success => int.Parse(Responses.Single(r => r.Key[0] == '2').Key);

    /// <summary>The one media type of what is answered when it is done.</summary>
    public KeyValuePair<string, JsonNode?> Answer => ((JsonObject)Responses[$"{Success}"]!["content"]!).Single();

    /// <summary>The media type of the body; null: it takes none.</summary>
    public KeyValuePair<string, JsonNode?>? Request => (Body["requestBody"]?["content"] as JsonObject)?.Single();

    public JsonArray Parameters => (JsonArray?)Body["parameters"] ?? [];

    public IEnumerable<string> CodesOf(int status) =>
        (Responses[$"{status}"]?["content"]?["application/json"]?["examples"] as JsonObject ?? [])
        .Select(e => e.Key);

    /// <summary>A JSON pointer, percent-encoded, to the schema of an answer.</summary>
    public string SchemaOf(int status) => string.Join(
        '/', ["", "paths", Step(Path), Verb.ToLowerInvariant(), "responses", $"{status}", "content",
            Step("application/json"), "schema"]);

    /// <summary>Whether it is what serves this verb and path, without the query.</summary>
    public bool Serves(string verb, string path)
    {
        var (mine, asked) = (Path.Split('/'), path.Split('/'));
        return Verb == verb && mine.Length == asked.Length
            && mine.Zip(asked).All(p => p.First == p.Second || p.First.StartsWith('{'));
    }

    private static string Step(string name) =>
        Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1"));
}

/// <summary>The document that integrators generate their clients from.</summary>
internal static class Documents
{
    public static string File => System.IO.Path.Combine(Script.Root, "docs", "openapi.json");

    public static JsonNode OpenApi { get; } = JsonNode.Parse(System.IO.File.ReadAllText(File))!;

    public static IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in OpenApi["paths"]!.AsObject()
           from verb in path.Value!.AsObject()
           select new Operation(verb.Key.ToUpperInvariant(), path.Key, verb.Value!),
    ];

    /// <summary>
    /// Fails where an operation refused with a code that the document does not name: every test that is refused looks.
    /// </summary>
    public static void MustKnow(HttpRequestMessage request, ApiAnswer answer)
    {
        if (answer.Status < 400 || !answer.Body.StartsWith('{') || (string?)answer.Json["code"] is not { } code) return;
        var path = request.RequestUri!.AbsolutePath; // sent, so it is absolute by now
        if (!path.StartsWith("/v1.1", StringComparison.Ordinal) || BeforeAny.Contains(code)) return;
        var operation = Operations
            .Where(o => o.Serves(request.Method.Method, path["/v1.1".Length..]))
            .MinBy(o => o.Path.Count(c => c == '{'));
        Assert.True(
            operation is null || operation.CodesOf(answer.Status).Contains(code),
            $"docs/openapi.json does not say that {operation?.Name} may answer {answer.Status} {code}: {answer.Body}");
    }

    // Of a path or a connection, before any operation is chosen; the document's introduction names them.
    private static readonly HashSet<string> BeforeAny = ["method_not_allowed", "timeout", "not_acceptable"];

    /// <summary>Has a judge of somebody else's compare examples, and these answers, with their schemas.</summary>
    public static Task<string> Judge(IEnumerable<JsonObject> answers) => Script.Run(
        Script.Peers, "node", ["examples.js"], new Dictionary<string, string> { ["VOLTGATE_OPENAPI"] = File },
        string.Concat(answers.Select(a => a.ToJsonString() + "\n")));
}
