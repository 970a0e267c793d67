using System.Text.Json.Nodes;
using Voltgate.Domain.Access;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// A new secret for a key. The old one works on for a while, so that programs can be changed one by one; one that
/// leaked is given no overlap. There are never more than two: a second rotation ends the oldest at once.
/// </summary>
internal sealed class KeyRotation(ResourceStore store, KeyCache cache, Entropy entropy)
{
    private const int DayMinutes = 1_440;

    public static readonly Shape Shape = new(
        "RotationBody",
        Field.Whole(
            "overlap_minutes", "Minutes for which the old secret works on; 0 ends it now.", 0, 30 * DayMinutes) with
        {
            Default = DayMinutes.ToString(),
        });

    public async Task<IResult> Rotate(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var until = entropy.NowMs + ((long)body.Value["overlap_minutes"]! * 60_000);
        NewKey? key = null;
        call.Audit.Shows("key");
        var changed = await store.Update(
            ApiKeyIssue.Kind, call, call.Id, new JsonObject { ["old_key_until"] = new WireTime(until).ToString() },
            also: (found, unit) =>
            {
                // Who rotates a key holds it then: nobody comes by scopes that way.
                foreach (var scope in found.Resource.Scopes)
                    if (!Scopes.Cover(call.Caller.Scopes, scope))
                        return Task.FromResult<Refusal?>(Refusal.Forbidden(scope));
                unit.Add(Statement.Of(
                    "update api_keys set old_key_id = key_id, old_secret_hash = secret_hash, old_until = $4, "
                    + "key_id = $2, secret_hash = $3 where id = $1",
                    found.Row.Id, key!.KeyId, key.SecretHash, until));
                return Task.FromResult<Refusal?>(null);
            },
            prepare: merged =>
            {
                key = NewKey.Make(live: !((string)merged["prefix"]!).StartsWith("vg_test_", StringComparison.Ordinal));
                merged["prefix"] = key.Prefix;
                return Task.FromResult<Refusal?>(null);
            });
        cache.Forget();
        return changed.Holds
            ? Success.Ok(
                "API key rotated; keep it, it is not shown again", ApiKeyIssue.Shown(changed.Value.Resource, key!))
            : changed.Refusal;
    }

    /// <summary>A key that is over before it begins is a slip.</summary>
    public Refusal? Past(JsonObject fields) =>
        (string?)fields["expiresAt"] is { } at && DateTimeOffset.Parse(at).ToUnixTimeMilliseconds() <= entropy.NowMs
            ? Refusal.Invalid("expiresAt", "Send a time that is to come; active false revokes the key now.")
            : null;
}
