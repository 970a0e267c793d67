using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Voltgate.Domain.Access;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>A key's text, shown once, and what the store keeps of it.</summary>
internal sealed record NewKey(string Text, string KeyId, string SecretHash, string Prefix)
{
    private const int ShownLength = 18;

    public static NewKey Make(bool live)
    {
        var text = ApiKeyText.Make(
            live, RandomNumberGenerator.GetBytes(ApiKeyText.KeyIdLength), RandomNumberGenerator.GetBytes(32));
        return new NewKey(text.Whole, text.KeyId, Authentication.HashOf(text.Secret), text.Whole[..ShownLength]);
    }

    /// <summary>A key that somebody chose; null where it is too short or mistyped.</summary>
    public static NewKey? Given(string text) =>
        Authentication.NameOf(text) is var (keyId, secret)
            ? new NewKey(text, keyId, Authentication.HashOf(secret), text[..4])
            : null;
}

/// <summary>Writes new API keys: for tenants that ask, and the first one of all.</summary>
internal sealed class ApiKeyIssue(ResourceStore store, Entropy entropy)
{
    public static readonly ResourceKind<ApiKeyResource> Kind = new(
        "api_key", new ResourceTable("api_keys", "active", "expires_at"), WireContext.Default.ApiKeyResource,
        k => [k.Active, k.ExpiresAt?.Ms]);

    private static readonly ResourceTable Whole = new("api_keys", "active", "expires_at", "key_id", "secret_hash");

    /// <summary>The stored key as JSON with its text in <c>key</c>, this once.</summary>
    public async Task<Outcome<string>> Issue(Call call, NewKey key, JsonObject fields)
    {
        fields["prefix"] = key.Prefix;
        var made = await store.Create(
            Kind, call.Organization, fields, call.Audit,
            insert: k => Whole.Insert(
                k.Row, k.Resource.Active, k.Resource.ExpiresAt?.Ms, key.KeyId, key.SecretHash));
        return made.Holds ? Shown(made.Value.Resource, key) : made.Refusal;
    }

    public static string Shown(ApiKeyResource resource, NewKey key) =>
        Wire.Write(resource with { Key = key.Text }, WireContext.Default.ApiKeyResource);

    /// <summary>The statements that give an organisation a key, for a commit that makes both.</summary>
    public ApiKeyResource Add(
        List<Statement> unit, string organization, string name, NewKey key, params string[] scopes)
    {
        var now = entropy.NowMs;
        var resource = new ApiKeyResource
        {
            Id = entropy.NewId(), Name = name, Prefix = key.Prefix, Scopes = scopes, Active = true,
            CreatedAt = new WireTime(now), UpdatedAt = new WireTime(now),
        };
        var row = new StoredResource(
            resource.Id, organization, 1, now, now, Wire.Write(resource, WireContext.Default.ApiKeyResource));
        unit.Add(Whole.Insert(row, true, null, key.KeyId, key.SecretHash));
        EventLog.Add(unit, EventBody.Edited(entropy, Kind.Name, Domain.Events.EventTypes.Created, row));
        return resource;
    }
}
