using System.Text.Json.Nodes;
using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>How a top-up ended. Paid by its provider counts always; an operator books only what waits.</summary>
internal sealed record TopUpEnd(string Status, FailureResource? Failure = null)
{
    public static readonly TopUpEnd Paid = new("completed");
    public static readonly TopUpEnd Canceled = new("canceled");

    /// <summary>Also where the top-up was given up before: the driver's money is here.</summary>
    public bool Counts { get; init; }

    public static TopUpEnd Failed(string code, string message) => new("failed", new FailureResource(code, message));
}

/// <summary>The one place where top-ups end, each once: the wallet, the ledger and the event in one commit.</summary>
internal sealed class TopUpBook(ResourceStore store, Database database, Committer committer, Entropy entropy)
{
    public const string Waiting = "created";

    private const int Attempts = 5;

    /// <summary>When the provider is asked first, in case its own word got lost.</summary>
    private const long LookAfterMs = 5 * 60_000;

    public static readonly ResourceKind<TopUpResource> Kind = new(
        "top_up", new ResourceTable("top_ups", "wallet", "status", "provider", "provider_ref", "due_at"),
        WireContext.Default.TopUpResource,
        t => [t.Wallet, t.Status, t.Provider, t.ProviderReference, DueOf(t)]);

    private sealed class Row
    {
        public long Version { get; init; }

        public long CreatedAt { get; init; }

        public string Body { get; init; } = "";
    }

    private static long? DueOf(TopUpResource t) =>
        t is { Status: Waiting, Provider: not ManualProvider.Word } ? t.UpdatedAt.Ms + LookAfterMs : null;

    /// <summary>Ends a top-up; one that has ended is refused as <c>top_up_closed</c>.</summary>
    /// <param name="audit">Of the request that ends it; null: the provider did.</param>
    public async Task<Outcome<Stored<TopUpResource>>> End(
        string organization, string id, TopUpEnd end, AuditTrail? audit = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await Find(organization, id) is not { } row) return Refusal.NotFound;
            var fields = JsonNode.Parse(row.Body)!.AsObject();
            if (Closed((string)fields["status"]!, end) is { } refusal) return refusal;
            Mark(fields, end);
            var ended = store.Word(Kind, organization, id, row.Version + 1, row.CreatedAt, fields);
            var unit = new List<Statement>
            {
                Kind.Table.Update(ended.Row, row.Version, Kind.Columns(ended.Resource)),
            };
            if (end.Status == TopUpEnd.Paid.Status) Credit(unit, organization, ended.Resource);
            EventLog.Add(unit, EventBody.Edited(entropy, Kind.Name, end.Status, ended.Row));
            if (audit is not null) unit.AddRange(audit.Rows(new AuditChange(Kind.Name, id, row.Body, ended.Body)));
            if (await committer.Commit(unit) != CommitStatus.Done) continue;
            audit?.Kept();
            return ended;
        }

        return Refusal.Raced;
    }

    private static Refusal? Closed(string status, TopUpEnd end)
    {
        var isOpen = status == Waiting || (end.Counts && status != TopUpEnd.Paid.Status);
        return isOpen ? null : Refusal.Conflict("top_up_closed", $"The top-up is {status} already.");
    }

    private static void Mark(JsonObject fields, TopUpEnd end)
    {
        fields["status"] = end.Status;
        fields.Remove("failure");
        if (end.Failure is { } why)
            fields["failure"] = new JsonObject { ["code"] = why.Code, ["message"] = why.Message };
    }

    private void Credit(List<Statement> unit, string organization, TopUpResource t)
    {
        var accounts = new List<(string, long)> { ("provider:" + t.Provider, -t.Amount) };
        if (t.WalletAmount != t.Amount) accounts.Add(("discount", t.Amount - t.WalletAmount));
        WalletWrites.Add(unit, new Booking(
            entropy.NewId(), organization, "top_up", t.Wallet, t.Currency, t.WalletAmount, accounts, entropy.NowMs)
        { Reference = t.Id });
    }

    private async Task<Row?> Find(string organization, string id)
    {
        await using var connection = await database.Open();
        return await connection.QuerySingleOrDefaultAsync<Row>(
            "select version as Version, created_at as CreatedAt, body as Body from top_ups "
            + "where id = @id and organization = @organization", new { id, organization });
    }
}
