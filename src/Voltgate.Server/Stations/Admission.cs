using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>How somebody proved to be the station.</summary>
/// <param name="Certificate">By which it came; null: by none.</param>
internal sealed record Proof(StationSecurity By, X509Certificate2? Certificate = null)
{
    /// <summary>Which one it came by, where two passwords were good.</summary>
    public PasswordUse? Password { get; init; }

    public string? Fingerprint { get; } = Certificate is null ? null : ClientCertificates.FingerprintOf(Certificate);
}

/// <summary>Either a proof, or the code and detail of why there is none.</summary>
internal readonly record struct Presented(Proof? Proof, string Code = "", string Detail = "");

/// <summary>
/// Whether who knocks is the station that it says it is, by the security profile that the station must keep to at
/// least: OCPP's 0 (nothing), 1 (password), 2 (password by TLS), 3 (certificate). A stronger one is always taken.
/// </summary>
internal sealed class Admission(
    StationPasswords passwords, ClientCertificates certificates, CertificateBook book, ServerOptions options)
{
    private readonly IReadOnlyList<IPNetwork> trusted = [.. options.Ocpp.TrustedNetworks.Select(IPNetwork.Parse)];

    /// <param name="row">Null: no station has that identity. It costs what a wrong password costs.</param>
    public async Task<Presented> Judge(HttpContext http, string identity, StationKeys? row, CancellationToken cancel)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var (user, password) = Credentials(header);
        var fits = passwords.Fits(row?.PasswordSalt, row?.PasswordHash, password);
        // Security whitepaper A00.FR.204: the user name is the station's identity.
        var isNamed = CryptographicOperations.FixedTimeEquals(user, Encoding.UTF8.GetBytes(identity));
        if (row is null) return Doubt("unknown_station");
        var fitsNext = row.NextPasswordHash is not null
            && passwords.Fits(row.NextPasswordSalt, row.NextPasswordHash, password);
        var wanted = Enum.Parse<StationSecurity>(row.Security);
        var byPassword = Place(http, wanted, row.Settings)
            ?? ((fits || fitsNext) && isNamed ? ByPassword(http, row, fitsNext)
                : wanted == StationSecurity.None ? Proven(StationSecurity.None)
                : DoubtOf(header, user, password, isNamed));
        if (byPassword.Proof is not null || http.Connection.ClientCertificate is not { } shown) return byPassword;

        var byCertificate = await Judge(shown, row, cancel);
        return byCertificate.Proof is null && wanted != StationSecurity.Mtls && header.Length > 0
            ? byPassword
            : byCertificate;
    }

    private async Task<Presented> Judge(X509Certificate2 shown, StationKeys row, CancellationToken cancel)
    {
        string[] names =
            [row.Endpoint, row.StaticEndpoint, .. row.Settings.SerialNumber is { } serial ? [serial] : (string[])[]];
        if (certificates.Doubt(shown, names) is var (code, detail)) return Doubt(code, detail);
        var proof = new Proof(StationSecurity.Mtls, shown);
        return await book.IsRevoked(proof.Fingerprint!, cancel)
            ? Doubt("certificate_revoked", shown.SerialNumber)
            : new Presented(proof);
    }

    /// <summary>Why nobody is let in without a certificate from there; null: a password, or none, will do.</summary>
    private Presented? Place(HttpContext http, StationSecurity wanted, StationSettings settings) => wanted switch
    {
        StationSecurity.Mtls => Doubt(http.Request.IsHttps ? "certificate_missing" : "tls_missing"),
        StationSecurity.None => OpenDoor(http, settings),
        _ when http.Request.IsHttps => null,
        StationSecurity.BasicAuth when IsTrusted(http.Connection) => null,
        StationSecurity.BasicAuth => Doubt("network_untrusted", Source.Of(http.Connection.RemoteIpAddress)),
        _ => Doubt("tls_missing"),
    };

    private Presented? OpenDoor(HttpContext http, StationSettings settings) => options.Ocpp.AllowInsecure switch
    {
        "always" => null,
        "loopback" when settings.AllowsProfile0 || IsLocal(http.Connection) => null,
        _ => Doubt("insecure_refused"),
    };

    private bool IsTrusted(ConnectionInfo connection) =>
        IsLocal(connection)
        || (connection.RemoteIpAddress is { } from && trusted.Any(n => n.Contains(Source.Plain(from))));

    private static bool IsLocal(ConnectionInfo connection) =>
        connection.LocalIpAddress is { } ip && IPAddress.IsLoopback(ip);

    private static Presented DoubtOf(string header, byte[] user, byte[] password, bool isNamed)
    {
        if (header.Length == 0) return Doubt("credentials_missing");
        if (user.Length == 0 && password.Length == 0) return Doubt("credentials_malformed");
        return isNamed ? Doubt("wrong_password", $"{password.Length} bytes were sent") : Doubt("wrong_user");
    }

    private static Presented ByPassword(HttpContext http, StationKeys row, bool isNew) => new(
        new Proof(http.Request.IsHttps ? StationSecurity.TlsBasic : StationSecurity.BasicAuth)
        {
            Password = row.NextPasswordAction is { } action ? new PasswordUse(action, isNew) : null,
        });

    private static Presented Proven(StationSecurity by) => new(new Proof(by));

    private static Presented Doubt(string code, string detail = "") => new(null, code, detail);

    private static (byte[] User, byte[] Password) Credentials(string header)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return ([], []);
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return ([], []);
        var colon = Array.IndexOf(bytes, (byte)':', 0, length);
        return colon < 0 ? ([], []) : (bytes[..colon], bytes[(colon + 1)..length]);
    }
}
