using System.Data.Common;
using System.Net;
using System.Net.Mail;
using System.Text.Json.Nodes;
using Voltgate.Server.Mail;
using Voltgate.Server.Stations;

namespace Voltgate.Server.Hosting;

/// <summary>What a setting may be beyond its kind, one row a key; the words complete "… = value: ".</summary>
internal static class SettingRules
{
    private const int Day = 86_400;
    private const int Largest = 16 * 1024 * 1024;

    private static readonly Dictionary<string, Func<JsonNode, string?>> Rules = new()
    {
        ["Server:Host"] = Text(
            t => t is "localhost" || IPAddress.TryParse(t, out _), "must be an IP address or localhost"),
        ["Server:Port"] = Between(0, 65_535),
        ["Server:PublicUrl"] = Text(t => t.Length == 0 || IsWebUrl(t), "must be an http or https URL, or empty"),
        ["Server:DrainSeconds"] = Between(0, 20),
        ["Server:HeaderSeconds"] = Between(1, 600),
        ["Server:MaxConnections"] = Between(1, 100_000),
        ["Server:MaxConnectionsPerSource"] = Between(1, 100_000),
        ["Server:SharedSources"] = Networks,
        ["Tls:Host"] = Text(
            t => t is "" or "localhost" || IPAddress.TryParse(t, out _), "must be an IP address, localhost or empty"),
        ["Tls:Port"] = Between(0, 65_535),
        ["Tls:HandshakeSeconds"] = Between(1, 60),
        ["Storage:Provider"] = OneOf("sqlite", "postgresql"),
        ["Storage:ConnectionString"] = Text(t => t.Length > 0, "must name a SQLite file or a PostgreSQL database"),
        ["Storage:MinFreeMegabytes"] = Between(0, 1_048_576),
        ["Storage:EventKeepDays"] = Between(0, 36_500),
        ["Storage:MessageKeepDays"] = Between(0, 36_500),
        ["Bootstrap:ApiKey"] = Text(t => t.Length is 0 or >= 32 && !t.Any(char.IsWhiteSpace) && t.All(char.IsAscii),
            "must have 32 characters or more, none of them a space, or be empty"),
        ["Bootstrap:Organization"] = Text(t => t.Trim().Length is >= 1 and <= 200, "must have 1 to 200 characters"),
        ["Bootstrap:OperatorEmail"] = Text(t => t.Length == 0 || MailAddress.TryCreate(t, out _),
            "must be an e-mail address, or empty"),
        ["Sessions:StartTimeoutSeconds"] = Between(10, Day),
        ["Sessions:DefaultTimeMinutes"] = Between(1, 43_200),
        ["Sessions:CommandTimeoutSeconds"] = Between(1, 600),
        ["Sessions:EndAfterBootHours"] = Between(0, 8_760),
        ["Sessions:EndWhenAvailableHours"] = Between(0, 8_760),
        ["Sessions:EndWhenSilentHours"] = Between(0, 8_760),
        ["Ocpp:AllowInsecure"] = OneOf("loopback", "always", "never"),
        ["Ocpp:HeartbeatIntervalSeconds"] = Between(10, Day),
        ["Ocpp:PingIntervalSeconds"] = Between(5, 3600),
        ["Ocpp:PongTimeoutSeconds"] = Between(1, 3600),
        ["Ocpp:CallTimeoutSeconds"] = Between(1, 600),
        ["Ocpp:ReconcileSeconds"] = Between(0, 3600),
        ["Ocpp:MaxMessageBytes"] = Between(1024, Largest),
        ["Ocpp:MaxMessageBytesBeforeBoot"] = Between(1024, Largest),
        ["Ocpp:MessageSeconds"] = Between(1, 600),
        ["Ocpp:MessagesPerSecond"] = Between(0, 100_000),
        ["Ocpp:MessageBurst"] = Between(1, 1_000_000),
        ["Ocpp:WaitingCalls"] = Between(1, 10_000),
        ["Ocpp:BytesPerSecond"] = Between(0, 100_000_000),
        ["Ocpp:UnreadablePerMinute"] = Between(1, 10_000),
        ["Ocpp:MaxConnections"] = Between(1, 100_000),
        ["Ocpp:ConnectsPerMinute"] = Between(0, 100_000),
        ["Ocpp:FailedLoginsPerMinute"] = Between(0, 100_000),
        ["Ocpp:FailedLoginBurst"] = Between(1, 100_000),
        ["Ocpp:FailedLoginsPerSecond"] = Between(1, 100_000),
        ["Ocpp:AssumeProtocol"] = OneOf("", "ocpp1.6", "ocpp2.0.1", "ocpp2.1"),
        ["Ocpp:QuirksFile"] = node =>
            node.GetValue<string>() is { Length: > 0 } file ? QuirkBook.FaultOf(file) : null,
        ["Ocpp:UploadMaxBytes"] = Between(1024, 64 * Largest),
        ["Ocpp:UploadUrlMinutes"] = Between(1, 10_080),
        ["Ocpp:UploadKeepDays"] = Between(1, 3_650),
        ["Ocpp:TrustedNetworks"] = Networks,
        ["Ocpp:CertificateAuthority"] = Text(
            t => t is "" or "development" || File.Exists(t), "must be development, a program's file, or empty"),
        ["Ocpp:CertificateDays"] = Between(1, 3_650),
        ["Ocpp:UnknownStations"] = OneOf("refuse", "quarantine"),
        ["Webhooks:AllowedPrivateNetworks"] = Networks,
        ["Webhooks:TimeoutSeconds"] = Between(1, 60),
        ["Webhooks:MaxEndpoints"] = Between(1, 1000),
        ["Webhooks:ConcurrentPerEndpoint"] = Between(1, 100),
        ["Mail:Port"] = Between(1, 65_535),
        ["Mail:Security"] = OneOf(SmtpConversation.StartTls, SmtpConversation.Tls, SmtpConversation.Plain),
        ["Mail:From"] = Text(
            t => t.Length == 0 || MailAddress.TryCreate(t, out var from) && MailText.IsAddress(from.Address),
            "must be an e-mail address, or empty"),
        ["Mail:CertificateAuthority"] = Text(t => t.Length == 0 || File.Exists(t), "must be a file, or empty"),
        ["Payments:StripeUrl"] = Text(IsWebUrl, "must be an http or https URL"),
        ["Contracts:Provider"] = Text(
            t => t is "" or "development" || IsWebUrl(t), "must be development, an http or https URL, or empty"),
        ["Contracts:TimeoutSeconds"] = Between(1, 60),
        ["Operators:SessionIdleMinutes"] = Between(1, 10_080),
        ["Operators:SessionHours"] = Between(1, 720),
        ["Operators:InvitationHours"] = Between(1, 720),
        ["Operators:SourceTriesPerMinute"] = Between(1, 600),
        ["Operators:AccountTriesPerMinute"] = Between(1, 600),
        ["Api:MaxBodyBytes"] = Between(1024, 4 * Largest),
        ["Api:MaxImportBytes"] = Between(1024, 1_073_741_824),
        ["Api:MaxImportRows"] = Between(1, 1_000_000),
        ["Api:RequestsPerMinute"] = Between(0, 1_000_000),
        ["Api:WritesPerMinute"] = Between(0, 1_000_000),
        ["Api:EventStreams"] = Between(1, 10_000),
        ["Api:CommandsPerMinute"] = Between(1, 1_000_000),
        ["Dashboard:TileUrl"] = Text(
            t => t.Length == 0 || Dashboard.IsTiles(t), "must be an http or https URL with {z}, {x} and {y}, or empty"),
        ["Dashboard:TileAttribution"] = Text(t => t.Length <= 200, "must have 200 characters at most"),
    };

