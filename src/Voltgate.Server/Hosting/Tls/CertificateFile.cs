using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Hosting;

/// <summary>A certificate of this server with its key and what stands between it and its root.</summary>
internal sealed record ServerCertificate(X509Certificate2 Leaf, SslStreamCertificateContext Context);

/// <summary>What came of reading a certificate: it, or the setting and what is wrong with it.</summary>
internal sealed record CertificateReading(ServerCertificate? Certificate, string? Fault)
{
    public static CertificateReading Faulty(string setting, string file, string reason) =>
        new(null, $"{setting} = \"{file}\": {reason}");
}

/// <summary>Reads a certificate and its key from PEM files.</summary>
/// <param name="Kind">"Rsa" or "Ecdsa": the settings are Tls:RsaCertificate and Tls:RsaKey.</param>
/// <param name="Key">Empty: the key stands in the certificate's file.</param>
internal sealed record CertificateFile(string Kind, string Certificate, string Key)
{
    private const int LeastRsaBits = 2048;
    private const int LeastCurveBits = 224;

    public string KeyFile => Key.Length == 0 ? Certificate : Key;

    private string CertificateSetting => $"Tls:{Kind}Certificate";

    private string KeySetting => Key.Length == 0 ? CertificateSetting : $"Tls:{Kind}Key";

    public CertificateReading Read(DateTimeOffset now)
    {
        var chain = new X509Certificate2Collection();
        var pem = "";
        var (setting, file) = (CertificateSetting, Certificate);
        try
        {
            chain.ImportFromPemFile(Certificate);
            if (chain.Count == 0) return Refuse(setting, file, "holds no certificate; it must be PEM, yours first.");
            (setting, file) = (KeySetting, KeyFile);
            pem = File.ReadAllText(KeyFile);
            if (IsOpenToAll(KeyFile))
                return Refuse(setting, file, "everybody on this machine can read the key; chmod 600 it.");
            return KeyFault(chain[0], pem) is { } fault ? Refuse(setting, file, fault) : Pair(chain, pem, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(setting, file, $"cannot be read ({e.Message}).");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Refuse(setting, file, $"is not what it should be ({e.Message}).");
        }
    }

    private CertificateReading Pair(X509Certificate2Collection chain, string pem, DateTimeOffset now)
    {
        if (AgeFault(chain[0], now) is { } old) return Refuse(CertificateSetting, Certificate, old);
        var leaf = Kind == "Rsa"
            ? X509Certificate2.CreateFromPem(chain[0].ExportCertificatePem(), pem)
            : chain[0].CopyWithPrivateKey(Curve(pem));
        var rest = new X509Certificate2Collection(chain.Skip(1).ToArray());
        return new CertificateReading(
            new ServerCertificate(leaf, SslStreamCertificateContext.Create(leaf, rest, offline: true)), null);
    }

    private string? KeyFault(X509Certificate2 certificate, string pem)
    {
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
            return "the key is encrypted; give it without a password, readable by this program alone.";
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) return "holds no key in PEM.";
        using var rsa = certificate.GetRSAPublicKey();
        using var curve = certificate.GetECDsaPublicKey();
        if (Kind == "Rsa" ? rsa is null : curve is null)
            return $"the certificate in {Certificate} is no {Kind.ToUpperInvariant()} certificate.";
        if (rsa?.KeySize < LeastRsaBits || curve?.KeySize < LeastCurveBits)
            return $"the key is weak: {(rsa?.KeySize ?? curve?.KeySize)} bits, at least "
                + $"{(rsa is null ? LeastCurveBits : LeastRsaBits)} are wanted.";
        return Fits(rsa, curve, pem) ? null : $"the key is not that of the certificate in {Certificate}.";
    }

    private static bool Fits(RSA? rsa, ECDsa? curve, string pem)
    {
        if (curve is not null)
        {
            using var own = Curve(pem);
            return own.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(curve.ExportSubjectPublicKeyInfo());
        }

        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(rsa!.ExportSubjectPublicKeyInfo());
    }

    // A file may hold the curve's parameters before the key, and certificates around it.
    private static ECDsa Curve(string pem)
    {
        var key = ECDsa.Create();
        var at = pem.IndexOf("-----BEGIN EC PRIVATE KEY", StringComparison.Ordinal);
        key.ImportFromPem(at < 0 ? pem : pem.AsSpan(at));
        return key;
    }

    private static string? AgeFault(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            return $"has expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; renew it.";
        return certificate.NotBefore.ToUniversalTime() > now.UtcDateTime
            ? $"is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}; look at this machine's clock."
            : null;
    }

    private static bool IsOpenToAll(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) is not UnixFileMode.None;

    private static CertificateReading Refuse(string setting, string file, string reason) =>
        CertificateReading.Faulty(setting, file, reason);
}
