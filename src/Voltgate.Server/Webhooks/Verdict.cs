namespace Voltgate.Server.Webhooks;

/// <summary>What an answer means for its delivery (api-contract §4): pure.</summary>
internal static class Verdict
{
    /// <param name="nowMs">When the attempt ended.</param>
    public static Settled Of(Sent sent, long nowMs, int jitterPermille)
    {
        if (sent.Answer.Succeeded) return new Settled(sent, DeliveryState.Delivered, nowMs);
        var attempt = sent.Signed.Claimed.Delivery.Attempts + 1;
        return RetrySchedule.DelayMs(attempt, jitterPermille, sent.Answer.RetryAfterMs) is { } delay
            ? new Settled(sent, DeliveryState.Pending, nowMs + delay)
            : new Settled(sent, DeliveryState.Exhausted, nowMs);
    }

    /// <summary>2xx is success; a redirect is a failure of its own name, because it is never followed.</summary>
    public static string? ErrorOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => Errors.Redirect,
        _ => Errors.Status,
    };
}
