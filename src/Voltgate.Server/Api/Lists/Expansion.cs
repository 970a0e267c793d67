using System.Text.Json.Nodes;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// <c>include_&lt;relation&gt;=true</c>: puts the related resource where its id stands. For relations
/// whose body lies in the store as GET shows it.
/// </summary>
internal sealed class Expansion(Database database)
{
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["user"] = "users", ["location"] = "locations", ["rate"] = "rates", ["token"] = "tokens",
    };

    /// <summary>One resource, with what the query string of its read asks for; another parameter is refused.</summary>
    public async Task<Outcome<string>> Of(Call call, string body, params IReadOnlyList<string> allowed)
    {
        var includes = IncludesOf(call, allowed.Count == 0 ? [.. Tables.Keys] : allowed);
        return includes.Holds ? (await Of(call, [body], includes.Value))[0] : includes.Refusal;
    }

    /// <summary>What a read of one resource is asked to include.</summary>
    public static Outcome<HashSet<string>> IncludesOf(Call call, IReadOnlyList<string> allowed)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Http.Request.Query)
        {
            var relation = name.StartsWith("include_", StringComparison.Ordinal) ? name["include_".Length..] : "";
            if (!allowed.Contains(relation)) return Refusal.Invalid(name, "There is no such parameter.");
            if (!bool.TryParse(value, out var wanted)) return Refusal.Invalid(name, "Send true or false.");
            if (wanted) asked.Add(relation);
        }

        return asked;
    }

    public async Task<IReadOnlyList<string>> Of(Call call, IReadOnlyList<string> bodies, IReadOnlySet<string> relations)
    {
        if (relations.Count == 0 || bodies.Count == 0) return bodies;
        var resources = bodies.Select(b => JsonNode.Parse(b)!.AsObject()).ToList();
        await using var connection = await database.Open(call.Cancel);
        foreach (var relation in relations)
        {
            var ids = resources.Select(r => r[relation] as JsonValue).OfType<JsonValue>()
                .Select(v => v.GetValue<string>()).Distinct(StringComparer.Ordinal).ToArray();
            var related = await Bodies.Of(connection, Tables[relation], call.Organization, ids);
            foreach (var resource in resources)
                if (resource[relation] is JsonValue id && related.TryGetValue(id.GetValue<string>(), out var body))
                    resource[relation] = JsonNode.Parse(body);
        }

        return [.. resources.Select(r => r.ToJsonString())];
    }
}
