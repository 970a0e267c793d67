using System.Text.Json.Nodes;
using Voltgate.Server.Mail;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// What a webhook's alert_email is told, in the commit that tells of it. A mail names the receiver's host and not its
/// URL, which may hold a secret.
/// </summary>
internal sealed class WebhookAlerts(MailQueue mails, PublicAddress address)
{
    private const long Pause = 3_600_000;

    /// <summary>It was switched off without being asked.</summary>
    public void Disabled(List<Statement> unit, string organization, JsonObject webhook, string reason)
    {
        if (Recipient(webhook) is not { } to) return;
        var why = reason == DisabledReason.Gone
            ? "its receiver answered 410 Gone"
            : "its receiver did nothing but fail for five days";
        mails.Add(unit, organization, new Letter(
            to, "A webhook was switched off",
            $"""
            The webhook {Name(webhook)} was switched off: {why}.

            Nothing is sent to it any more. Once the receiver is well again, switch the webhook on; what waited is sent
            then, and what happened meanwhile can be sent by a replay:

                PATCH {Url(webhook)} with "active": true
                POST {Url(webhook)}/replay with "from" and "to"

            """));
    }

    /// <summary>A delivery was given up; at most one mail an hour, which says how many there were.</summary>
    public void Exhausted(List<Statement> unit, string organization, JsonObject webhook, ExhaustedDelivery last)
    {
        if (Recipient(webhook) is not { } to) return;
        var end = last.LastStatus is { } status ? $"status {status}" : last.LastError;
        mails.AddSpaced(
            unit, organization, $"{(string)webhook["_id"]!}-exhausted", new Letter(
                to, $"Webhook deliveries given up: {Letter.Count}",
                $"""
                Deliveries of the webhook {Name(webhook)} that were given up: {Letter.Count}.

                The newest one is {last.Delivery}, of the event {last.Event} ({last.EventType}). It was given up after
                {last.Attempts} attempts, the last of which ended with {end}. Later events go on.

                Once the receiver is well again, send what it missed:

                    POST {Url(webhook)}/deliveries/{last.Delivery}/replay for this one
                    POST {Url(webhook)}/replay with "from" and "to" for all of a span of time
                    GET {Url(webhook)}/deliveries?state=exhausted lists them

                """),
            Pause);
    }

    private static string? Recipient(JsonObject webhook) => (string?)webhook["alert_email"];

    private static string Name(JsonObject webhook) =>
        $"{(string)webhook["_id"]!} to {UrlRules.HostOf(new Uri((string)webhook["url"]!))}";

    private string Url(JsonObject webhook) => $"{address.Web}/v1.1/webhooks/{(string)webhook["_id"]!}";
}
