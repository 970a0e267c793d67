/** What became of an attempt to connect, and what to do: by the API's codes. The detail stands beside it as it was sent. */
export const diagnoses = {
  accepted: { title: "The station connected" },
  unknown_station: {
    title: "No chargestation has this endpoint",
    remedy: "Add a chargestation with it, or correct the identity in the station.",
  },
  quarantined: {
    title: "No chargestation has this endpoint; the station waits in quarantine",
    remedy: "Adopt it under Unknown.",
  },
  credentials_missing: {
    title: "The station sent no password, and must",
    remedy:
      "Enter its password in the station (AuthorizationKey, BasicAuthPassword). Under Security a new one is made and shown once.",
  },
  credentials_malformed: {
    title: "The station sends its credentials in a form that is none of HTTP Basic",
    remedy: "Choose HTTP Basic authentication in the station.",
  },
  wrong_user: {
    title: "The station signs in under another name than the one in its URL",
    remedy: "The user name must be the endpoint, just as in the URL, upper and lower case included.",
  },
  wrong_password: {
    title: "The name is right, the password is not",
    remedy: "Enter the password again. Under Security a new one of 20 characters is made and shown once.",
  },
  insecure_refused: {
    title: "The chargestation has no password, and this server takes such stations from its own computer only",
    remedy: "Give it a password: Edit, Proof of identity. The server's setting Ocpp:AllowInsecure lets all of them in.",
  },
  network_untrusted: {
    title: "The station would send its password in plain text through a network that this server does not trust",
    remedy:
      "Let it come by wss:// to the port that speaks TLS. A network that is yours alone may stand in the setting Ocpp:TrustedNetworks.",
  },
  tls_missing: {
    title: "The station came by ws://, and must come by TLS",
    remedy: "Begin the URL in the station with wss:// and the port that speaks TLS (Tls:Port).",
  },
  certificate_missing: {
    title: "The station showed no certificate, and must",
    remedy: "Install a certificate in the station (SecurityProfile 3).",
  },
  certificate_no_authority: {
    title: "The station showed a certificate, and this server knows no authority for any",
    remedy: "Name the authority's certificate in the setting Tls:ClientAuthorities.",
  },
  certificate_expired: { title: "The station's certificate has ended", remedy: "Install a newer one in the station." },
  certificate_not_yet_valid: {
    title: "The station's certificate has not begun",
    remedy: "Wait, or look at the clocks of server and authority.",
  },
  certificate_weak: {
    title: "The key of the station's certificate is too weak",
    remedy: "Have the station make a key of RSA with 2048 bits or more, or on the curve P-256 or a larger one.",
  },
  certificate_untrusted: {
    title: "The station's certificate comes from no authority that this server trusts",
    remedy: "Add its authority to Tls:ClientAuthorities, those between included, or install another certificate.",
  },
  certificate_organization: {
    title: "The station's certificate is of another operator",
    remedy: "Its O must be what the setting Ocpp:OperatorName says.",
  },
  certificate_name: {
    title: "The station's certificate is of another station",
    remedy: "Its CN must be the endpoint, or the serial number that was entered for the chargestation.",
  },
  certificate_revoked: {
    title: "The station's certificate was revoked",
    remedy: "Install another one in the station.",
  },
  subprotocol_missing: {
    title: "The station named no version of OCPP",
    remedy: "Choose OCPP-J in the station, or the version under Edit, which is then assumed.",
  },
  subprotocol_unknown: {
    title: "The station offers no version of OCPP that this server speaks",
    remedy: "Choose OCPP-J 1.6, 2.0.1 or 2.1 in the station.",
  },
  subprotocol_pinned: {
    title: "The station offers another version of OCPP than the chargestation is set to",
    remedy: "Choose that version in the station, or change it under Edit.",
  },
  path_invalid: {
    title: "The path in the station's URL names no station",
    remedy: "The URL in the station must end in /ocpp/ and the endpoint.",
  },
  not_websocket: {
    title: "Something asked by plain HTTP",
    remedy: "Nothing to do where it was a browser or a monitor; else choose OCPP-J in the station.",
  },
  browser: { title: "A web page tried to connect", remedy: "Stations send no Origin; remove it in the client." },
  websocket_invalid: { title: "The WebSocket handshake is wrong", remedy: "Update the station's firmware." },
  head_too_long: {
    title: "The path or the headers were too long",
    remedy: "The URL in the station must end in /ocpp/ and the endpoint.",
  },
  tls_expected: {
    title: "Something spoke plain text to the port that speaks TLS",
    remedy: "Begin the URL in the station with wss://, or use the other port.",
  },
  tls_too_old: {
    title: "The station speaks only versions of TLS that are broken",
    remedy: "Update its firmware: TLS 1.2 is the oldest that OCPP allows.",
  },
  tls_no_suite: {
    title: "The station offers no cipher that this server takes",
    remedy:
      "Enable AES-GCM in the station. Where it takes RSA or ECDSA only, give the server a certificate of that kind, too.",
  },
  tls_broken_off: {
    title: "The station broke off the TLS handshake",
    remedy:
      "Most often it does not trust this server's certificate: install the root certificate in it, and let the URL name the host that the certificate names. Set its clock, too.",
  },
  server_full: {
    title: "The server had as many stations as it takes",
    remedy: "Raise Ocpp:MaxConnections, or add another process.",
  },
  duplicate: {
    title: "A second connection came while the first one lives and answers",
    remedy: "Two stations may have the same identity and password; give each its own chargestation.",
  },
  connections_full: {
    title: "The server had as many connections as it takes besides those of stations",
    remedy: "Raise Server:MaxConnections. Where few addresses hold many of them, block those.",
  },
  source_full: {
    title: "This network had as many connections as one may, besides those of stations",
    remedy:
      "Where it is a proxy or a gateway with many of your stations behind it, name it in Server:SharedSources; else raise Server:MaxConnectionsPerSource.",
  },
  too_many_failures: {
    title: "Too many wrong names or passwords came from this network, so it has to wait",
    remedy:
      "Correct the stations there that knock wrongly, or block them. Where it is a proxy or a gateway of many, name it in Server:SharedSources.",
  },
  connects_too_often: {
    title: "The station connected too often within a minute",
    remedy: "Look why its connection does not last, and let it wait between attempts; or raise Ocpp:ConnectsPerMinute.",
  },
  too_many_calls: {
    title: "The station sent one CALL after the other without awaiting the answers, and was disconnected",
    remedy:
      "OCPP allows one CALL at a time: update its firmware. Where it has to be, raise Ocpp:WaitingCalls, Ocpp:MessagesPerSecond or Ocpp:MessageBurst.",
  },
  unreadable: {
    title: "The station kept sending what is no OCPP message, and was disconnected",
    remedy: "See its messages, then update its firmware; or raise Ocpp:UnreadablePerMinute.",
  },
  message_too_big: {
    title: "The station sent too large a message, and was disconnected",
    remedy:
      "Let it send less at once; or raise Ocpp:MaxMessageBytes (Ocpp:MaxMessageBytesBeforeBoot until it has booted).",
  },
  message_too_slow: {
    title: "The station began a message and did not end it in time, so it was disconnected",
    remedy: "Look at its network; or raise Ocpp:MessageSeconds.",
  },
  message_in_pieces: {
    title: "The station sent a message in thousands of pieces, and was disconnected",
    remedy: "Update its firmware.",
  },
  message_not_text: {
    title: "The station sent a binary message, and was disconnected",
    remedy: "OCPP-J is text: update its firmware.",
  },
  too_many: { title: "This address knocked in many names at once", remedy: "Block it if it is none of yours." },
};
