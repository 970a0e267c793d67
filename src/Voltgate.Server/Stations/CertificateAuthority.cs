using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Makes certificates for stations.</summary>
internal interface ICertificateAuthority
{
    /// <summary>Called before the first request, and before a certificate of its is judged.</summary>
    Task Open(CancellationToken cancel);

    /// <summary>The chain in PEM, the station's certificate first.</summary>
    /// <param name="csr">PEM, checked already.</param>
    /// <exception cref="InvalidOperationException">It could not be made; worth another try later.</exception>
    Task<string> Sign(string csr, CancellationToken cancel);
}

/// <summary>
/// An authority in this process, for development: its key lies in the database, sealed. What it signs says no more than
/// that the station asked in its own name.
/// </summary>
internal sealed class DevelopmentAuthority(
    SigningBook book, Keyring keyring, AuthorityFile trusted, ServerOptions options, TimeProvider clock)
    : ICertificateAuthority
{
    private const string Name = "development";
    private const string OfClients = "1.3.6.1.5.5.7.3.2";

    private X509Certificate2? root;

    public async Task Open(CancellationToken cancel)
    {
        if (await book.Authority(Name, cancel) is not { } row)
        {
            await book.Keep(Found());
            row = await book.Authority(Name, cancel)
                ?? throw new InvalidOperationException("The authority was not kept.");
        }

        root = X509Certificate2.CreateFromPem(row.Certificate, keyring.Unseal(row.KeySealed));
        trusted.Own = root;
    }

    public Task<string> Sign(string csr, CancellationToken cancel)
    {
        var authority = root ?? throw new InvalidOperationException("The authority is not open.");
        var asked = SigningRequest.Read(csr) ?? throw new InvalidOperationException("It is no request.");
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(options.Ocpp.OperatorName);
        subject.AddCommonName(SigningRequest.NameOf(asked)!);
        // Names and uses are this server's words: nothing but the key comes from the request.
        var request = new CertificateRequest(
            subject.Build(), asked.PublicKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(OfClients)], false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var now = clock.GetUtcNow();
        using var key = authority.GetECDsaPrivateKey()!;
        using var made = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(key), now.AddMinutes(-5),
            now.AddDays(options.Ocpp.CertificateDays), RandomNumberGenerator.GetBytes(16));
        return Task.FromResult(made.ExportCertificatePem() + "\n");
    }

    /// <summary>A new one; of several processes that start at once the first one's stays.</summary>
    private Statement Found()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(options.Ocpp.OperatorName);
        subject.AddCommonName("Voltgate development authority");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(20));
        return Statement.Of(
            "insert into authorities (name, certificate, key_sealed, created_at) values ($1, $2, $3, $4) "
            + "on conflict (name) do nothing",
            Name, made.ExportCertificatePem(), keyring.Seal(key.ExportPkcs8PrivateKeyPem()),
            now.ToUnixTimeMilliseconds());
    }
}

/// <summary>
/// An authority of yours behind a program: it reads the request on stdin and writes the chain to stdout. Its key never
/// comes into this process.
/// </summary>
internal sealed class CommandAuthority(ServerOptions options) : ICertificateAuthority
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public async Task<string> Sign(string csr, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(options.Ocpp.CertificateAuthority)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("It did not start.");
        try
        {
            var (said, complained) = (
                process.StandardOutput.ReadToEndAsync(patience.Token),
                process.StandardError.ReadToEndAsync(patience.Token));
            await process.StandardInput.WriteAsync(csr.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? Checked(csr, await said)
                : throw new InvalidOperationException($"It ended with {process.ExitCode}: {await complained}");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException("It took longer than 60 seconds.", e);
        }
    }

    /// <summary>The chain, if its first certificate is of the key that asked.</summary>
    private static string Checked(string csr, string chain)
    {
        try
        {
            using var made = X509Certificate2.CreateFromPem(chain);
            var asked = SigningRequest.Read(csr)!.PublicKey.ExportSubjectPublicKeyInfo();
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
