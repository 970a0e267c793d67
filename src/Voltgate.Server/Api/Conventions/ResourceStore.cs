using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Voltgate.Domain.Events;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What the store must know of a resource that people edit.</summary>
/// <param name="Name">"user": the object of its events and their prefix.</param>
/// <param name="Columns">The values of the table's own columns, in its order.</param>
internal sealed record ResourceKind<T>(
    string Name, ResourceTable Table, JsonTypeInfo<T> Json, Func<T, object?[]> Columns)
    where T : class;

/// <summary>A resource and the row it stands in.</summary>
internal sealed record Stored<T>(StoredResource Row, T Resource)
    where T : class
{
    public string Body => Row.Body;
}

/// <summary>A resource that is worded, and the rows that make it.</summary>
internal sealed record Prepared<T>(Stored<T> Made, List<Statement> Unit)
    where T : class;

/// <summary>What else belongs into the commit of a change; a refusal calls the change off.</summary>
internal delegate Task<Refusal?> Also<T>(Stored<T> changed, List<Statement> unit)
    where T : class;

/// <summary>Makes, changes and deletes resources, each with its event in one commit (ADR 0005).</summary>
internal sealed class ResourceStore(Database database, Committer committer, Entropy entropy)
{
    private const int Attempts = 5;

    public string NewId() => entropy.NewId();

    public async Task<Outcome<Stored<T>>> Find<T>(ResourceKind<T> kind, Call call, string id)
        where T : class
    {
        await using var connection = await database.Open(call.Cancel);
        var row = await connection.QuerySingleOrDefaultAsync<FoundRow>(
            kind.Table.FindSql, new { id, organization = call.Organization });
        if (row is null) return Refusal.NotFound;
        var stored = new StoredResource(row.Id, call.Organization, row.Version, row.CreatedAt, row.CreatedAt, row.Body);
        return new Stored<T>(stored, Wire.Read(row.Body, kind.Json));
    }

