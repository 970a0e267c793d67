using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>What stations carry between vehicles and the providers of their contracts (blocks C07 and M).</summary>
internal static class ContractRows
{
    public static IReadOnlyList<Route> Of(V2Wire wire) =>
    [
        wire.Passed("Get15118EVCertificate", Get15118EVCertificateRequest.Read,
            (m, filed) => new Consulted(filed, new ContractWanted(
                m.Iso15118SchemaVersion, m.Action == CertificateAction.Update, m.ExiRequest)
            {
                Most = m.MaximumContractCertificateChains,
                Preferred = m.PrioritizedEMAIDs ?? [],
            }),
            (Advised r) => Content(r.Advice, wire, 7_500, 17_000) is { } exi
                ? new Get15118EVCertificateResponse(
                    Iso15118EVCertificateStatus.Accepted, exi, RemainingContracts: r.Advice.Remaining)
                : new Get15118EVCertificateResponse(Iso15118EVCertificateStatus.Failed, "")),

        wire.Passed("GetCertificateStatus", GetCertificateStatusRequest.Read,
            (m, filed) => new Consulted(filed, new StandingWanted(NameOf(m.OcspRequestData))),
            (Advised r) => Content(r.Advice, wire, 5_500, 18_000) is { } ocsp
                ? new GetCertificateStatusResponse(GetCertificateStatus.Accepted, OcspResult: ocsp)
                : new GetCertificateStatusResponse(GetCertificateStatus.Failed)),
    ];

    /// <summary>C07: the contract that a vehicle shows; null: a driver shows something else.</summary>
    public static ContractShown? ShownIn(AuthorizeRequest m) =>
        m.Certificate is null && m.Iso15118CertificateHashData is null
            ? null
            : new ContractShown(
                m.IdToken.Text, m.Certificate,
                [.. (m.Iso15118CertificateHashData ?? []).Select(NameOf)]);

    public static AuthorizeCertificateStatus? StatusOf(ContractVerdict? verdict) =>
        verdict is { } said ? Enum.Parse<AuthorizeCertificateStatus>(said.ToString()) : null;

    // What is longer than the edition allows is as good as nothing.
    private static string? Content(ContractAdvice advice, V2Wire wire, int most, int mostLatest) =>
        advice is { Verdict: ContractVerdict.Accepted, Content: { } content }
            && content.Length <= (wire.Edition == Edition.V21 ? mostLatest : most)
                ? content
                : null;

    private static CertificateName NameOf(OCSPRequestData asked) => new(
        asked.HashAlgorithm.ToString(), asked.IssuerNameHash, asked.IssuerKeyHash, asked.SerialNumber,
        asked.ResponderURL);
}
