namespace Voltgate.Server;

/// <summary>
/// All settings, read from <c>voltgate.default.json</c> (which documents each key), a file, and the environment
/// (<c>VOLTGATE__SECTION__KEY</c>). Defaults stand here and there; a test holds the two together.
/// </summary>
internal sealed record ServerOptions
{
    public ServerSection Server { get; init; } = new();

    public TlsSection Tls { get; init; } = new();

    public StorageSection Storage { get; init; } = new();

    public BootstrapSection Bootstrap { get; init; } = new();

    public SessionsSection Sessions { get; init; } = new();

    public OcppSection Ocpp { get; init; } = new();

    public WebhooksSection Webhooks { get; init; } = new();

    public MailSection Mail { get; init; } = new();

    public PaymentsSection Payments { get; init; } = new();

    public ContractsSection Contracts { get; init; } = new();

    public ApiSection Api { get; init; } = new();

    public OperatorsSection Operators { get; init; } = new();

    public DashboardSection Dashboard { get; init; } = new();
}

internal sealed record ServerSection
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 8080;

    /// <summary>How applications and stations reach this server; empty: host and port.</summary>
    public string PublicUrl { get; init; } = "";

    public int DrainSeconds { get; init; } = 20;

    /// <summary>How long a client may take until the head of a request is whole.</summary>
    public int HeaderSeconds { get; init; } = 10;

    /// <summary>Connections at once that stand for no station: handshakes under way, clients of the API.</summary>
    public int MaxConnections { get; init; } = 4_000;

    /// <summary>How many of them may come from one network (IPv4: of 256 addresses, IPv6: /64).</summary>
    public int MaxConnectionsPerSource { get; init; } = 200;

    /// <summary>Networks (CIDR) of proxies and gateways that many come through: limits by source do not hold.</summary>
    public IReadOnlyList<string> SharedSources { get; init; } = ["127.0.0.0/8", "::1/128"];
}

/// <summary>The port that speaks TLS; there is one where a certificate is given.</summary>
internal sealed record TlsSection
{
    /// <summary>Where to listen; empty: as Server:Host.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 8443;

    /// <summary>PEM, this server's certificate first, then those above it.</summary>
    public string RsaCertificate { get; init; } = "";

    /// <summary>PEM, not encrypted; empty: in the certificate's file.</summary>
    public string RsaKey { get; init; } = "";

    public string EcdsaCertificate { get; init; } = "";

    public string EcdsaKey { get; init; } = "";

    public int HandshakeSeconds { get; init; } = 10;

    /// <summary>PEM, the authorities that stations' certificates come from, those between included.</summary>
    public string ClientAuthorities { get; init; } = "";

    public bool IsOn() => RsaCertificate.Length > 0 || EcdsaCertificate.Length > 0;
}

internal sealed record StorageSection
{
    /// <summary>"sqlite" or "postgresql".</summary>
    public string Provider { get; init; } = "sqlite";

    /// <summary>SQLite: the file. PostgreSQL: Host=…;Database=…;Username=…</summary>
    public string ConnectionString { get; init; } = "data/voltgate.db";

    /// <summary>With less free space beside a SQLite file, the server says that it is not ready.</summary>
    public int MinFreeMegabytes { get; init; } = 64;

    /// <summary>How long events, and the record of their deliveries, are kept; 0: for ever.</summary>
    public int EventKeepDays { get; init; } = 90;

    /// <summary>How long stations' frames are kept; 0: for ever.</summary>
    public int MessageKeepDays { get; init; } = 90;
}

internal sealed record BootstrapSection
{
    /// <summary>
    /// The first API key, taken as given if it has 32 characters or more; empty: one is made and shown once.
    /// </summary>
    public string ApiKey { get; init; } = "";

    public string Organization { get; init; } = "Voltgate";

    /// <summary>The first operator's login; empty: none is made.</summary>
    public string OperatorEmail { get; init; } = "admin@voltgate.local";
}