    /// <summary>
    /// Whether a row of the tenant meets a condition. Sql: "select 1 from sessions where driver = @id and …".
    /// </summary>
    public async Task<bool> Any(Call call, string sql, string id)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.ExecuteScalarAsync<long?>(
            $"select count(*) from ({sql} limit 1) found", new { id, organization = call.Organization }) > 0;
    }

    /// <summary>One number of a row that its body does not hold. Sql: "select last_used_at from api_keys".</summary>
    public async Task<long?> Scalar(Call call, string sql, string id)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.ExecuteScalarAsync<long?>(
            sql + " where id = @id and organization = @organization", new { id, organization = call.Organization });
    }

    /// <summary>One text of a row. Sql: "select body from payments".</summary>
    public async Task<string?> Text(Call call, string sql, string id)
    {
        await using var connection = await database.Open(call.Cancel);
        return await connection.ExecuteScalarAsync<string?>(
            sql + " where id = @id and organization = @organization", new { id, organization = call.Organization });
    }

    /// <param name="fields">Checked by the resource's shape.</param>
    /// <param name="audit">Of the request that makes it; null: the server makes it itself.</param>
    /// <param name="insert">Where the table has columns that no field speaks of.</param>
    public async Task<Outcome<Stored<T>>> Create<T>(
        ResourceKind<T> kind, string organization, JsonObject fields, AuditTrail? audit,
        Also<T>? also = null, Func<Stored<T>, Statement>? insert = null, string? id = null)
        where T : class
    {
        var prepared = await Prepare(kind, organization, fields, audit, also, insert, id);
        if (!prepared.Holds) return prepared.Refusal;
        var status = await committer.Commit(prepared.Value.Unit);
        if (status == CommitStatus.Done) audit?.Kept();
        return status switch
        {
            CommitStatus.Done => prepared.Value.Made,
            CommitStatus.Duplicate => Refusal.Conflict($"{kind.Name}_exists", $"There is such a {kind.Name} already."),
            _ => Refusal.Raced,
        };
    }

    /// <summary>A new resource and the rows that make it, for a commit of the caller's.</summary>
    public async Task<Outcome<Prepared<T>>> Prepare<T>(
        ResourceKind<T> kind, string organization, JsonObject fields, AuditTrail? audit,
        Also<T>? also = null, Func<Stored<T>, Statement>? insert = null, string? id = null)
        where T : class
    {
        var made = Word(kind, organization, id ?? entropy.NewId(), version: 1, entropy.NowMs, fields);
        var unit = new List<Statement>
        {
            insert?.Invoke(made) ?? kind.Table.Insert(made.Row, kind.Columns(made.Resource)),
        };
        if (also is not null && await also(made, unit) is { } refusal) return refusal;
        EventLog.Add(unit, EventBody.Edited(entropy, kind.Name, EventTypes.Created, made.Row));
        if (audit is not null) unit.AddRange(audit.Rows(new AuditChange(kind.Name, made.Row.Id, null, made.Body)));
        return new Prepared<T>(made, unit);
    }

    /// <summary>Changes the given fields and leaves the others; a race is run again.</summary>
    /// <param name="prepare">Completes the changed resource before it is read, or calls the change off.</param>
    public Task<Outcome<Stored<T>>> Update<T>(
        ResourceKind<T> kind, Call call, string id, JsonObject fields, Also<T>? also = null,
        Func<JsonObject, Task<Refusal?>>? prepare = null)
        where T : class => Change(kind, call, id, async (found, unit) =>
    {
        var merged = Merge(JsonNode.Parse(found.Body)!.AsObject(), fields);
        if (prepare is not null && await prepare(merged) is { } wrong) return wrong;
        var row = found.Row;
        var changed = Word(kind, row.Organization, row.Id, row.Version + 1, row.CreatedAt, merged);
        unit.Add(kind.Table.Update(changed.Row, row.Version, kind.Columns(changed.Resource)));
        if (also is not null && await also(changed, unit) is { } refusal) return refusal;
        EventLog.Add(unit, EventBody.Edited(entropy, kind.Name, EventTypes.Updated, changed.Row));
        unit.AddRange(call.Audit.Rows(new AuditChange(kind.Name, row.Id, found.Body, changed.Body)));
        return changed;
    });

    /// <param name="also">May refuse, and belongs into the commit.</param>
    /// <param name="delete">Instead of the row's deletion: a fence on its version that may ask for more.</param>
    /// <param name="told">What event and audit log tell of it; null: all.</param>
    /// <param name="erases">Resources whose details the audit log gives up with it.</param>
    public Task<Outcome<Stored<T>>> Delete<T>(
        ResourceKind<T> kind, Call call, string id, Also<T>? also = null, Func<Stored<T>, Statement>? delete = null,
        Func<Stored<T>, string>? told = null, List<string>? erases = null)
        where T : class => Change(kind, call, id, async (found, unit) =>
    {
        var row = found.Row;
        unit.Add(delete?.Invoke(found) ?? kind.Table.Delete(row.Id, row.Organization, row.Version));
        if (also is not null && await also(found, unit) is { } refusal) return refusal;
        var gone = row with { Version = row.Version + 1, Body = told?.Invoke(found) ?? row.Body };
        EventLog.Add(unit, EventBody.Edited(entropy, kind.Name, EventTypes.Deleted, gone));
        foreach (var erased in erases ?? []) unit.Add(AuditLog.Erase(row.Organization, erased));
        unit.AddRange(call.Audit.Rows(
            new AuditChange(kind.Name, row.Id, gone.Body, null) { Erases = erases?.ToArray() ?? [] }));
        return found;
    });

    /// <summary>Writes what a handler composed, the rows of its audit trail among it.</summary>
    public async Task<CommitStatus> Commit(Call call, IReadOnlyList<Statement> unit)
    {
        var status = await committer.Commit(unit);
        if (status == CommitStatus.Done) call.Audit.Kept();
        return status;
    }

    private async Task<Outcome<Stored<T>>> Change<T>(
        ResourceKind<T> kind, Call call, string id, Func<Stored<T>, List<Statement>, Task<Outcome<Stored<T>>>> decide)
        where T : class
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = await Find(kind, call, id);
            if (!found.Holds) return found;
            var unit = new List<Statement>();
            var changed = await decide(found.Value, unit);
            if (!changed.Holds) return changed;
            switch (await committer.Commit(unit))
            {
                case CommitStatus.Done:
                    call.Audit.Kept();
                    return changed;
                case CommitStatus.Duplicate when await IsUnchanged(kind, call, found.Value):
                    return Refusal.Conflict($"{kind.Name}_exists", $"There is such a {kind.Name} already.");
            }
        }

        return Refusal.Raced;
    }

    /// <summary>
    /// A duplicate key is either a value that is taken or, on PostgreSQL, the event's number, taken by a racing change.
    /// </summary>
    private async Task<bool> IsUnchanged<T>(ResourceKind<T> kind, Call call, Stored<T> before)
        where T : class
    {
        var now = await Find(kind, call, before.Row.Id);
        return now.Holds && now.Value.Row.Version == before.Row.Version;
    }

    /// <summary>A resource as it will lie in the store, for a commit that the caller composes.</summary>
    public Stored<T> Word<T>(
        ResourceKind<T> kind, string organization, string id, long version, long createdAt, JsonObject fields)
        where T : class
    {
        var now = Math.Max(entropy.NowMs, createdAt);
        fields["_id"] = id;
        fields["createdAt"] = new WireTime(version == 1 ? now : createdAt).ToString();
        fields["updatedAt"] = new WireTime(now).ToString();
        var resource = fields.Deserialize(kind.Json)!;
        var row = new StoredResource(
            id, organization, version, version == 1 ? now : createdAt, now, Wire.Write(resource, kind.Json));
        return new Stored<T>(row, resource);
    }

    /// <summary>
    /// Objects that a shape knows are merged; <c>meta_data</c> is the client's and replaced as a whole.
    /// </summary>
    private static JsonObject Merge(JsonObject into, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            if (value is JsonObject inner && into[name] is JsonObject outer && name != Field.MetaData.Name)
                Merge(outer, inner);
            else if (value is null)
                into.Remove(name);
            else
                into[name] = value.DeepClone();
        }

        return into;
    }

    private sealed class FoundRow
    {
        public string Id { get; init; } = "";

        public long Version { get; init; }

        public long CreatedAt { get; init; }

        public string Body { get; init; } = "";
    }
}
