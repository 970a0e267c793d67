using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Api;

/// <summary>Certificates in bodies: PEM, as the OCPP 1.6 security whitepaper wants them.</summary>
internal static class CertificateFields
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    private static readonly string[] Roots =
        ["central_system_root", "manufacturer_root", "v2g_root", "mobility_operator_root"];

    public static readonly Field Use = Field.Word(
        "type", Roots, "What the station trusts it for; the last two are of OCPP 2.x.");

    public static readonly Field AnyUse = Field.Word(
        "type", [.. Roots, "v2g_chain", "any"],
        "What the station has it for; 1.6 knows the first two. v2g_chain: its own chain for vehicles.") with
    {
        Default = "\"central_system_root\"",
    };

    public static Field Pem(string name, string description) => Field.Text(name, description, max: 5_500, min: 1) with
    {
        Rule = text => Read((string)text!) is { } read && Dispose(read)
            ? null
            : $"Send one X.509 certificate as PEM, from {Begin} to -----END CERTIFICATE-----.",
        Example = $"\"{CertificateSamples.Pem.ReplaceLineEndings("\\n")}\"",
    };

    /// <summary>Null: any.</summary>
    public static CertificateUse? UseOf(string word) => word switch
    {
        "central_system_root" => CertificateUse.CentralSystemRoot,
        "manufacturer_root" => CertificateUse.ManufacturerRoot,
        "v2g_root" => CertificateUse.V2GRoot,
        "mobility_operator_root" => CertificateUse.MobilityOperatorRoot,
        "v2g_chain" => CertificateUse.V2GChain,
        _ => null,
    };

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
