using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What a first start made. Text is the key, to be shown once; null where the settings gave it.</summary>
internal sealed record FirstStart(string Organization, string? KeyText);

/// <summary>Makes the root organisation and its first key in an empty store.</summary>
internal sealed class FirstKey(Database database, OrganizationsApi organizations, ServerOptions options)
{
    /// <summary>What this start made; null: the store had an organisation already.</summary>
    public FirstStart? Made { get; private set; }

    /// <summary>The committer must run.</summary>
    /// <exception cref="InvalidOperationException">The key in the settings cannot be one; it says why.</exception>
    public async Task Run(CancellationToken cancel = default)
    {
        await using (var connection = await database.Open(cancel))
            if (await connection.ExecuteScalarAsync<long>("select count(*) from organizations") > 0) return;

        var given = options.Bootstrap.ApiKey;
        var key = given.Length == 0 ? NewKey.Make(live: true) : NewKey.Given(given);
        if (key is null)
            throw new InvalidOperationException(
                $"Bootstrap:ApiKey must have {Authentication.ShortestOpaqueKey} characters or more, "
                + "and the right checksum if it begins with vg_live_ or vg_test_.");
        var made = await organizations.Create(
            new System.Text.Json.Nodes.JsonObject { ["name"] = options.Bootstrap.Organization }, key, root: true);
        Made = made.Holds
            ? new FirstStart(made.Value.Row.Id, given.Length == 0 ? key.Text : null)
            : throw new InvalidOperationException(made.Refusal.Message);
    }
}
