using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What is kept of a driver, in one document that can be handed over (GDPR, article 15 and 20).</summary>
internal sealed class UserExports(ResourceStore store, Database database, SessionViews views)
{
    private static readonly HashSet<string> Nothing = [];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/users/{id}/export", "read:users", Export)
        {
            Summary = "Everything that is kept of a driver: the user, the tokens, the sessions.",
            Answer = typeof(UserExportResource), Refusals = [(422, "invalid_fields")],
        },
    ];

    private async Task<IResult> Export(Call call)
    {
        var found = await store.Find(UsersApi.Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        if (call.Http.Request.Query.Count > 0)
            return Refusal.Invalid(call.Http.Request.Query.First().Key, "There is no such parameter.");
        var values = new { id = call.Id, organization = call.Organization };
        await using var connection = await database.Open(call.Cancel);
        var tokens = await connection.QueryAsync<string>(
            "select body from tokens where driver = @id and organization = @organization order by created_at", values);
        var states = await connection.QueryAsync<string>(
            $"select {SessionStore.StateOf("s")} from sessions s "
            + "where s.driver = @id and s.organization = @organization order by s.created_at", values);
        var sessions = await views.Word(call, states, Nothing);
        return Success.Ok("Everything that is kept of this user", new JsonObject
        {
            ["user"] = JsonNode.Parse(found.Value.Body),
            ["tokens"] = new JsonArray([.. tokens.Select(t => JsonNode.Parse(t))]),
            ["sessions"] = new JsonArray([.. sessions.Select(s => JsonNode.Parse(s))]),
        }.ToJsonString());
    }
}
