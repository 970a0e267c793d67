using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Voltgate.Server.Storage;

/// <summary>A row of the audit log: who did what, when, from where, and what came of it (ADR 0012).</summary>
internal record AuditEntry
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public long CreatedAt { get; init; }

    /// <summary>"api_key", "admin", or "nobody": a sign-in that failed.</summary>
    public string ActorType { get; init; } = "";

    public string Actor { get; init; } = "";

    /// <summary>The key's name or the operator's e-mail, as it was then.</summary>
    public string ActorName { get; init; } = "";

    public string Address { get; init; } = "";

    public string RequestId { get; init; } = "";

    public string Method { get; init; } = "";

    /// <summary>As the documentation writes it: "/users/{id}".</summary>
    public string Route { get; init; } = "";

    public string? Object { get; init; }

    public string? Resource { get; init; }

    /// <summary>"done", or the code of the refusal.</summary>
    public string Result { get; init; } = "";

    /// <summary>Which secret the answer showed.</summary>
    public string? Reveals { get; init; }

    /// <summary>Resources, separated by blanks, whose rows lost their details in this commit.</summary>
    public string? Erases { get; init; }

    public string DetailsHash { get; init; } = "";

    /// <summary>JSON: salt, before, after. Null: erased.</summary>
    public string? Details { get; init; }
}

/// <summary>Writes the audit log.</summary>
internal static class AuditLog
{
    private const string Insert =
        "insert into audit_log (id, organization, created_at, actor_type, actor, actor_name, address, request_id, "
        + "method, route, object, resource, result, reveals, erases, details_hash, details) "
        + "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

    private const string Queue = "insert into audit_unsealed (entry, organization) values ($1, $2)";

    /// <summary>The columns as <see cref="AuditEntry"/> names them, of the table <c>l</c>.</summary>
    public const string Columns =
        "l.id as Id, l.organization as Organization, l.created_at as CreatedAt, l.actor_type as ActorType, "
        + "l.actor as Actor, l.actor_name as ActorName, l.address as Address, l.request_id as RequestId, "
        + "l.method as Method, l.route as Route, l.object as Object, l.resource as Resource, l.result as Result, "
        + "l.reveals as Reveals, l.erases as Erases, l.details_hash as DetailsHash, l.details as Details";

    /// <summary>The statements that add a row; they belong into the commit of what it tells.</summary>
    public static IReadOnlyList<Statement> Add(AuditEntry e) =>
    [
        Statement.Of(
            Insert, e.Id, e.Organization, e.CreatedAt, e.ActorType, e.Actor, e.ActorName, e.Address, e.RequestId,
            e.Method, e.Route, e.Object, e.Resource, e.Result, e.Reveals, e.Erases, e.DetailsHash, e.Details),
        Statement.Of(Queue, e.Id, e.Organization),
    ];

    /// <summary>Takes what rows told of a resource; a row of the same commit must name it in its Erases.</summary>
    public static Statement Erase(string organization, string resource) => Statement.Of(
        "update audit_log set details = null where organization = $1 and resource = $2", organization, resource);

    /// <summary>What the chain holds of the details. The salt in them keeps erased ones from being guessed.</summary>
    public static string HashOf(string details) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(details)));

    /// <summary>The hash of a sealed row: over the one before, its number and every column but the details.</summary>
    public static string HashOf(string previous, long seq, AuditEntry e)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(previous);
            json.WriteNumberValue(seq);
            json.WriteNumberValue(e.CreatedAt);
            foreach (
                var text in (string?[])
                [
                    e.Id, e.Organization, e.ActorType, e.Actor, e.ActorName, e.Address, e.RequestId, e.Method, e.Route,
                    e.Object, e.Resource, e.Result, e.Reveals, e.Erases, e.DetailsHash,
                ])
                json.WriteStringValue(text);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()));
    }
}
