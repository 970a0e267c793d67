using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Voltgate.Domain.Events;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Drivers. Each is made with a virtual token, which remote starts carry.</summary>
internal sealed class UsersApi(ResourceStore store, ListReader lists, Erasure erasure, Entropy entropy)
{
    public static readonly ResourceKind<UserResource> Kind = new(
        "user", new ResourceTable("users", "email", "active", "erased", "search"), WireContext.Default.UserResource,
        u => [u.Email, u.Active, false, SearchOf(u)]);

    private static readonly Shape Phone = new(
        "Phone", Field.Text("mobile", max: 50), Field.Text("home", max: 50), Field.Text("work", max: 50));

    public static readonly Shape Shape = new(
        "UserBody",
        Field.Text("firstname", max: 200),
        Field.Text("lastname", max: 200),
        Fields.Email,
        Fields.Active with { Description = "False: charging is refused." },
        Field.Text("picture", "A URL.", max: 2_048),
        Field.Object("address", Fields.Address),
        Field.Object("phone", Phone),
        Field.Word("role", ["user"]) with { Default = "\"user\"" },
        Field.List("favorite_chargestations", Field.Id("chargestation"), max: 200) with { Default = "[]" },
        Field.MetaData);

    public const string Erased =
        "select 1 from users where id = @id and organization = @organization and erased = true";

    private const string HasMoney =
        "select 1 from wallets where id = @id and organization = @organization and balance > 0";

    private static readonly ListSpec List = new(
        "users", Filter.Text("email"), Filter.Flag("active"), Filter.Search)
    {
        Where = "erased = false", Sorts = new Dictionary<string, string> { ["name"] = "search" },
    };

    public IReadOnlyList<ApiRoute> Routes => [.. At("/users", alias: false), .. At("/user", alias: true)];

    public static string SearchOf(UserResource u) => SearchText.Of(
        string.Join(' ', u.Firstname, u.Lastname), u.Email, u.Id, u.Phone?.Mobile, u.Phone?.Home, u.Phone?.Work,
        u.Address?.City);

    /// <summary>The documentation this product follows writes /user/{id} in places; both work.</summary>
    private IEnumerable<ApiRoute> At(string path, bool alias) =>
    [
        new("GET", path, "read:users", lists.Read)
        {
            Summary = "List users.", List = List, Answer = typeof(UserResource), Alias = alias,
        },
        new("POST", path, "write:users", Create)
        {
            Summary = "Create a user, with the virtual token that remote starts carry.",
            Body = Shape, Answer = typeof(UserResource), Alias = alias,
        },
        new("GET", path + "/{id}", "read:users", Get)
        {
            Summary = "Read a user.", Answer = typeof(UserResource), Alias = alias,
        },
        new("PATCH", path + "/{id}", "write:users", Update)
        {
            Summary = "Change a user; active false blocks charging.",
            Body = Shape, Answer = typeof(UserResource), Alias = alias,
        },
        new("DELETE", path + "/{id}", "write:users", Delete)
        {
            Summary = "Erase a user: personal data and tokens go, sessions stay under a pseudonym.",
            Answer = typeof(UserResource), Alias = alias, Refusals = [(409, "user_in_use"), (409, "wallet_not_empty")],
        },
    ];

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var made = await store.Create(Kind, call.Organization, body.Value, call.Audit, WithToken);
        return made.Holds ? Success.Created("User created", made.Value.Body) : made.Refusal;
    }

    /// <summary>A user of an import, not yet committed.</summary>
    public async Task<Outcome<ImportedRow>> Prepare(Call call, JsonObject fields)
    {
        var made = await store.Prepare(Kind, call.Organization, fields, call.Audit, WithToken);
        return made.Holds ? new ImportedRow(made.Value.Made.Row.Id, made.Value.Unit) : made.Refusal;
    }

    private Task<Refusal?> WithToken(Stored<UserResource> user, List<Statement> unit)
    {
        AddVirtualToken(unit, user.Row);
        return Task.FromResult<Refusal?>(null);
    }

    /// <summary>20 characters, the most that OCPP 1.6 carries as an idTag, and nothing of the person in them.</summary>
    private void AddVirtualToken(List<Statement> unit, StoredResource user)
    {
        var fields = new JsonObject
        {
            ["physicalId"] = "VG" + RandomNumberGenerator.GetHexString(18),
            ["type"] = TokensApi.Virtual,
            ["user"] = user.Id,
            ["active"] = true,
        };
        var token = store.Word(TokensApi.Kind, user.Organization, entropy.NewId(), version: 1, user.CreatedAt, fields);
        unit.Add(TokensApi.Kind.Table.Insert(token.Row, TokensApi.Kind.Columns(token.Resource)));
        EventLog.Add(unit, EventBody.Edited(entropy, TokensApi.Kind.Name, EventTypes.Created, token.Row));
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await Find(call);
        return found.Holds ? Success.Ok("User", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var found = await Find(call);
        if (!found.Holds) return found.Refusal;
        var changed = await store.Update(Kind, call, call.Id, body.Value);
        return changed.Holds ? Success.Ok("User updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var found = await Find(call);
        if (!found.Holds) return found.Refusal;
        if (await store.Any(call, HasMoney, call.Id))
            return Refusal.Conflict("wallet_not_empty", "The user's wallet holds money; pay it out or adjust it to 0.");
        var gone = await erasure.Erase(call, call.Id);
        return gone.Holds ? Success.Ok("User erased", gone.Value.Body) : gone.Refusal;
    }

    private async Task<Outcome<Stored<UserResource>>> Find(Call call) =>
        await store.Any(call, Erased, call.Id)
            ? Refusal.NotFound
            : await store.Find(Kind, call, call.Id);
}
