using Voltgate.Server.Stations;

namespace Voltgate.Server.Api;

/// <summary>What a code of a connection attempt means, and what to do: for a person at the station.</summary>
internal static class Diagnoses
{
    private const string Url = "The URL in the station must end in /ocpp/ and the chargestation's endpoint.";

    /// <summary>{0} is the identity, {1} the detail.</summary>
    private static readonly Dictionary<string, (string Diagnosis, string? Remedy)> Words = new(StringComparer.Ordinal)
    {
        [Attempt.Accepted] = ("The station connected and speaks {1}.", null),
        ["unknown_station"] = (
            "No chargestation has the endpoint \"{0}\".",
            "Create it with POST /chargestations {{\"endpoint\":\"{0}\"}}, or correct the identity in the station."),
        ["quarantined"] = (
            "No chargestation has the endpoint \"{0}\"; the station waits in quarantine.",
            "Adopt it: POST /unknown_stations/{{id}}/adopt; GET /unknown_stations lists those that wait."),
        ["credentials_missing"] = (
            "The station sent no password, and this chargestation needs one.",
            "Enter the password in the station (AuthorizationKey, BasicAuthPassword); "
            + "PATCH /chargestations/{{id}}/reset_password makes a new one and shows it once."),
        ["credentials_malformed"] = (
            "The station sent an Authorization header that is not Basic with base64 of \"identity:password\".",
            "Choose HTTP Basic authentication in the station."),
        ["wrong_user"] = (
            "The station signs in under another name than the one in its URL.",
            "The user name must be \"{0}\", just as in the URL, upper and lower case included."),
        ["wrong_password"] = (
            "The name is right and the password is not ({1}).",
            "Enter the password again; PATCH /chargestations/{{id}}/reset_password makes a new one of 20 characters."),
        ["insecure_refused"] = (
            "The chargestation has no password, and this server takes such stations from this computer only.",
            "Give it one: PATCH /chargestations/{{id}} {{\"security\":{{\"type\":\"basic_auth\"}}}}; "
            + "or allow it for this one ({{\"security\":{{\"type\":\"none\",\"allow_profile_0\":true}}}}), or for all "
            + "with the setting Ocpp:AllowInsecure."),
        ["network_untrusted"] = (
            "The station would send its password in plain text from {1}, a network that this server does not trust.",
            "Let it come by wss:// to the port that speaks TLS; or, for a network that is yours alone, put it into "
            + "the setting Ocpp:TrustedNetworks."),
        ["tls_missing"] = (
            "The station came by ws://, and this chargestation must come by TLS.",
            "Begin the URL in the station with wss:// and the port that speaks TLS (Tls:Port)."),
        ["certificate_missing"] = (
            "The station showed no certificate, and this chargestation must.",
            "Install a certificate in the station (SecurityProfile 3)."),
        ["certificate_no_authority"] = (
            "The station showed a certificate, and this server knows no authority for any.",
            "Name the authority's certificate in the setting Tls:ClientAuthorities."),
        ["certificate_expired"] = ("The station's certificate ended at {1}.", "Install a newer one in the station."),
        ["certificate_not_yet_valid"] = (
            "The station's certificate begins at {1}.", "Wait, or look at the clocks of server and authority."),
        ["certificate_weak"] = (
            "The station's certificate has {1}, which is too weak.",
            "Have the station make a key of RSA with 2048 bits or more, or on the curve P-256 or a larger one."),
        ["certificate_untrusted"] = (
            "The station's certificate does not come from an authority in Tls:ClientAuthorities ({1}).",
            "Add its authority, those between included, or install another certificate."),
        ["certificate_organization"] = (
            "The station's certificate is of another operator: {1}.",
            "Its O must be what the setting Ocpp:OperatorName says."),
        ["certificate_name"] = (
            "The station's certificate is of another station: {1}.",
            "Its CN must be \"{0}\", or the chargestation's security.serial_number."),
        ["certificate_revoked"] = (
            "The station's certificate (serial number {1}) was revoked.", "Install another one in the station."),
        ["subprotocol_missing"] = (
            "The station named no OCPP version (Sec-WebSocket-Protocol).",
            "Choose OCPP-J 1.6 in the station, or set the chargestation's protocol, which is then assumed."),
        ["subprotocol_unknown"] = (
            "The station offers {1}, and this server speaks none of that.", "Choose OCPP-J 1.6 in the station."),
        ["subprotocol_pinned"] = (
            "The station offers {1}.",
            "Choose the chargestation's version in the station, or change its protocol with PATCH."),
        ["path_invalid"] = ("The path {1} names no station.", Url),
        ["not_websocket"] = (
            "Something asked by plain HTTP.", "Nothing to do where it was a browser or a monitor; else choose OCPP-J."),
        ["browser"] = ("A web page at {1} tried to connect.", "Stations send no Origin; remove it in the client."),
        ["websocket_invalid"] = ("The WebSocket handshake is wrong: {1}.", "Update the station's firmware."),
        ["head_too_long"] = ("The path or the headers were too long.", Url),
        ["tls_expected"] = (
            "Something spoke plain text to the port that speaks TLS.",
            "Begin the URL in the station with wss://, or use the other port."),
        ["tls_too_old"] = (
            "The station speaks {1} at most, and that is broken.",
            "Update its firmware: TLS 1.2 is the oldest that OCPP allows."),
        ["tls_no_suite"] = (
            "The station offers no cipher that this server takes: {1}.",
            "Enable AES-GCM in the station; where it takes RSA or ECDSA only, give the server that certificate too."),
        ["tls_broken_off"] = (
            "The station broke off the TLS handshake.",
            "Most often it does not trust this server's certificate: install the root certificate in it, and let the "
            + "URL name the host that the certificate names. Set its clock, too."),
        ["server_full"] = (
            "The server had as many stations as it takes.", "Raise Ocpp:MaxConnections, or add another process."),
        ["duplicate"] = (
            "A second connection came while the first one lives and answers.",
            "Two stations may have the same identity and password; give each its own chargestation."),
        ["connections_full"] = (
            "The server had as many connections as it takes besides those of stations.",
            "Raise Server:MaxConnections; where few addresses hold many of them, block those."),
        ["source_full"] = (
            "This network had as many connections as one may, besides those of stations.",
            "Where it is a proxy, a gateway or a provider with many of your stations behind it, name it in "
            + "Server:SharedSources; else raise Server:MaxConnectionsPerSource."),
        ["too_many_failures"] = (
            "Too many wrong names or passwords came from this network, so it has to wait.",
            "Correct the stations there that knock wrongly, or block them. Where it is a proxy or a gateway of many, "
            + "name it in Server:SharedSources."),
        ["connects_too_often"] = (
            "The station connected more than {1} times a minute.",
            "Look why its connection does not last and let it wait between attempts; or raise Ocpp:ConnectsPerMinute."),
        ["too_many_calls"] = (
            "The station sent one CALL after the other without awaiting the answers, and was disconnected (1008).",
            "OCPP allows one CALL at a time: update its firmware. Where it has to be, raise Ocpp:WaitingCalls, "
            + "Ocpp:MessagesPerSecond or Ocpp:MessageBurst."),
        ["unreadable"] = (
            "The station kept sending what is no OCPP message, and was disconnected (1008).",
            "See its messages, then update its firmware; or raise Ocpp:UnreadablePerMinute."),
        ["message_too_big"] = (
            "The station sent too large a message, and was disconnected (1009): {1}.",
            "Let it send less at once; or raise Ocpp:MaxMessageBytes (MaxMessageBytesBeforeBoot until it has booted)."),
        ["message_too_slow"] = (
            "The station began a message and did not end it in time, so it was disconnected (1008).",
            "Look at its network; or raise Ocpp:MessageSeconds."),
        ["message_in_pieces"] = (
            "The station sent a message in thousands of pieces, and was disconnected (1008).",
            "Update its firmware."),
        ["message_not_text"] = (
            "The station sent a binary message, and was disconnected (1003).", "OCPP-J is text: update its firmware."),
        ["too_many"] = ("This address knocked in many names at once.", "Block it if it is none of yours."),
    };

    public static (string Diagnosis, string? Remedy) Of(string code, string identity, string detail)
    {
        var (diagnosis, remedy) = Words[code];
        return (Filled(diagnosis, identity, detail), remedy is null ? null : Filled(remedy, identity, detail));
    }

    private static string Filled(string text, string identity, string detail) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, text, identity, detail);
}