internal sealed record SessionsSection
{
    /// <summary>How long a driver has to plug in, from the POST.</summary>
    public int StartTimeoutSeconds { get; init; } = 120;

    public int DefaultTimeMinutes { get; init; } = 720;

    public int CommandTimeoutSeconds { get; init; } = 60;

    /// <summary>After a boot, or a time without a link, with a free connector; 0: never.</summary>
    public int EndAfterBootHours { get; init; } = 24;

    /// <summary>With a free connector on a link that stood; 0: never.</summary>
    public int EndWhenAvailableHours { get; init; } = 24;

    /// <summary>Without a reading, or news of the connector; 0: never.</summary>
    public int EndWhenSilentHours { get; init; } = 72;

    /// <summary>False: a card that is charging already is answered ConcurrentTx.</summary>
    public bool AllowConcurrentTokens { get; init; }
}

internal sealed record OcppSection
{
    /// <summary>Stations without credentials: "loopback", "always" or "never".</summary>
    public string AllowInsecure { get; init; } = "loopback";

    /// <summary>Networks (CIDR) from which stations may send passwords in plain text, beside this machine.</summary>
    public IReadOnlyList<string> TrustedNetworks { get; init; } = [];

    /// <summary>Stations that nobody has created: "refuse" or "quarantine".</summary>
    public string UnknownStations { get; init; } = "refuse";

    /// <summary>The organisation (O) that stations' certificates must name.</summary>
    public string OperatorName { get; init; } = "";

    /// <summary>Who makes certificates that stations ask for: empty, "development" or a program.</summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>How long certificates of the authority for development are good.</summary>
    public int CertificateDays { get; init; } = 365;

    public int HeartbeatIntervalSeconds { get; init; } = 300;

    public int PingIntervalSeconds { get; init; } = 30;

    public int PongTimeoutSeconds { get; init; } = 30;

    public int CallTimeoutSeconds { get; init; } = 30;

    /// <summary>Over how long stations that came back are asked where their open sessions stand.</summary>
    public int ReconcileSeconds { get; init; } = 300;

    public int MaxMessageBytes { get; init; } = 1_048_576;

    public int MaxMessageBytesBeforeBoot { get; init; } = 65_536;

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public int MessageSeconds { get; init; } = 30;

    /// <summary>
    /// Messages of a station that are worked on in a second, and those that one which has rested may send at once;
    /// 0: as they come.
    /// </summary>
    public int MessagesPerSecond { get; init; } = 20;

    public int MessageBurst { get; init; } = 200;

    /// <summary>CALLs of a station that may wait while one is served; one more closes its socket.</summary>
    public int WaitingCalls { get; init; } = 20;

    /// <summary>Bytes that are taken from a station in a second; 0: as they come.</summary>
    public int BytesPerSecond { get; init; } = 131_072;

    /// <summary>Messages that are no OCPP-J, within a minute, that close a socket.</summary>
    public int UnreadablePerMinute { get; init; } = 10;

    public int MaxConnections { get; init; } = 15_000;

    /// <summary>How often one station may connect; 0: as it likes.</summary>
    public int ConnectsPerMinute { get; init; } = 30;

    /// <summary>
    /// Wrong names and passwords that may come from one network (IPv4: of 256 addresses, IPv6: /64), and those that
    /// one which has rested may send at once; 0: no limit by network.
    /// </summary>
    public int FailedLoginsPerMinute { get; init; } = 30;

    public int FailedLoginBurst { get; init; } = 60;

    /// <summary>The same from everywhere together.</summary>
    public int FailedLoginsPerSecond { get; init; } = 500;

    /// <summary>
    /// The version spoken with a station that names no subprotocol and is not pinned; empty: refused.
    /// </summary>
    public string AssumeProtocol { get; init; } = "";

    /// <summary>Quirk profiles beside those of quirks.json; empty: none.</summary>
    public string QuirksFile { get; init; } = "";