    public static bool IsSecret(string key) =>
        key is "Bootstrap:ApiKey" or "Storage:ConnectionString" or "Mail:Password" or "Contracts:Token";

    /// <summary>What is wrong with the value, or null.</summary>
    public static string? Check(string key, JsonNode node) =>
        Rules.TryGetValue(key, out var rule) ? rule(node) : null;

    /// <summary>What is wrong between settings.</summary>
    public static IEnumerable<string> CheckTogether(ServerOptions options)
    {
        if (options.Storage.Provider is "postgresql" && !NamesHost(options.Storage.ConnectionString))
            yield return "Storage:ConnectionString (not shown): Storage:Provider is postgresql, so it must read "
                + "Host=…;Database=…;Username=…;Password=….";
        if (options.Tls.IsOn() && options.Tls.Port == options.Server.Port && options.Tls.Port > 0)
            yield return $"Tls:Port = {options.Tls.Port}: is Server:Port already; give TLS a port of its own.";
        foreach (var (key, certificate, setting) in new[]
        {
            (options.Tls.RsaKey, options.Tls.RsaCertificate, "Rsa"),
            (options.Tls.EcdsaKey, options.Tls.EcdsaCertificate, "Ecdsa"),
        })
            if (key.Length > 0 && certificate.Length == 0)
                yield return $"Tls:{setting}Key = \"{key}\": has no certificate; name it in Tls:{setting}Certificate.";
        if (options.Tls.ClientAuthorities is { Length: > 0 } bundle && options.Ocpp.OperatorName.Length == 0)
            yield return $"Tls:ClientAuthorities = \"{bundle}\": set Ocpp:OperatorName, too, to the organisation (O) "
                + "that stations' certificates name.";
        if (options.Ocpp is { CertificateAuthority.Length: > 0, OperatorName.Length: 0 })
            yield return $"Ocpp:CertificateAuthority = \"{options.Ocpp.CertificateAuthority}\": set Ocpp:OperatorName, "
                + "too, to the organisation (O) that stations' certificates name.";
        if (options.Ocpp.MaxMessageBytesBeforeBoot > options.Ocpp.MaxMessageBytes)
            yield return $"Ocpp:MaxMessageBytesBeforeBoot = {options.Ocpp.MaxMessageBytesBeforeBoot}: "
                + $"must not be more than Ocpp:MaxMessageBytes ({options.Ocpp.MaxMessageBytes}).";
        if (options.Mail.Host.Length > 0 && options.Mail.From.Length == 0)
            yield return "Mail:From: Mail:Host is set, so it must say whom mails are from.";
        if (options.Mail is { User.Length: > 0, Security: SmtpConversation.Plain })
            yield return $"Mail:User = {options.Mail.User}: its password must not travel unencrypted; "
                + "set Mail:Security to starttls or tls.";
    }

    private static string? Networks(JsonNode node) =>
        node.AsArray().Select(n => n!.GetValue<string>()).FirstOrDefault(n => !IPNetwork.TryParse(n, out _)) is { } bad
            ? $"\"{bad}\" is not a network; write it as 10.0.0.0/8 or fd00::/8"
            : null;

    private static Func<JsonNode, string?> Between(int least, int most) => node =>
        node.GetValue<int>() is var n && n >= least && n <= most ? null : $"must be from {least} to {most}";

    private static Func<JsonNode, string?> Text(Func<string, bool> holds, string wanted) => node =>
        holds(node.GetValue<string>()) ? null : wanted;

    private static Func<JsonNode, string?> OneOf(params string[] words) => Text(
        t => words.Contains(t), "must be one of " + string.Join(", ", words.Select(w => w.Length == 0 ? "\"\"" : w)));

    private static bool IsWebUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static bool NamesHost(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString }.ContainsKey("Host");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
