using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <param name="Row">Its row in authorities.</param>
internal readonly record struct RootName(string Row, string CommonName);

/// <summary>
/// An authority of this process's own, for development: made when it is first opened, its key sealed in the database.
/// </summary>
internal sealed class StoredRoot(
    RootName name, SigningBook book, Keyring keyring, ServerOptions options, TimeProvider clock)
{
    private X509Certificate2? certificate;

    /// <summary>With its key.</summary>
    public X509Certificate2 Certificate =>
        certificate ?? throw new InvalidOperationException("The authority is not open.");

    public async Task Open(CancellationToken cancel)
    {
        if (await book.Authority(name.Row, cancel) is not { } row)
        {
            await book.Keep(Found());
            row = await book.Authority(name.Row, cancel)
                ?? throw new InvalidOperationException("The authority was not kept.");
        }

        certificate = X509Certificate2.CreateFromPem(row.Certificate, keyring.Unseal(row.KeySealed));
    }

    /// <summary>
    /// A certificate of the key that asks. Names and uses are this server's words: nothing but the key comes from the
    /// request.
    /// </summary>
    /// <param name="use">The one thing that it is for (an OID); null: not said.</param>
    /// <returns>PEM.</returns>
    public string Issue(CertificateRequest asked, string commonName, string? use)
    {
        var subject = new X500DistinguishedNameBuilder();
        if (options.Ocpp.OperatorName is { Length: > 0 } organization) subject.AddOrganizationName(organization);
        subject.AddCommonName(commonName);
        var request = new CertificateRequest(
            subject.Build(), asked.PublicKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (use is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var now = clock.GetUtcNow();
        using var key = Certificate.GetECDsaPrivateKey()!;
        using var made = request.Create(
            Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddMinutes(-5),
            now.AddDays(options.Ocpp.CertificateDays), RandomNumberGenerator.GetBytes(16));
        return made.ExportCertificatePem() + "\n";
    }

    /// <summary>A new one; of several processes that start at once the first one's stays.</summary>
    private Statement Found()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        if (options.Ocpp.OperatorName is { Length: > 0 } organization) subject.AddOrganizationName(organization);
        subject.AddCommonName(name.CommonName);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(20));
        return Statement.Of(
            "insert into authorities (name, certificate, key_sealed, created_at) values ($1, $2, $3, $4) "
            + "on conflict (name) do nothing",
            name.Row, made.ExportCertificatePem(), keyring.Seal(key.ExportPkcs8PrivateKeyPem()),
            now.ToUnixTimeMilliseconds());
    }
}
