using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// <c>include_&lt;relation&gt;=true</c>: puts the related resource, as GET shows it, where its id stands.
/// </summary>
internal sealed class Expansion(Database database, StationViews stations)
{
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["user"] = "users", ["location"] = "locations", ["rate"] = "rates", ["token"] = "tokens",
        ["chargestation"] = "chargestations", ["connector"] = "connectors",
    };

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Parent { get; init; } = "";

        public string Body { get; init; } = "";
    }

    /// <summary>One resource, with what the query string of its read asks for; another parameter is refused.</summary>
    public async Task<Outcome<string>> Of(Call call, string body, params IReadOnlyList<string> allowed)
    {
        var includes = IncludesOf(call, allowed);
        return includes.Holds ? (await Of(call, [body], includes.Value))[0] : includes.Refusal;
    }

    /// <summary>What a read of one resource is asked to include.</summary>
    public static Outcome<HashSet<string>> IncludesOf(Call call, IReadOnlyList<string> allowed)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Http.Request.Query)
        {
            var relation = name.StartsWith("include_", StringComparison.Ordinal) ? name["include_".Length..] : "";
            if (!allowed.Contains(relation))
                return Refusal.Invalid(
                    name, "There is no such parameter; use include_" + string.Join(", include_", allowed) + ".");
            if (!bool.TryParse(value, out var wanted)) return Refusal.Invalid(name, "Send true or false.");
            if (wanted) asked.Add(relation);
        }

        return asked;
    }

    public async Task<IReadOnlyList<string>> Of(Call call, IReadOnlyList<string> bodies, IReadOnlySet<string> relations)
    {
        if (relations.Count == 0 || bodies.Count == 0) return bodies;
        var resources = bodies.Select(b => JsonNode.Parse(b)!.AsObject()).ToList();
        foreach (var relation in relations)
        {
            var ids = resources.Select(r => r[relation]).OfType<JsonValue>()
                .Select(v => v.GetValue<string>()).Distinct(StringComparer.Ordinal).ToArray();
            var related = await Related(call, relation, ids);
            foreach (var resource in resources)
                if (resource[relation] is JsonValue id && related.TryGetValue(id.GetValue<string>(), out var body))
                    resource[relation] = JsonNode.Parse(body);
        }

        return [.. resources.Select(r => r.ToJsonString())];
    }

    private async Task<Dictionary<string, string>> Related(Call call, string relation, string[] ids)
    {
        if (ids.Length == 0) return [];
        var parent = relation == "connector" ? "chargestation" : "id";
        await using var connection = await database.Open(call.Cancel);
        var values = new DynamicParameters(new { organization = call.Organization });
        var rows = (await connection.QueryAsync<Row>(
            $"select id as Id, {parent} as Parent, body as Body from {Tables[relation]} "
            + $"where organization = @organization and id in {InList.Of(values, ids)}", values)).ToList();
        var worded = relation switch
        {
            "chargestation" => await stations.Stations([.. rows.Select(r => r.Body)], call.Cancel),
            "connector" => await stations.Connectors([.. rows.Select(r => (r.Parent, r.Body))], call.Cancel),
            _ => [.. rows.Select(r => r.Body)],
        };
        return rows.Select((r, i) => (r.Id, Body: worded[i])).ToDictionary(r => r.Id, r => r.Body);
    }
}
