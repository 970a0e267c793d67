using System.Collections.Immutable;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, authorization and the local list: blocks C and D.

/// <summary>C01: a station asks whether a token may charge.</summary>
public sealed record AuthorizeRequest(
    IdToken IdToken, string? Certificate = null, ImmutableArray<OCSPRequestData>? Iso15118CertificateHashData = null)
{
    public static AuthorizeRequest Read(Fields f) => new(
        f.Object("idToken", IdToken.Read)!, f.OptionalText("certificate", f.Max(5500, 10000)),
        f.ListOrNull("iso15118CertificateHashData", OCSPRequestData.Read, most: 4));
}

public sealed record AuthorizeResponse(
    IdTokenInfo IdTokenInfo, AuthorizeCertificateStatus? CertificateStatus = null,
    [Since(Edition.V21)] ImmutableArray<EnergyTransferMode>? AllowedEnergyTransfer = null,
    [Since(Edition.V21)] Tariff? Tariff = null)
{
    public static AuthorizeResponse Read(Fields f) => new(
        f.Object("idTokenInfo", IdTokenInfo.Read)!, f.OptionalEnum<AuthorizeCertificateStatus>("certificateStatus"),
        f.EnumsOrNull<EnergyTransferMode>("allowedEnergyTransfer"), f.OptionalObject("tariff", Tariff.Read));
}

/// <summary>C11: forget the tokens that were accepted.</summary>
public sealed record ClearCacheRequest
{
    public static ClearCacheRequest Read(Fields f) => new();
}

public sealed record ClearCacheResponse(ClearCacheStatus Status, StatusInfo? StatusInfo = null)
{
    public static ClearCacheResponse Read(Fields f) => new(
        f.Enum<ClearCacheStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>D02: which list of tokens a station has.</summary>
public sealed record GetLocalListVersionRequest
{
    public static GetLocalListVersionRequest Read(Fields f) => new();
}

public sealed record GetLocalListVersionResponse(int VersionNumber)
{
    public static GetLocalListVersionResponse Read(Fields f) => new(f.Int("versionNumber"));
}

/// <summary>D01: which tokens a station may take by itself.</summary>
public sealed record SendLocalListRequest(
    int VersionNumber, UpdateKind UpdateType, ImmutableArray<AuthorizationData>? LocalAuthorizationList = null)
{
    public static SendLocalListRequest Read(Fields f) => new(
        f.Int("versionNumber"), f.Enum<UpdateKind>("updateType"),
        f.ListOrNull("localAuthorizationList", AuthorizationData.Read));
}

public sealed record SendLocalListResponse(SendLocalListStatus Status, StatusInfo? StatusInfo = null)
{
    public static SendLocalListResponse Read(Fields f) => new(
        f.Enum<SendLocalListStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record AuthorizationData(IdToken IdToken, IdTokenInfo? IdTokenInfo = null)
{
    public static AuthorizationData Read(Fields f) => new(
        f.Object("idToken", IdToken.Read)!, f.OptionalObject("idTokenInfo", IdTokenInfo.Read));
}

public enum AuthorizeCertificateStatus
{
    Accepted, SignatureError, CertificateExpired, CertificateRevoked, NoCertificateAvailable, CertChainError,
    ContractCancelled,
}

public enum ClearCacheStatus
{
    Accepted, Rejected,
}

/// <summary>UpdateEnumType.</summary>
public enum UpdateKind
{
    Differential, Full,
}

public enum SendLocalListStatus
{
    Accepted, Failed, VersionMismatch,
}
