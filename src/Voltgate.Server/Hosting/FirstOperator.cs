using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Hosting;

/// <summary>A login as it is shown, once.</summary>
internal sealed record OperatorLogin(string Email, string Password);

/// <summary>Makes an operator of the root organisation where there is none.</summary>
internal sealed class FirstOperator(Database database, Committer committer, Entropy entropy, ServerOptions options)
{
    private const int PasswordBytes = 15;

    private static readonly ResourceTable Operators = new("operators", "email", "role", "password_hash", "active");

    /// <summary>What this start made; null: there was one, or the settings want none.</summary>
    public OperatorLogin? Made { get; private set; }

    /// <summary>The root organisation must be there, and the committer must run.</summary>
    public async Task Run(CancellationToken cancel = default)
    {
        if (options.Bootstrap.OperatorEmail is not { Length: > 0 } given) return;
        if (await RootWithoutOperator(cancel) is not { } organization) return;

        var email = given.ToLowerInvariant();
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordBytes));
        var (id, now) = (entropy.NewId(), entropy.NowMs);
        var at = new WireTime(now).ToString();
        var body = new JsonObject
        {
            ["_id"] = id, ["email"] = email, ["role"] = "Admin", ["active"] = true, ["createdAt"] = at,
            ["updatedAt"] = at,
        };
        var row = new StoredResource(id, organization, 1, now, now, body.ToJsonString());
        var insert = Operators.Insert(row, email, "Admin", PasswordHash.Of(password), true);

        // A duplicate: another process was first, and showed its own.
        if (await committer.Commit([insert], cancel) == CommitStatus.Done) Made = new OperatorLogin(email, password);
    }

    private async Task<string?> RootWithoutOperator(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<string?>(
            "select id from organizations where root = @root and not exists (select 1 from operators)",
            new { root = true });
    }
}
