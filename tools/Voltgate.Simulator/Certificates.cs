using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>A root certificate that the station trusts.</summary>
public sealed record KeptCertificate(CertificateUseType Use, CertificateHashData Hash);

/// <summary>Root certificates (security whitepaper, edition 2, M01 to M05).</summary>
internal static class Certificates
{
    public static InstallCertificateResponse Install(Turn turn, InstallCertificateRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(InstallCertificateStatus.Rejected);
        using var certificate = Read(request.Certificate);
        if (certificate is null || !IsValid(certificate, turn.NowMs)) return new(InstallCertificateStatus.Rejected);
        var kept = new KeptCertificate(request.CertificateType, HashOf(certificate, HashAlgorithmType.SHA256));
        turn.State = turn.State with { Certificates = turn.State.Certificates.Remove(kept).Add(kept) };
        return new(InstallCertificateStatus.Accepted);
    }

    public static GetInstalledCertificateIdsResponse List(Turn turn, GetInstalledCertificateIdsRequest request)
    {
        var found = turn.State.Certificates.Where(c => c.Use == request.CertificateType).Select(c => c.Hash).ToList();
        return found.Count == 0
            ? new(GetInstalledCertificateStatus.NotFound)
            : new(GetInstalledCertificateStatus.Accepted, found);
    }

    public static DeleteCertificateResponse Delete(Turn turn, DeleteCertificateRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(DeleteCertificateStatus.Failed);
        var left = turn.State.Certificates.RemoveAll(c => IsSame(c.Hash, request.CertificateHashData));
        if (left.Count == turn.State.Certificates.Count) return new(DeleteCertificateStatus.NotFound);
        turn.State = turn.State with { Certificates = left };
        return new(DeleteCertificateStatus.Accepted);
    }

    /// <summary>Null: it is no certificate in PEM.</summary>
    public static X509Certificate2? Read(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static bool IsValid(X509Certificate2 certificate, long nowMs)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(nowMs).UtcDateTime;
        return certificate.NotBefore.ToUniversalTime() <= now && now < certificate.NotAfter.ToUniversalTime();
    }

    // A root is its own issuer. RFC 6960 §4.1.1: the issuer's name in DER, and its key without the algorithm.
    private static CertificateHashData HashOf(X509Certificate2 root, HashAlgorithmType algorithm) => new(
        algorithm,
        Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)),
        Convert.ToHexStringLower(SHA256.HashData(root.PublicKey.EncodedKeyValue.RawData)),
        root.SerialNumber.TrimStart('0').ToLowerInvariant());

    private static bool IsSame(CertificateHashData a, CertificateHashData b) =>
        a.HashAlgorithm == b.HashAlgorithm
        && a.IssuerNameHash.Equals(b.IssuerNameHash, StringComparison.OrdinalIgnoreCase)
        && a.IssuerKeyHash.Equals(b.IssuerKeyHash, StringComparison.OrdinalIgnoreCase)
        && a.SerialNumber.TrimStart('0').Equals(b.SerialNumber.TrimStart('0'), StringComparison.OrdinalIgnoreCase);
}
