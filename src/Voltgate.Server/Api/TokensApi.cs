using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>RFID cards and virtual ids.</summary>
internal sealed class TokensApi(ResourceStore store, ListReader lists, Expansion expansion)
{
    /// <summary>The type of the token that is made with a user.</summary>
    public const string Virtual = "Central";

    private const int LongestVirtual = 20;

    private const string Taken =
        "select 1 from tokens where organization = @organization and lower(physical_id) = lower(@id)";

    public static readonly ResourceKind<TokenResource> Kind = new(
        "token", new ResourceTable("tokens", "physical_id", "type", "driver", "active", "expires_at", "search"),
        WireContext.Default.TokenResource, t => [t.PhysicalId, t.Type, t.User, t.Active, t.ExpiresAt?.Ms, SearchOf(t)]);

    private static readonly string[] Types =
        [Virtual, "ISO14443", "ISO15693", "KeyCode", "MacAddress", "eMAID", "NoAuthorization"];

    public static readonly Shape Shape = new(
        "TokenBody",
        Field.Text(
            "physicalId", "What the station presents (idTag); its case does not matter.", max: 36, min: 1).Must with
        {
            Rule = t => ((string)t!).All(c => c is > ' ' and <= '~') ? null : "Send printable ASCII without blanks.",
        },
        Field.Word("type", Types) with { Default = "\"ISO14443\"" },
        Field.Id("user", "Whose card it is."),
        Field.Text("group", "Cards of one group may stop each other's sessions (parentIdTag).", max: 20),
        Fields.Active,
        Field.Flag("allow_concurrent", "May charge at several connectors at once; left out: as the server is set."),
        Field.Time("expiresAt"),
        Field.MetaData);

    private static readonly ListSpec List = new(
        "tokens", Filter.Text("physicalId", "physical_id"), Filter.Word("type", Types), Filter.Id("user", "driver"),
        Filter.Flag("active"), Filter.Search)
    {
        Includes = ["user"], Sorts = new Dictionary<string, string> { ["physicalId"] = "search" },
    };

    private static readonly ListSpec Unknown = new("unknown_tokens", Filter.Id("chargestation"))
    {
        CreatedAt = "first_seen_at", UpdatedAt = "last_seen_at", Key = "physical_id",
        Select = "t.physical_id as PhysicalId, t.chargestation as Chargestation, t.seen as Seen, "
            + "t.first_seen_at as FirstSeenAt, t.last_seen_at as LastSeenAt",
    };

    public static string SearchOf(TokenResource t) => SearchText.Of(t.PhysicalId, t.Id, t.Group, t.Type);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/tokens", "read:tokens", ListAll)
        {
            Summary = "List tokens.", List = List, Answer = typeof(TokenResource),
        },
        new("GET", "/tokens/unknown", "read:tokens", ListUnknown)
        {
            Summary = "List cards that were refused because nobody knows them; POST /tokens assigns one.",
            List = Unknown, Answer = typeof(UnknownCardResource),
        },
        new("POST", "/tokens", "write:tokens", Create)
        {
            Summary = "Create a token.",
            Body = Shape, Answer = typeof(TokenResource), Refusals = [(409, "token_exists")],
        },
        new("GET", "/tokens/{id}", "read:tokens", Get)
        {
            Summary = "Read a token.", Answer = typeof(TokenResource), Includes = ["user"],
        },
        new("PATCH", "/tokens/{id}", "write:tokens", Update)
        {
            Summary = "Change a token; user assigns it.", Body = Shape, Answer = typeof(TokenResource),
            Refusals = [(409, "token_exists")],
        },
        new("DELETE", "/tokens/{id}", "write:tokens", Delete)
        {
            Summary = "Delete a token.", Answer = typeof(TokenResource), Refusals = [(409, "token_is_virtual")],
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read(call, async (rows, includes) =>
        await expansion.Of(call, [.. rows.Select(r => r.Body)], includes));

    private Task<IResult> ListUnknown(Call call) => lists.Read<UnknownRow>(
        call, Unknown, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]));

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var made = await store.Create(Kind, call.Organization, body.Value, call.Audit, Assigned(call));
        return made.Holds ? Success.Created("Token created", made.Value.Body) : made.Refusal;
    }

    /// <summary>A token of an import, not yet committed.</summary>
    public async Task<Outcome<ImportedRow>> Prepare(Call call, JsonObject fields)
    {
        if (await store.Any(call, Taken, (string)fields["physicalId"]!))
            return Refusal.Conflict("token_exists", "There is such a token already.");
        var made = await store.Prepare(Kind, call.Organization, fields, call.Audit, Assigned(call));
        return made.Holds ? new ImportedRow(made.Value.Made.Row.Id, made.Value.Unit) : made.Refusal;
    }

    /// <summary>A card that becomes known is unknown no more.</summary>
    private Also<TokenResource> Assigned(Call call) => async (token, unit) =>
    {
        unit.Add(Statement.Of(
            "delete from unknown_tokens where organization = $1 and lower(physical_id) = lower($2)",
            call.Organization, token.Resource.PhysicalId));
        return await Wrong(call, token);
    };

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var included = await expansion.Of(call, found.Value.Body, "user");
        return included.Holds ? Success.Ok("Token", included.Value) : included.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var changed = await store.Update(Kind, call, call.Id, body.Value, (token, _) => Wrong(call, token));
        return changed.Holds ? Success.Ok("Token updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(Kind, call, call.Id, (token, _) => Task.FromResult(
            token.Resource is { Type: Virtual, User: not null }
                ? Refusal.Conflict(
                    "token_is_virtual", "Remote starts of its user need this token; set active to false instead.")
                : null));
        return gone.Holds ? Success.Ok("Token deleted", gone.Value.Body) : gone.Refusal;
    }

    private async Task<Refusal?> Wrong(Call call, Stored<TokenResource> token)
    {
        var resource = token.Resource;
        if (resource.Type == Virtual && resource.PhysicalId.Length > LongestVirtual)
            return Refusal.Invalid("physicalId", $"Send at most {LongestVirtual} characters with the type {Virtual}.");
        if (resource.User is { } user && !await store.Any(
                call, "select 1 from users where id = @id and organization = @organization and erased = false", user))
            return Refusal.Invalid("user", "There is no such user; send the _id of one.");
        return null;
    }

    private static string Worded(UnknownRow row) => Wire.Write(
        new UnknownCardResource(
            row.PhysicalId, row.Chargestation, row.Seen, new WireTime(row.FirstSeenAt), new WireTime(row.LastSeenAt)),
        WireContext.Default.UnknownCardResource);

    private sealed class UnknownRow
    {
        public string PhysicalId { get; init; } = "";

        public string Chargestation { get; init; } = "";

        public long Seen { get; init; }

        public long FirstSeenAt { get; init; }

        public long LastSeenAt { get; init; }
    }
}
