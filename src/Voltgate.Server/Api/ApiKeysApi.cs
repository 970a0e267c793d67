using System.Text.Json.Nodes;
using Voltgate.Domain.Access;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>API keys: made, listed, changed, rotated, revoked. Their text is shown once.</summary>
internal sealed class ApiKeysApi(
    ResourceStore store, ListReader lists, ApiKeyIssue issue, KeyCache cache, KeyRotation rotation)
{
    private static readonly ResourceKind<ApiKeyResource> Kind = ApiKeyIssue.Kind;

    private static readonly Field ScopeField = Field.Text(
        "scope", "read:<resource>, write:<resource>, read:*, write:* or *.") with
    {
        Rule = s => Scopes.IsKnown((string)s!) ? null : "Send read:<resource>, write:<resource>, read:*, write:* or *.",
    };

    private static readonly Field[] Changeable =
    [
        Field.Text("name", "What the key is for.", max: 200, min: 1).Must,
        Field.List("scopes", ScopeField, "What the key may do; * is everything.", max: 50, min: 1),
        Field.Flag("active", "False revokes the key, within 5 seconds.", standard: true),
        Field.Time("expiresAt", "When the key stops working."),
        Field.MetaData,
    ];

    private static readonly Shape NewShape = new(
        "ApiKeyBody", [.. Changeable, Field.Word("mode", ["live", "test"], "A test key begins with vg_test_.")]);

    private static readonly Shape Shape = new("ApiKeyChange", Changeable);

    private static readonly ListSpec List = new("api_keys", Filter.Flag("active"))
    {
        Sorts = new Dictionary<string, string>
        {
            ["lastUsedAt"] = "coalesce(last_used_at, 0)", ["expiresAt"] = "coalesce(expires_at, 0)",
        },
        Select = "t.id as Id, t.body as Body, t.last_used_at as LastUsedAt",
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/api_keys", "read:api_keys", ListAll)
        {
            Summary = "List API keys, without their secrets.", List = List, Answer = typeof(ApiKeyResource),
        },
        new("POST", "/api_keys", "write:api_keys", Create)
        {
            Summary = "Make an API key; its text stands in key, this once.", Body = NewShape,
            Answer = typeof(ApiKeyResource),
        },
        new("GET", "/api_keys/{id}", "read:api_keys", Get) { Summary = "Read an API key.",
            Answer = typeof(ApiKeyResource) },
        new("PATCH", "/api_keys/{id}", "write:api_keys", Update)
        {
            Summary = "Change an API key.", Body = Shape, Answer = typeof(ApiKeyResource),
        },
        new("DELETE", "/api_keys/{id}", "write:api_keys", Delete)
        {
            Summary = "Revoke an API key for good.", Answer = typeof(ApiKeyResource),
        },
        new("POST", "/api_keys/{id}/rotate", "write:api_keys", rotation.Rotate)
        {
            Summary = "Give an API key a new secret; the old one works until old_key_until, then no more.",
            Body = KeyRotation.Shape, Answer = typeof(ApiKeyResource), Fresh = true,
            Refusals = [(409, "conflict")],
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read<KeyListRow>(
        call, List, (rows, _) =>
            Task.FromResult<IReadOnlyList<string>>([.. rows.Select(r => Worded(r.Body, r.LastUsedAt))]));

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = body.Value;
        var live = (string?)fields["mode"] != "test";
        fields.Remove("mode");
        fields["scopes"] ??= new JsonArray(Scopes.All);
        if ((Beyond(call, fields) ?? rotation.Past(fields)) is { } refusal) return refusal;
        call.Audit.Shows("key");
        var made = await issue.Issue(call, NewKey.Make(live), fields);
        return made.Holds ? Success.Created("API key created; keep it, it is not shown again", made.Value)
            : made.Refusal;
    }

    /// <summary>A key cannot give what it does not have.</summary>
    private static Refusal? Beyond(Call call, JsonObject fields)
    {
        if (fields["scopes"] is not JsonArray asked) return null;
        foreach (var scope in asked.Select(s => (string)s!))
            if (!Scopes.Cover(call.Caller.Scopes, scope))
                return Refusal.Forbidden(scope);
        return null;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        return Success.Ok(
            "API key",
            Worded(found.Value.Body, await store.Scalar(call, "select last_used_at from api_keys", call.Id)));
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if ((Beyond(call, body.Value) ?? rotation.Past(body.Value)) is { } refusal) return refusal;
        var changed = await store.Update(Kind, call, call.Id, body.Value);
        cache.Forget();
        return changed.Holds ? Success.Ok("API key updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        var gone = await store.Delete(Kind, call, call.Id);
        cache.Forget();
        return gone.Holds ? Success.Ok("API key deleted", gone.Value.Body) : gone.Refusal;
    }

    private static string Worded(string body, long? lastUsedAt) => lastUsedAt is null
        ? body
        : Wire.Write(Wire.Read(body, Kind.Json) with { LastUsedAt = WireTime.Of(lastUsedAt) }, Kind.Json);

    private sealed class KeyListRow
    {
        public string Body { get; init; } = "";

        public long? LastUsedAt { get; init; }
    }
}
