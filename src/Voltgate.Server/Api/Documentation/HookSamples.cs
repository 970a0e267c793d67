using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>A webhook and what was sent to it, in the documentation's examples.</summary>
internal static class HookSamples
{
    public const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly WireTime Made = Samples.At("2026-01-01T12:00:00.000Z");
    private static readonly WireTime Sent = Samples.At("2026-01-02T08:20:21.250Z");

    public static readonly ExhaustedDelivery Exhausted = new(
        SampleIds.Delivery, SampleIds.Event, "session.ended", 10, 503, "status", Made);

    public static readonly WebhookResource Webhook = new()
    {
        Id = SampleIds.Webhook, Url = "https://app.example.org/webhooks", Active = true, ApiVersion = "v1.1",
        Events = ["session.*", "chargestation.online"], Description = "The app's backend",
        AlertEmail = "ops@example.org", MetaData = new WireJson("""{"order":"A-1001"}"""), CreatedAt = Made,
        UpdatedAt = Made, LastExhausted = Exhausted,
    };

    public static readonly DeliveryResource Delivery = new(
        SampleIds.Delivery, SampleIds.Webhook, SampleIds.Event, "session.ended", "delivered", 1, 200, null, Sent, Sent,
        [new AttemptResource(1, Sent, 200, 35, null, "ok")]);

    public static readonly QueuedResource Queued = new(SampleIds.Delivery, "pending");
}
