using System.Text.Json;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Who did what: /audit_log. There is no route that changes it.</summary>
internal sealed class AuditLogApi(ListReader lists)
{
    private static readonly ListSpec List = new(
        "audit_log", Filter.Word("actor_type", ["api_key", "admin", "nobody"]), Filter.Id("actor"),
        Filter.Text("address"), Filter.Text("request_id"), Filter.Text("method"), Filter.Text("route"),
        Filter.Text("object"), Filter.Id("resource"), Filter.Text("result"), Filter.Text("reveals"),
        Filter.From("from", "created_at"), Filter.To("to", "created_at"))
    {
        UpdatedAt = null,
        Select = AuditLog.Columns.Replace("l.", "t.", StringComparison.Ordinal)
            + ", (select s.seq from audit_seals s where s.entry = t.id) as Seq"
            + ", (select s.hash from audit_seals s where s.entry = t.id) as Hash",
    };

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/audit_log", "read:audit_log", ListAll)
        {
            Summary = "List who did what, newest first: every write, and every secret that was shown.",
            List = List, Answer = typeof(AuditEntryResource),
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read<Row>(
        call, List, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]));

    private static string Worded(Row row)
    {
        using var details = row.Details is null ? null : JsonDocument.Parse(row.Details);
        return Wire.Write(
            new AuditEntryResource
            {
                Id = row.Id, Actor = new AuditActorResource(row.ActorType, row.Actor, row.ActorName),
                Address = row.Address, RequestId = row.RequestId, Method = row.Method, Route = row.Route,
                Object = row.Object, Resource = row.Resource, Result = row.Result, Reveals = row.Reveals,
                Erased = row.Details is null ? true : null, Before = Part(details, "before"),
                After = Part(details, "after"), Seq = row.Seq, Hash = row.Hash,
                CreatedAt = new WireTime(row.CreatedAt),
            },
            WireContext.Default.AuditEntryResource);
    }

    private static WireJson? Part(JsonDocument? details, string name) =>
        details?.RootElement.GetProperty(name) is { ValueKind: JsonValueKind.Object } part
            ? new WireJson(part.GetRawText())
            : null;

    private sealed record Row : AuditEntry
    {
        public long? Seq { get; init; }

        public string? Hash { get; init; }
    }
}
