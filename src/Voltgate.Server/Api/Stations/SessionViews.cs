using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Domain.Sessions;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Words sessions for readers, with the relations they asked for in place of the ids.</summary>
internal sealed class SessionViews(
    Database database, SessionStore sessions, StationViews stations, SessionHistory history)
{
    public static readonly IReadOnlyList<string> Relations = ["user", "chargestation", "connector", "rate", "token"];

    public SessionHistory History => history;

    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Parent { get; init; } = "";

        public string Body { get; init; } = "";
    }

    /// <summary>The include_ parameters of a single read; any other parameter is refused.</summary>
    public static Outcome<IReadOnlySet<string>> Asked(Call call)
    {
        var asked = new HashSet<string>();
        foreach (var (name, value) in call.Http.Request.Query)
        {
            var relation = name.StartsWith("include_", StringComparison.Ordinal) ? name["include_".Length..] : "";
            if (!Relations.Contains(relation))
                return Refusal.Invalid(
                    name, "There is no such parameter; use include_" + string.Join(", include_", Relations) + ".");
            if (value == "true") asked.Add(relation);
        }

        return asked;
    }

    public async Task<string> Word(Call call, Session session, IReadOnlySet<string> includes) =>
        (await Expand(call, [session], includes))[0];

    public async Task<IReadOnlyList<string>> Word(Call call, IEnumerable<string> bodies, IReadOnlySet<string> includes)
    {
        return await Expand(call, await Read(bodies, call.Cancel), includes);
    }

    public async Task<List<Session>> Read(IEnumerable<string> bodies, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var read = new List<Session>();
        foreach (var body in bodies) read.Add(await sessions.WithPlan(connection, DomainJson.ReadSession(body)));
        return read;
    }

    private async Task<IReadOnlyList<string>> Expand(Call call, List<Session> read, IReadOnlySet<string> includes)
    {
        var worded = read.Select(s => StationJson.Write(SessionResource.Of(s))).ToList();
        if (includes.Count == 0 || read.Count == 0) return worded;
        var nodes = worded.Select(w => JsonNode.Parse(w)!.AsObject()).ToList();
        foreach (var relation in includes)
        {
            var ids = nodes.Select(n => (string?)n[relation]).OfType<string>().Distinct().ToArray();
            var bodies = await Bodies(call, relation, ids);
            foreach (var node in nodes)
                if ((string?)node[relation] is { } id && bodies.TryGetValue(id, out var body))
                    node[relation] = JsonNode.Parse(body);
        }

        return [.. nodes.Select(n => n.ToJsonString())];
    }

    private async Task<Dictionary<string, string>> Bodies(Call call, string relation, string[] ids)
    {
        if (ids.Length == 0) return [];
        var (table, parent) = relation switch
        {
            "user" => ("users", "id"),
            "token" => ("tokens", "id"),
            "rate" => ("rates", "id"),
            "connector" => ("connectors", "chargestation"),
            _ => ("chargestations", "id"),
        };
        await using var connection = await database.Open(call.Cancel);
        var values = new DynamicParameters(new { organization = call.Organization });
        var rows = (await connection.QueryAsync<Row>(
            $"select id as Id, {parent} as Parent, body as Body from {table} "
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
