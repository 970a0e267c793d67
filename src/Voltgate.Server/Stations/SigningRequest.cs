using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>A station's request for a certificate (security whitepaper, A02): what is granted, and its row.</summary>
internal static class SigningRequest
{
    private const string CommonName = "2.5.4.3";
    private const string OrganizationName = "2.5.4.10";

    // Sent again, it is the same request: what was made for it is sent again, nothing is made twice (O12).
    private const string Put =
        "insert into signing_requests (id, organization, chargestation, csr_hash, csr, status, tries, due_at, "
        + "created_at, updated_at, used_for, number) "
        + "values ($1, $2, $3, $4, $5, 'wanted', 0, $6, $6, $6, $7, $8) "
        + "on conflict (chargestation, csr_hash) do update set "
        + "status = case when signing_requests.chain is null then 'wanted' else 'signed' end, tries = 0, "
        + "number = excluded.number, due_at = excluded.due_at, updated_at = excluded.updated_at";

    /// <summary>Why no certificate is made for it; null: one is.</summary>
    public static string? FaultOf(string csr, ChargeStation station, OcppSection options)
    {
        if (options.CertificateAuthority.Length == 0) return "This server makes no certificates.";
        if (Read(csr) is not { } request) return "It is no PKCS #10 request in PEM that its own key has signed.";
        if (ClientCertificates.WeaknessOf(request.PublicKey) is { } weakness) return $"It is too weak: {weakness}.";
        if (request.CertificateExtensions.Count > 0)
            return "It asks for extensions: " + string.Join(
                ", ", request.CertificateExtensions.Select(e => e.Oid?.FriendlyName ?? e.Oid?.Value)) + ".";
        if (ClientCertificates.Parts(request.SubjectName, OrganizationName) is not [var organization]
            || organization != options.OperatorName) return $"Its O is not {options.OperatorName}.";
        return NameOf(request.SubjectName) is { } name && NamesOf(station).Contains(name, StringComparer.Ordinal)
            ? null
            : "Its CN is not the station's identity or serial number.";
    }

    /// <summary>Why nobody makes a certificate for it that stations show to vehicles; null: somebody does.</summary>
    public static string? FaultOf(string csr, string use, ContractsSection options)
    {
        if (options.Provider.Length == 0) return $"This server makes no {use}: Contracts:Provider is not set.";
        if (Read(csr) is not { } request) return "It is no PKCS #10 request in PEM that its own key has signed.";
        return ClientCertificates.WeaknessOf(request.PublicKey) is { } weakness ? $"It is too weak: {weakness}." : null;
    }

    /// <summary>The rows of a request that was granted.</summary>
    public static IEnumerable<Statement> RowsOf(
        CertificateWanted wanted, ChargeStation station, Outcome outcome, TimeProvider clock)
    {
        if (outcome.Reply is not CertificateNoted { Accepted: true }) return [];
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted.Csr + wanted.Use)));
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(station.Id + hash)))[..24];
        return
        [
            Statement.Of(
                Put, id, station.Organization, station.Id, hash, wanted.Csr, now, wanted.Use, wanted.Request),
        ];
    }

    public static IReadOnlyList<string> NamesOf(ChargeStation station) =>
        station.Settings.SerialNumber is { } serial
            ? [station.Endpoint, station.Id, serial]
            : [station.Endpoint, station.Id];

    /// <summary>The one CN; null: there is none, or several.</summary>
    public static string? NameOf(X500DistinguishedName subject) =>
        ClientCertificates.Parts(subject, CommonName) is [var name] ? name : null;

    /// <summary>The request, its own signature checked; null: it is none.</summary>
    public static CertificateRequest? Read(string csr)
    {
        try
        {
            // "Unsafe" to sign as they are: here extensions are looked at, and nothing of them is signed.
            return CertificateRequest.LoadSigningRequestPem(
                csr, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions,
                RSASignaturePadding.Pkcs1);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The chain, if its first certificate is of the key that asked.</summary>
    /// <exception cref="InvalidOperationException">It is of another one, or none at all.</exception>
    public static string Checked(string csr, string chain)
    {
        try
        {
            using var made = X509Certificate2.CreateFromPem(chain);
            var asked = Read(csr)!.PublicKey.ExportSubjectPublicKeyInfo();
            return made.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(asked)
                ? chain
                : throw new InvalidOperationException("It answered a certificate of another key.");
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException($"It answered no certificate in PEM ({e.Message}).", e);
        }
    }
}
