using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// A provider in this process, for development: it makes the certificates that stations show to vehicles, tells how
/// those stand, and takes contracts of the authorities in Contracts:Roots. Revocation of contracts it knows nothing of,
/// and no EXI: a vehicle that wants certificates is told that there are none.
/// </summary>
internal sealed class DevelopmentContracts(
    SigningBook book, Keyring keyring, ServerOptions options, TimeProvider clock) : IContractProvider
{
    private readonly StoredRoot root = new(
        new RootName("v2g-development", "Voltgate development V2G root"), book, keyring, options, clock);

    private Authorities contracts = Authorities.None;

    public async Task Open(CancellationToken cancel)
    {
        await root.Open(cancel);
        if (options.Contracts.Roots is { Length: > 0 } file && Authorities.Read(file).Read is { } read)
            contracts = read;
    }

    public async Task<ContractAdvice> Ask(string station, ContractQuestion question) => question switch
    {
        ContractShown shown => new ContractAdvice(Judge(shown)),
        StandingWanted { Certificate: var name } when OcspResponse.IsOf(root.Certificate, name) =>
            new ContractAdvice(ContractVerdict.Accepted, Convert.ToBase64String(OcspResponse.Write(
                root.Certificate, name, await book.HasMade(name.SerialNumber), clock.GetUtcNow()))),
        _ => ContractAdvice.None,
    };

    public Task<string> Sign(string station, string csr, CancellationToken cancel) => Task.FromResult(
        root.Issue(SigningRequest.Read(csr) ?? throw new InvalidOperationException("It is no request."), station, null)
        + root.Certificate.ExportCertificatePem() + "\n");

    private ContractVerdict Judge(ContractShown shown)
    {
        if (shown.Chain is not { } pem)
            return shown.Certificates.Length > 0 && shown.Certificates.All(IsOfKnown)
                ? ContractVerdict.Accepted
                : ContractVerdict.NoCertificateAvailable;
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
            return chain.Count == 0 ? ContractVerdict.CertChainError : Judge(chain, shown.Emaid);
        }
        catch (CryptographicException)
        {
            return ContractVerdict.CertChainError;
        }
        finally
        {
            foreach (var certificate in chain) certificate.Dispose();
        }
    }

    private ContractVerdict Judge(X509Certificate2Collection presented, string emaid)
    {
        var contract = presented[0];
        if (contract.NotAfter.ToUniversalTime() <= clock.GetUtcNow().UtcDateTime)
            return ContractVerdict.CertificateExpired;
        return contracts.FaultsOf(contract, clock.GetUtcNow(), presented: presented) is null && IsOf(contract, emaid)
            ? ContractVerdict.Accepted
            : ContractVerdict.CertChainError;
    }

    // An eMAID is written with hyphens, and without.
    private static bool IsOf(X509Certificate2 contract, string emaid) =>
        SigningRequest.NameOf(contract.SubjectName) is { } name
        && string.Equals(Plain(name), Plain(emaid), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string emaid) => emaid.Replace("-", "", StringComparison.Ordinal);

    private bool IsOfKnown(CertificateName name) =>
        contracts.Roots.Concat(contracts.Between).Any(issuer => OcspResponse.IsOf(issuer, name));
}
