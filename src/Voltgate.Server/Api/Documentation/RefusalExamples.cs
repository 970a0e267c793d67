using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Voltgate.Server.Api;

/// <summary>
/// Every code that a refusal may carry, as the documentation shows it. A code of the source without a row here fails
/// the house's test; one that an operation names without a row fails the build.
/// </summary>
internal static class RefusalExamples
{
    public const string RequestId = "req_0f1e2d3c4b5a69788796a5b4";

    private static readonly Dictionary<string, string> Messages = new(StringComparer.Ordinal)
    {
        ["malformed"] = "The body is not valid JSON: look at line 1, byte 17.",
        ["idempotency_key_invalid"] = "Send one Idempotency-Key of 1 to 255 printable characters.",
        ["cursor_invalid"] = "Send a nextCursor of this list, with the same filters and order.",
        ["unauthenticated"] = "Send an API key: Authorization: Bearer <key>.",
        ["forbidden"] = "This needs the scope write:sessions; use a key or a role that has it.",
        ["cross_site"] = "This came from another site; send the request from the dashboard's own address.",
        ["not_found"] = Refusal.NotFound.Message,
        ["method_not_allowed"] = Refusal.Of(405).Message,
        ["not_acceptable"] = Refusal.Of(406).Message,
        ["timeout"] = Refusal.Of(408).Message,
        ["conflict"] = Refusal.Raced.Message,
        ["admin_exists"] = "There is such a admin already.",
        ["chargestation_has_sessions"] = "Sessions belong to this chargestation; set active: false to archive it.",
        ["chargestation_offline"] = "The chargestation is not connected; try again when it is online.",
        ["connector_busy"] = "A session is open on this connector; stop it first.",
        ["connector_exists"] = "The chargestation has a connector with this connectorId already.",
        ["connector_in_group"] =
            "The connector 6956e2000000000000000007 belongs to the group 6956e2000000000000000016; take it out of that "
            + "one first.",
        ["connector_inactive"] = "The connector is switched off; set its active to true first.",
        ["connector_reserved"] = "The connector is reserved; cancel its reservation first.",
        ["connector_unavailable"] = "The connector says Faulted; nothing can be started on it.",
        ["endpoint_taken"] = "Another chargestation has this endpoint; choose another one.",
        ["history_incomplete"] =
            "It is not on record when this session's energy flowed, so no schedule can be applied; send a plain rate.",
        ["idempotency_key_running"] = "The first request with this key still runs; wait for it.",
        ["local_list_unknown"] = "Nothing is known of this station's list; send a full one first.",
        ["location_in_use"] = "Stations stand in this location; move or delete them first.",
        ["password_missing"] = "This chargestation comes by no password; there is none to change.",
        ["password_pending"] =
            "Whether the station took its last password is known when it connects next; reset it, then try again.",
        ["profile_downgrade"] =
            "The chargestation has connected by this profile; it is not lowered, except from mtls to tls_basic with "
            + "allow_downgrade: true.",
        ["own_account"] = "Nobody takes away their own access; ask another Admin.",
        ["rate_in_use"] = "Connectors or schedules use this rate; give them another one first.",
        ["reservation_exists"] =
            "This driver has a reservation already; cancel it, or wait until it is over.",
        ["reservation_not_active"] = "The reservation is over; there is nothing to cancel.",
        ["rotation_running"] = "The last rotation ends at 2026-01-03T08:00:00.000Z; rotate again after that.",
        ["session_not_active"] = "The session is over; there is nothing to stop.",
        ["token_inactive"] = "The token is switched off or has expired; choose another one.",
        ["token_exists"] = "There is such a token already.",
        ["token_is_virtual"] = "Remote starts of its user need this token; set active to false instead.",
        ["too_many_commands"] = "This chargestation has 50 commands waiting; try again later.",
        ["too_many_webhooks"] = "There are as many webhooks as an organisation may have; delete one.",
        ["upload_missing"] = "The station sent no file in time; ask for it again.",
        ["upload_pending"] = "The station has not sent the file yet; ask again in a while.",
        ["upload_superseded"] = "Another upload to this URL goes on, or is done.",
        ["user_in_use"] =
            "This user is charging, or has a reservation; stop the session, cancel the reservation first.",
        ["user_inactive"] = "The user may not charge; set its active to true first.",
        ["wallet_missing"] = "User does not have a wallet",
        ["wallet_minimum_balance"] = "User does not have minimum balance",
        ["wallet_currency_mismatch"] = "Wallet currency does not match the rate currency",
        ["wallet_exists"] = "The user has a wallet; read it with GET /wallets/{user}.",
        ["wallet_not_empty"] = "The user's wallet holds money; pay it out or adjust it to 0.",
        ["insufficient_balance"] = "The wallet has not so much that is not held for a session; take less.",
        ["top_up_closed"] = "The top-up is completed already.",
        ["not_manual"] = "Its provider says whether it was paid; wait for top_up.completed.",
        ["provider_refused"] = "Stripe refused: Your account cannot make charges.",
        ["provider_unavailable"] = "Stripe did not answer; nothing was taken, try again in a minute.",
        ["signature_invalid"] = "The Stripe-Signature does not hold; check webhook_secret and the clock.",
        ["webhook_inactive"] = "This webhook is switched off; set active to true first.",
        ["event_gone"] = "There is no such event any more; read GET /events, then follow without Last-Event-ID.",
        ["too_large"] = Refusal.Of(413).Message,
        ["uri_too_long"] = Refusal.Of(414).Message,
        ["unsupported_media_type"] = Refusal.Of(415).Message,
        ["invalid_fields"] = "Correct the field name: This field is required.",
        ["idempotency_key_reused"] = "This Idempotency-Key was used for another request; make a new one.",
        ["webhook_url_not_allowed"] = "Webhooks go to public addresses over https; send such a URL.",
        ["rate_limited"] = "This key may make 600 requests a minute; wait as Retry-After says.",
        ["too_many_requests"] = "This key may give 60 commands a minute; go on in 5 s.",
        ["too_many_attempts"] = "There were too many attempts; wait as long as Retry-After says.",
        ["too_many_streams"] = "Your organisation has 20 streams open; close one, or share one.",
        ["headers_too_large"] = Refusal.Of(431).Message,
        ["refused"] = Refusal.Of(499).Message,
        ["internal_error"] = Refusal.Of(500).Message,
        ["unavailable"] = Refusal.Draining.Message,
        ["store_unavailable"] = Refusal.StoreDown.Message,
    };

    public static IEnumerable<string> Codes => Messages.Keys;

    /// <summary>The envelope with that code.</summary>
    /// <exception cref="InvalidOperationException">The code has no row above.</exception>
    public static OpenApiExample Of(string code)
    {
        if (!Messages.TryGetValue(code, out var message))
            throw new InvalidOperationException($"RefusalExamples has no sentence for {code}; give it a row.");
        var envelope = new JsonObject
        {
            ["ok"] = false, ["message"] = message, ["result"] = null, ["code"] = code, ["request_id"] = RequestId,
        };
        if (code is "invalid_fields")
            envelope["errors"] = new JsonArray(
                new JsonObject { ["field"] = "name", ["message"] = "This field is required." });
        return new OpenApiExample { Value = envelope };
    }
}
