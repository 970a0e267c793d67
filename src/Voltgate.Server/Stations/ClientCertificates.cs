using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Voltgate.Server.Stations;

/// <summary>
/// Whether a station's certificate is what it must be (security whitepaper, A00.FR.4xx): signed by one of the
/// authorities, in force, strong enough, of this operator (O) and of this station (CN).
/// </summary>
internal sealed class ClientCertificates(AuthorityFile file, ServerOptions options, TimeProvider clock)
{
    private const int LeastRsaBits = 2_048;
    private const int LeastCurveBits = 256;
    private const string OfClients = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";
    private const string OrganizationName = "2.5.4.10";

    /// <summary>How a certificate is told apart from every other: SHA-256 of its bytes, hexadecimal.</summary>
    public static string FingerprintOf(X509Certificate2 certificate) =>
        certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant();

    /// <summary>Why it does not open the door to a station of these names; null: it does, unless revoked.</summary>
    public (string Code, string Detail)? Doubt(X509Certificate2 certificate, IReadOnlyList<string> names)
    {
        var authorities = file.Now();
        if (authorities.AreNone) return ("certificate_no_authority", "");
        if (AgeDoubt(certificate) is { } age) return age;
        if (WeaknessOf(certificate.PublicKey) is { } weak) return ("certificate_weak", weak);
        if (ChainDoubt(certificate, authorities) is { } chain) return chain;
        var organizations = Parts(certificate.SubjectName, OrganizationName);
        if (organizations is not [var organization] || organization != options.Ocpp.OperatorName)
            return ("certificate_organization", Named("O", organizations));
        var commonNames = Parts(certificate.SubjectName, CommonName);
        return commonNames is [var name] && names.Contains(name, StringComparer.Ordinal)
            ? null
            : ("certificate_name", Named("CN", commonNames));
    }

    /// <summary>What is too weak about a key, in words; null: nothing.</summary>
    public static string? WeaknessOf(PublicKey key)
    {
        using var rsa = key.GetRSAPublicKey();
        using var curve = key.GetECDsaPublicKey();
        if (rsa is not null) return rsa.KeySize < LeastRsaBits ? $"RSA with {rsa.KeySize} bits" : null;
        if (curve is null) return $"a key of the kind {key.Oid.FriendlyName ?? key.Oid.Value}";
        return curve.KeySize < LeastCurveBits ? $"a curve of {curve.KeySize} bits" : null;
    }

    /// <summary>The values of one attribute of a distinguished name, in their order.</summary>
    public static IReadOnlyList<string> Parts(X500DistinguishedName name, string attribute) =>
    [
        .. name.EnumerateRelativeDistinguishedNames().Where(
            r => !r.HasMultipleElements && r.GetSingleElementType().Value == attribute)
            .Select(r => r.GetSingleElementValue() ?? ""),
    ];

    private static string Named(string attribute, IReadOnlyList<string> values) =>
        values.Count == 0 ? "none" : string.Join(", ", values.Select(v => $"{attribute}={v}"));

    private (string, string)? AgeDoubt(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        if (until <= now) return ("certificate_expired", $"{until:yyyy-MM-dd}");
        return from > now ? ("certificate_not_yet_valid", $"{from:yyyy-MM-dd}") : null;
    }

    private (string, string)? ChainDoubt(X509Certificate2 certificate, Authorities authorities) =>
        authorities.FaultsOf(certificate, clock.GetUtcNow(), OfClients) is { } faults
            ? ("certificate_untrusted", faults)
            : null;
}
