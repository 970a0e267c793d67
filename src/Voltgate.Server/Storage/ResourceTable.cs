namespace Voltgate.Server.Storage;

/// <summary>
/// The writes of a table that has id, organization, version, created_at, updated_at, body and some columns.
/// </summary>
internal sealed class ResourceTable
{
    private readonly string insert;
    private readonly string update;
    private readonly string delete;

    public ResourceTable(string name, params IReadOnlyList<string> columns)
    {
        Name = name;
        var places = string.Concat(columns.Select((_, i) => $", ${i + 7}"));
        var sets = string.Concat(columns.Select((c, i) => $", {c} = ${i + 6}"));
        insert = $"insert into {name} (id, organization, version, created_at, updated_at, body"
            + $"{string.Concat(columns.Select(c => ", " + c))}) values ($1, $2, $3, $4, $5, $6{places})";
        update = $"update {name} set version = version + 1, updated_at = $4, body = $5{sets} "
            + "where id = $1 and organization = $2 and version = $3";
        delete = $"delete from {name} where id = $1 and organization = $2 and version = $3";
        FindSql = $"select id as Id, version as Version, created_at as CreatedAt, body as Body from {name} "
            + "where id = @id and organization = @organization";
    }

    public string Name { get; }

    public string FindSql { get; }

    public Statement Insert(StoredResource row, params ReadOnlySpan<object?> columns) => Statement.Of(
        insert, [row.Id, row.Organization, row.Version, row.CreatedAt, row.UpdatedAt, row.Body, .. columns]);

    /// <summary>Fenced by the version that was read; the row then carries the next one.</summary>
    public Statement Update(StoredResource row, long readVersion, params ReadOnlySpan<object?> columns) =>
        Statement.Fence(
        update, [row.Id, row.Organization, readVersion, row.UpdatedAt, row.Body, .. columns]);

    public Statement Delete(string id, string organization, long readVersion) =>
        Statement.Fence(delete, id, organization, readVersion);
}

/// <summary>A resource as it lies in the store. Body: what GET answers, ASCII JSON.</summary>
internal sealed record StoredResource(
    string Id, string Organization, long Version, long CreatedAt, long UpdatedAt, string Body);
