using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>One try to deliver, as the log shows it.</summary>
internal sealed class Attempt
{
    /// <summary>From 1.</summary>
    public long Number { get; init; }

    /// <summary>When it began, unix ms.</summary>
    public long At { get; init; }

    /// <summary>The HTTP status; null if there was none.</summary>
    public long? Status { get; init; }

    public long LatencyMs { get; init; }

    /// <summary>One of <see cref="Errors"/>; null: it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>The first 1 kB of the answer.</summary>
    public string? Answer { get; init; }
}

/// <summary>A delivery as its row tells of it.</summary>
internal sealed class DeliveryRow
{
    public string Id { get; init; } = "";

    public string Webhook { get; init; } = "";

    public string EventId { get; init; } = "";

    public string EventType { get; init; } = "";

    public string State { get; init; } = "";

    public long Attempts { get; init; }

    public long? LastStatus { get; init; }

    public string? LastError { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }
}

/// <summary>What became of deliveries (reliability W24).</summary>
internal sealed class DeliveryLog(Database database)
{
    /// <summary>House SQL over <c>deliveries t</c>, for a <see cref="DeliveryRow"/>.</summary>
    public const string Columns =
        "t.id as Id, t.webhook as Webhook, t.event_id as EventId, t.event_type as EventType, t.state as State, "
        + "t.attempts as Attempts, t.last_status as LastStatus, t.last_error as LastError, "
        + "t.created_at as CreatedAt, t.updated_at as UpdatedAt";

    /// <summary>The delivery, or null: this webhook has none with that id.</summary>
    public async Task<DeliveryRow?> Find(string webhook, string delivery, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<DeliveryRow>(
            $"select {Columns} from deliveries t where t.webhook = @webhook and t.id = @delivery",
            new { webhook, delivery });
    }

    /// <summary>The attempts of one delivery, oldest first.</summary>
    public async Task<IReadOnlyList<Attempt>> Attempts(
        string webhook, string delivery, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        return (await connection.QueryAsync<Attempt>(
            "select attempt as Number, at, status, latency_ms as LatencyMs, error, answer from delivery_attempts "
            + "where webhook = @webhook and delivery = @delivery "
            + "union all "
            + "select attempts, updated_at - latency_ms, last_status, latency_ms, last_error, answer from deliveries "
            + "where webhook = @webhook and id = @delivery and state = 'delivered' order by 1",
            new { webhook, delivery })).AsList();
    }
}