    /// <summary>The longest file that a station may send when it is asked for its diagnostics.</summary>
    public int UploadMaxBytes { get; init; } = 16_777_216;

    /// <summary>How long the URL for such a file is good.</summary>
    public int UploadUrlMinutes { get; init; } = 60;

    public int UploadKeepDays { get; init; } = 30;
}

internal sealed record WebhooksSection
{
    /// <summary>Networks (CIDR) inside which webhooks may be delivered although they are private.</summary>
    public IReadOnlyList<string> AllowedPrivateNetworks { get; init; } = [];

    public int TimeoutSeconds { get; init; } = 15;

    public int MaxEndpoints { get; init; } = 20;

    public int ConcurrentPerEndpoint { get; init; } = 10;
}

internal sealed record MailSection
{
    /// <summary>The mail server that takes alerts and invitations; empty: none is sent.</summary>
    public string Host { get; init; } = "";

    public int Port { get; init; } = 587;

    /// <summary>"starttls", "tls" (from the first byte, usually port 465) or "none".</summary>
    public string Security { get; init; } = "starttls";

    /// <summary>Empty: the server asks for no login.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Whom mails are from: voltgate@example.org, or Voltgate &lt;voltgate@example.org&gt;.</summary>
    public string From { get; init; } = "";

    /// <summary>A PEM file of who may have signed the server's certificate; empty: the system's.</summary>
    public string CertificateAuthority { get; init; } = "";
}

internal sealed record PaymentsSection
{
    /// <summary>Where Stripe's HTTP API is.</summary>
    public string StripeUrl { get; init; } = "https://api.stripe.com";
}

/// <summary>Charging by a contract that the vehicle shows (ISO 15118, Plug &amp; Charge).</summary>
internal sealed record ContractsSection
{
    /// <summary>Who knows contracts: empty, "development" or the URL of a service.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Sent to the service as a bearer token.</summary>
    public string Token { get; init; } = "";

    /// <summary>How long the service may take: a station waits meanwhile.</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>PEM, for "development": the roots of contracts, those between included.</summary>
    public string Roots { get; init; } = "";
}

internal sealed record ApiSection
{
    /// <summary>The audience that <c>POST /oauth/token</c> accepts; empty: any.</summary>
    public string TokenAudience { get; init; } = "";

    public int MaxBodyBytes { get; init; } = 1_048_576;

    /// <summary>The largest CSV body of an import, and how many rows it may have.</summary>
    public int MaxImportBytes { get; init; } = 52_428_800;

    public int MaxImportRows { get; init; } = 50_000;

    /// <summary>What one key may ask for; 0: no limit.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    public int WritesPerMinute { get; init; } = 60;

    /// <summary>How many event streams an organisation may have open at once.</summary>
    public int EventStreams { get; init; } = 50;

    /// <summary>Commands to chargestations that one API key may give in a minute.</summary>
    public int CommandsPerMinute { get; init; } = 300;
}

internal sealed record OperatorsSection
{
    /// <summary>A session that asks nothing for so long ends.</summary>
    public int SessionIdleMinutes { get; init; } = 60;

    /// <summary>No session lasts longer, however busy.</summary>
    public int SessionHours { get; init; } = 12;

    public int InvitationHours { get; init; } = 72;

    /// <summary>Attempts to sign in from one address.</summary>
    public int SourceTriesPerMinute { get; init; } = 20;

    /// <summary>Attempts to sign in to one account from addresses it has not come from before.</summary>
    public int AccountTriesPerMinute { get; init; } = 5;
}

internal sealed record DashboardSection
{
    /// <summary>Pictures for the map, with {z}, {x} and {y}; empty: outlines of countries alone.</summary>
    public string TileUrl { get; init; } = "";

    /// <summary>Whom the map names as their source, as plain text.</summary>
    public string TileAttribution { get; init; } = "";
}
