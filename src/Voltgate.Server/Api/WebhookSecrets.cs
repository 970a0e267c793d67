using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>The secrets of webhooks: made here, sealed by the keyring, and two at once during a rotation.</summary>
internal sealed class WebhookSecrets(Database database, Keyring keyring, Entropy entropy, ServerOptions options)
{
    private const long OverlapMs = 24 * 3_600_000;

    private static readonly ResourceTable Whole = new("webhooks", "url", "active", "api_version", "secret");

    public static string New() => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public Statement Insert(Stored<WebhookResource> webhook, string secret)
    {
        var w = webhook.Resource;
        return Whole.Insert(webhook.Row, w.Url, w.Active, w.ApiVersion, keyring.Seal(secret));
    }

    public WireTime OverlapEnd() => new(entropy.NowMs + OverlapMs);

    public void Rotate(List<Statement> unit, string webhook, string secret, WireTime until) => unit.Add(Statement.Of(
        "update webhooks set old_secret = secret, old_secret_until = $2, secret = $3 where id = $1",
        webhook, until.Ms, keyring.Seal(secret)));

    /// <summary>A third secret within the overlap would cut off receivers that still verify with the first.</summary>
    public async Task<Refusal?> RefuseWhileRotating(JsonObject merged)
    {
        await using var connection = await database.Open();
        var until = await connection.ExecuteScalarAsync<long?>(
            "select old_secret_until from webhooks where id = @id", new { id = (string)merged["_id"]! });
        return until > entropy.NowMs
            ? Refusal.Conflict(
                "rotation_running", $"The last rotation ends at {new WireTime(until.Value)}; rotate again after that.")
            : null;
    }

    public async Task<bool> AreTooMany(string organization, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from webhooks where organization = @organization", new { organization })
            >= options.Webhooks.MaxEndpoints;
    }
}
