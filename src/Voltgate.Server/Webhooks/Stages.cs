namespace Voltgate.Server.Webhooks;

/// <summary>An endpoint as the dispatcher needs it; decided at each claim from the webhook's row.</summary>
/// <param name="OldKey">The secret before the last rotation; signs too until <paramref name="OldKeyUntilMs"/>.</param>
internal sealed record Endpoint(
    string Id, string Organization, Uri Url, string ApiVersion, long Version, SigningKey Key, SigningKey? OldKey,
    long OldKeyUntilMs)
{
    public IReadOnlyList<SigningKey> KeysAt(long nowMs) =>
        OldKey is not null && nowMs < OldKeyUntilMs ? [Key, OldKey] : [Key];
}

/// <summary>A row of <c>deliveries</c> that waits, with the body of its event.</summary>
/// <param name="Attempts">Made so far.</param>
internal sealed record Delivery(long Seq, string Id, string EventId, long Attempts, byte[] Body);

/// <summary>Lanes are held by a claim, and only for a time.</summary>
/// <param name="Holder">No two claims share it; whoever writes to a lane must still be the one that holds it.</param>
internal sealed record Claim(string Holder, long UntilMs);

/// <summary>A lane that this process holds until its lease ends, with the next of its deliveries, in order.</summary>
/// <param name="LastSeq">Where the lane ended when it was read.</param>
internal sealed record ClaimedLane(
    string Webhook, string Lane, Claim Claim, long DoneSeq, long LastSeq, IReadOnlyList<Delivery> Deliveries)
{
    /// <summary>Where the lane stands once all of these are done; more may wait behind a full visit.</summary>
    public long EndSeq => Deliveries.Count < LaneClaims.VisitLength ? LastSeq : Deliveries[^1].Seq;
}

/// <summary>Stage 1: held by this process.</summary>
internal sealed record Claimed(Endpoint Endpoint, string Lane, Delivery Delivery);

/// <summary>Stage 2: signed for one attempt; the time is part of what is signed.</summary>
internal sealed record Signed(Claimed Claimed, Signature Signature, long AtMs);

/// <summary>Stage 3: tried once.</summary>
internal sealed record Sent(Signed Signed, Answer Answer);

/// <summary>Stage 4: judged; what will be written.</summary>
internal sealed record Settled(Sent Sent, DeliveryState State, long NextAtMs);

/// <summary>What came back, or why nothing did.</summary>
/// <param name="Status">The HTTP status; null without one.</param>
/// <param name="Error">A class of failure, <see cref="Errors"/>; null after 2xx.</param>
/// <param name="Text">The first 1 kB of the answer.</param>
internal sealed record Answer(int? Status, string? Error, string? Text, long LatencyMs, long? RetryAfterMs)
{
    public const int Gone = 410;

    public bool Succeeded => Error is null;
}

internal enum DeliveryState
{
    Pending,
    Delivered,
    Exhausted,
}

/// <summary>Classes of failure as the attempt log shows them.</summary>
internal static class Errors
{
    public const string Status = "status";
    public const string Redirect = "redirect";
    public const string Timeout = "timeout";
    public const string NameNotResolved = "name_not_resolved";
    public const string NotAllowed = UrlVerdict.RefusedCode;
    public const string Connection = "connection_failed";
    public const string Tls = "tls_failed";
    public const string Protocol = "protocol_error";
}
