using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Voltgate.Server.Hosting;

/// <summary>
/// Which TLS is spoken (OCPP 1.6 security whitepaper, A00.FR.311 to 320): 1.2 and 1.3, authenticated ciphers only.
/// </summary>
internal static class TlsRules
{
    public const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    private const int Tls12 = 0x0303;
    private const int Tls13 = 0x0304;

    private static readonly TlsCipherSuite[] ForEcdsa =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    ];

    private static readonly TlsCipherSuite[] ForRsa =
    [
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384,
    ];

    private static readonly TlsCipherSuite[] ForTls13 =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    ];

    public static IEnumerable<TlsCipherSuite> Suites => [.. ForTls13, .. ForEcdsa, .. ForRsa];

    /// <summary>Whether a client that offers this can be served with an ECDSA certificate of that key.</summary>
    public static bool TakesEcdsa(ClientHello hello, ECDsa key)
    {
        // RFC 8446 §4.2.3 and §4.2.7: the curve decides the signature scheme in TLS 1.3, and must be a group in 1.2.
        var (scheme, group) = key.KeySize switch
        {
            256 => (0x0403, 23),
            384 => (0x0503, 24),
            _ => (0x0603, 25),
        };
        if (hello.NewestVersion >= Tls13) return hello.Signatures.Contains(scheme);
        return ForEcdsa.Any(s => hello.Suites.Contains((int)s)) && hello.Groups.Contains(group)
            && hello.Signatures.Any(s => (s & 0xff) == 3 && s > 0x0303);
    }

    /// <summary>Why no connection could come of the hello; null: nothing in it forbids one.</summary>
    public static (string Code, string Detail)? Obstacle(ClientHello hello, bool hasRsa, bool hasEcdsa)
    {
        if (hello.NewestVersion < Tls12)
            return ("tls_too_old", hello.NewestVersion == 0x0302 ? "TLS 1.1" : "TLS 1.0 or older");
        TlsCipherSuite[] ours =
            [.. hello.NewestVersion >= Tls13 ? ForTls13 : [], .. hasEcdsa ? ForEcdsa : [], .. hasRsa ? ForRsa : []];
        return ours.Any(s => hello.Suites.Contains((int)s))
            ? null
            : ("tls_no_suite", string.Join(", ", hello.Suites.Take(4).Select(s => ((TlsCipherSuite)s).ToString())));
    }
}
