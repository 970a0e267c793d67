using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Domain.Stations;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Whether what a body refers to exists in the caller's organisation.</summary>
internal sealed class References(Database database, QuirkBook quirks)
{
    /// <summary>Null where all hold. A reference to somebody else's object is as unknown as one to none.</summary>
    /// <param name="references">Field, table, id; a null id refers to nothing.</param>
    public async Task<Refusal?> Check(
        Call call, params IReadOnlyList<(string Field, string Table, JsonNode? Id)> references)
    {
        var errors = new List<FieldError>();
        foreach (var (field, table, id) in references)
            if ((string?)id is { } value && !await Exists(call, table, value))
                errors.Add(new FieldError(field, $"There is no such object in {table}; send the _id of one of yours."));
        return errors.Count == 0 ? null : Refusal.Invalid(errors);
    }

    /// <summary>Null where a station's body names no quirk profile, or one that there is.</summary>
    public Refusal? QuirkProfile(JsonObject station) =>
        (string?)station["quirk_profile"] is not (null or StationSettings.NoQuirks) and var name
            && quirks.Named(name) is null
            ? Refusal.Invalid(
                "quirk_profile",
                $"There is no such quirk profile; send {StationSettings.NoQuirks}, null or one of GET /quirk_profiles.")
            : null;

    /// <param name="table">One of ours, never a client's word.</param>
    public async Task<bool> Exists(Call call, string table, string id)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.ExecuteScalarAsync<long>(
            $"select count(*) from {table} where id = @id and organization = @organization",
            new { id, organization = call.Organization }) > 0;
    }

    /// <summary>Whether any row of the table has that value there, in any organisation.</summary>
    public async Task<long> Count(Call call, string table, string column, string value)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.ExecuteScalarAsync<long>(
            $"select count(*) from {table} where {column} = @value", new { value });
    }

    /// <summary>One column of a row of the caller's, or null: no such row.</summary>
    public async Task<string?> Read(Call call, string table, string column, string id)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.QueryFirstOrDefaultAsync<string>(
            $"select {column} from {table} where id = @id and organization = @organization",
            new { id, organization = call.Organization });
    }
}
