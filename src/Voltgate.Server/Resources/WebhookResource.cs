using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Resources;

/// <summary>
/// Where events are sent (api-contract §3 Webhook). <see cref="Secret"/> once: at creation and rotation.
/// </summary>
internal sealed record WebhookResource
{
    [JsonPropertyName("_id")]
    public string Id { get; init; } = "";

    public string Url { get; init; } = "";

    /// <summary>"*", "session.*", "session.ended".</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    public bool Active { get; init; }

    public string? Description { get; init; }

    public string? AlertEmail { get; init; }

    public string ApiVersion { get; init; } = "";

    /// <summary>Why it was switched off without being asked: gone, only_failures.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The newest delivery that was given up; webhook.delivery_exhausted tells of each.</summary>
    public ExhaustedDelivery? LastExhausted { get; init; }

    /// <summary>Until then the secret before the last rotation signs too.</summary>
    public WireTime? OldSecretUntil { get; init; }

    public string? Secret { get; init; }

    public string? Warning { get; init; }

    public WireJson? MetaData { get; init; }

    [JsonPropertyName("createdAt")]
    public WireTime CreatedAt { get; init; }

    [JsonPropertyName("updatedAt")]
    public WireTime UpdatedAt { get; init; }
}

/// <summary>
/// A delivery that was given up after its last attempt, and when. Read it at /webhooks/{id}/deliveries/{delivery}.
/// </summary>
internal sealed record ExhaustedDelivery(
    string Delivery, string Event, string EventType, long Attempts, long? LastStatus, string? LastError, WireTime At);

/// <summary>
/// One event on its way to one webhook. State: pending, delivered, exhausted. AttemptLog: only where one is read alone.
/// </summary>
internal sealed record DeliveryResource(
    [property: JsonPropertyName("_id")] string Id,
    string Webhook,
    string Event,
    string EventType,
    string State,
    long Attempts,
    long? LastStatus,
    string? LastError,
    [property: JsonPropertyName("createdAt")] WireTime CreatedAt,
    [property: JsonPropertyName("updatedAt")] WireTime UpdatedAt,
    IReadOnlyList<AttemptResource>? AttemptLog = null);

/// <summary>One try, from 1. Error: a class of failure, none after 2xx. Answer: its first 1 kB.</summary>
internal sealed record AttemptResource(
    long Number, WireTime At, long? Status, [property: Description("Milliseconds.")] long LatencyMs, string? Error,
    string? Answer);

/// <summary>What is on its way: a delivery, or a replay of several.</summary>
internal sealed record QueuedResource([property: JsonPropertyName("_id")] string Id, string State);
