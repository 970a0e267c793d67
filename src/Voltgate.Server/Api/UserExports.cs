using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What is kept of a driver, in one document that can be handed over (GDPR, article 15 and 20).</summary>
internal sealed class UserExports(ResourceStore store, Database database, SessionViews views, WalletStore wallets)
{
    private static readonly HashSet<string> Nothing = [];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/users/{id}/export", "read:users", Export)
        {
            Summary = "Everything that is kept of a driver: the user, tokens, sessions, reservations, wallet, "
                + "payments, top-ups.",
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
        var money = new Dictionary<string, string>
        {
            ["payments"] = "select body from payments where driver = @id",
            ["top_ups"] = "select body from top_ups where wallet = @id",
        };
        var exported = new JsonObject();
        foreach (var (name, sql) in money)
            exported[name] = ArrayOf(await connection.QueryAsync<string>(
                sql + " and organization = @organization order by created_at", values));
        var wallet = await wallets.Find(call.Organization, call.Id, call.Cancel);
        var sessions = await views.Word(call, states, Nothing);
        exported["user"] = JsonNode.Parse(found.Value.Body);
        exported["tokens"] = ArrayOf(tokens);
        exported["sessions"] = ArrayOf(sessions);
        exported["reservations"] = ArrayOf((await connection.QueryAsync<string>(
            "select body from reservations where driver = @id and organization = @organization order by created_at",
            values)).Select(ReservationsApi.Word));
        if (wallet is not null)
            exported["wallet"] = JsonNode.Parse(WalletsApi.Worded(wallet));
        return Success.Ok("Everything that is kept of this user", exported.ToJsonString());
    }

    private static JsonArray ArrayOf(IEnumerable<string> bodies) => new([.. bodies.Select(b => JsonNode.Parse(b))]);
}
