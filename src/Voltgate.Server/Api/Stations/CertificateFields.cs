using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Api;

/// <summary>Certificates in bodies: PEM, as the OCPP 1.6 security whitepaper wants them.</summary>
internal static class CertificateFields
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    public static readonly Field Use = Field.Word(
        "type", ["central_system_root", "manufacturer_root"], "What the station trusts it for.");

    public static Field Pem(string name, string description) => Field.Text(name, description, max: 5_500, min: 1) with
    {
        Rule = text => Read((string)text!) is { } read && Dispose(read)
            ? null
            : $"Send one X.509 certificate as PEM, from {Begin} to -----END CERTIFICATE-----.",
        Example = $"\"{CertificateSamples.Pem.ReplaceLineEndings("\\n")}\"",
    };

    public static CertificateUse UseOf(string word) =>
        word == "manufacturer_root" ? CertificateUse.ManufacturerRoot : CertificateUse.CentralSystemRoot;

    /// <summary>Null where it holds at that time, else a sentence that says what to do.</summary>
    public static string? Fault(string pem, long nowMs)
    {
        using var certificate = Read(pem)!;
        var now = DateTimeOffset.FromUnixTimeMilliseconds(nowMs).UtcDateTime;
        if (certificate.NotAfter.ToUniversalTime() <= now)
            return $"This certificate ended at {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; send a newer one.";
        return certificate.NotBefore.ToUniversalTime() > now
            ? $"This certificate begins at {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}; send one that holds."
            : null;
    }

    private static X509Certificate2? Read(string text)
    {
        if (text.Split(Begin).Length != 2) return null;
        try
        {
            return X509Certificate2.CreateFromPem(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool Dispose(X509Certificate2 certificate)
    {
        certificate.Dispose();
        return true;
    }
}
