using System.Collections.Immutable;

namespace Voltgate.Domain.Stations;

/// <summary>
/// What a provider of charging contracts (ISO 15118, Plug &amp; Charge) is asked for a station or a vehicle. What
/// passes between the vehicle and the provider is theirs; the platform carries it.
/// </summary>
public abstract record ContractQuestion;

/// <summary>A vehicle wants the certificates of its contract (2.0.1 M01, M02).</summary>
/// <param name="Schema">The namespace of the ISO 15118 messages: urn:iso:15118:2:2013:MsgDef.</param>
/// <param name="Renews">It has some already.</param>
/// <param name="Exi">Its request, Base64 of EXI.</param>
public sealed record ContractWanted(string Schema, bool Renews, string Exi) : ContractQuestion
{
    /// <summary>The most contracts that it takes (2.1); null: one.</summary>
    public int? Most { get; init; }

    /// <summary>Those that it would rather have, the first one most (2.1).</summary>
    public ImmutableArray<string> Preferred { get; init; } = [];
}

/// <summary>Whether a certificate still holds, as its authority's word (2.0.1 M06).</summary>
public sealed record StandingWanted(CertificateName Certificate) : ContractQuestion;

/// <summary>A vehicle shows its contract to charge by it (2.0.1 C07).</summary>
/// <param name="Emaid">Who has the contract.</param>
/// <param name="Chain">PEM, the contract's own first; null: the station looked at it itself.</param>
/// <param name="Certificates">Those of it whose standing the station asks for.</param>
public sealed record ContractShown(string Emaid, string? Chain, ImmutableArray<CertificateName> Certificates)
    : ContractQuestion;

/// <summary>A certificate by its issuer and number (2.x OCSPRequestData); hashes in hexadecimal.</summary>
/// <param name="Algorithm">SHA256, SHA384 or SHA512.</param>
/// <param name="Responder">Where its authority tells of it.</param>
public sealed record CertificateName(
    string Algorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber, string Responder);

/// <summary>2.x AuthorizeCertificateStatusEnumType.</summary>
public enum ContractVerdict
{
    Accepted,
    SignatureError,
    CertificateExpired,
    CertificateRevoked,

    /// <summary>Nobody could tell in time.</summary>
    NoCertificateAvailable,
    CertChainError,
    ContractCancelled,
}

/// <summary>What the provider says.</summary>
/// <param name="Content">Base64: EXI for the vehicle, or an OCSP response; null: there is none.</param>
public sealed record ContractAdvice(ContractVerdict Verdict, string? Content = null)
{
    /// <summary>How many more contracts the vehicle may ask for (2.1).</summary>
    public int? Remaining { get; init; }

    /// <summary>Nobody could be asked, or nobody knew.</summary>
    public static readonly ContractAdvice None = new(ContractVerdict.NoCertificateAvailable);
}
