using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;

namespace Voltgate.Server.Api;

/// <summary>
/// A request of /v1 on its way to the route of ours that answers it: what differs is moved about here.
/// </summary>
internal sealed class V1Ask
{
    private static readonly JsonDocumentOptions Parsing = new() { MaxDepth = 1_000 };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["driver"] = "user", ["include_driver"] = "include_user", ["transaction"] = "session",
    };

    private readonly byte[] given;

    private V1Ask(Call call, byte[] given, JsonObject? body) => (Call, this.given, Body) = (call, given, body);

    public Call Call { get; }

    /// <summary>Null: it is no sound JSON object, which our route tells its sender.</summary>
    public JsonObject? Body { get; }

    public static V1Ask Of(Call call, byte[] given) => new(call, given, Read(given));

    /// <summary>What our words call a parameter.</summary>
    public static string NameOf(string theirs) => Names.GetValueOrDefault(theirs, theirs);

    public void Rename(string theirs, string ours)
    {
        if (Body is null || !Body.ContainsKey(theirs)) return;
        var value = Body[theirs];
        Body.Remove(theirs);
        Body[ours] = value;
    }

    /// <summary>A field that has one meaning here; another value is refused.</summary>
    public Refusal? Only(string field, string value)
    {
        if (Body is null || !Body.ContainsKey(field)) return null;
        if (Body[field] is not JsonValue said || !said.TryGetValue<string>(out var text) || text != value)
            return Refusal.Invalid(field, $"Only {value} is known here.");
        Body.Remove(field);
        return null;
    }

    /// <summary>An id that stands in the body there and in the path here.</summary>
    public Refusal? ToPath(string field)
    {
        if (Body is null) return Refusal.Malformed("Send a JSON object.");
        if (Body[field] is not JsonValue said || !said.TryGetValue<string>(out var id) || id.Length == 0)
            return Refusal.Invalid(field, "Send its _id.");
        Body.Remove(field);
        Call.Http.Request.RouteValues["id"] = id;
        return null;
    }

    /// <summary>The same request as our route reads it.</summary>
    public Call For(ApiRoute ours)
    {
        var query = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var (name, value) in Call.Http.Request.Query)
            if (!IsIdle(name, value)) query[NameOf(name)] = value;
        Call.Http.Request.Query = new QueryCollection(query);
        return Call.As(ours, Body is null ? given : Encoding.UTF8.GetBytes(Body.ToJsonString()));
    }

    /// <summary>To include nothing is to ask for nothing.</summary>
    private static bool IsIdle(string name, StringValues value) =>
        name.StartsWith("include_", StringComparison.Ordinal) && value == "false";

    private static JsonObject? Read(byte[] given)
    {
        try
        {
            using var document = JsonDocument.Parse(given, Parsing);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Hygiene.Of(root).Count == 0
                ? JsonNode.Parse(given)!.AsObject()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
