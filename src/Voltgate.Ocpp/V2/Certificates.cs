using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, blocks A and M.

/// <summary>A02, A03: a station asks for a certificate of its key.</summary>
public sealed record SignCertificateRequest(
    string Csr, CertificateSigningUse? CertificateType = null,
    [Since(Edition.V21)] CertificateHashData? HashRootCertificate = null, [Since(Edition.V21)] int? RequestId = null)
{
    public static SignCertificateRequest Read(Fields f) => new(
        f.Text("csr", 5500), f.OptionalEnum<CertificateSigningUse>("certificateType"),
        f.OptionalObject("hashRootCertificate", CertificateHashData.Read), f.OptionalInt("requestId"));
}

public sealed record SignCertificateResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static SignCertificateResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>A02, A03: that certificate.</summary>
public sealed record CertificateSignedRequest(
    string CertificateChain, CertificateSigningUse? CertificateType = null,
    [Since(Edition.V21)] int? RequestId = null)
{
    public static CertificateSignedRequest Read(Fields f) => new(
        f.Text("certificateChain", 10000), f.OptionalEnum<CertificateSigningUse>("certificateType"),
        f.OptionalInt("requestId"));
}

public sealed record CertificateSignedResponse(CertificateSignedStatus Status, StatusInfo? StatusInfo = null)
{
    public static CertificateSignedResponse Read(Fields f) => new(
        f.Enum<CertificateSignedStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>M05: trust a root certificate.</summary>
public sealed record InstallCertificateRequest(InstallCertificateUse CertificateType, string Certificate)
{
    public static InstallCertificateRequest Read(Fields f) => new(
        f.Enum<InstallCertificateUse>("certificateType"), f.Text("certificate", f.Max(5500, 10000)));
}

public sealed record InstallCertificateResponse(InstallCertificateStatus Status, StatusInfo? StatusInfo = null)
{
    public static InstallCertificateResponse Read(Fields f) => new(
        f.Enum<InstallCertificateStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>M04: trust it no more.</summary>
public sealed record DeleteCertificateRequest(CertificateHashData CertificateHashData)
{
    public static DeleteCertificateRequest Read(Fields f) => new(
        f.Object("certificateHashData", CertificateHashData.Read)!);
}

public sealed record DeleteCertificateResponse(DeleteCertificateStatus Status, StatusInfo? StatusInfo = null)
{
    public static DeleteCertificateResponse Read(Fields f) => new(
        f.Enum<DeleteCertificateStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>M03: which certificates are installed.</summary>
public sealed record GetInstalledCertificateIdsRequest(ImmutableArray<GetCertificateIdUse>? CertificateType = null)
{
    public static GetInstalledCertificateIdsRequest Read(Fields f) => new(
        f.EnumsOrNull<GetCertificateIdUse>("certificateType"));
}

public sealed record GetInstalledCertificateIdsResponse(
    GetInstalledCertificateStatus Status, StatusInfo? StatusInfo = null,
    ImmutableArray<CertificateHashDataChain>? CertificateHashDataChain = null)
{
    public static GetInstalledCertificateIdsResponse Read(Fields f) => new(
        f.Enum<GetInstalledCertificateStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.ListOrNull("certificateHashDataChain", V2.CertificateHashDataChain.Read));
}

/// <summary>M06: a station asks whether a certificate is still good.</summary>
public sealed record GetCertificateStatusRequest(OCSPRequestData OcspRequestData)
{
    public static GetCertificateStatusRequest Read(Fields f) => new(
        f.Object("ocspRequestData", OCSPRequestData.Read)!);
}

public sealed record GetCertificateStatusResponse(
    GetCertificateStatus Status, StatusInfo? StatusInfo = null, string? OcspResult = null)
{
    public static GetCertificateStatusResponse Read(Fields f) => new(
        f.Enum<GetCertificateStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.OptionalText("ocspResult", f.Max(5500, 18000)));
}

/// <summary>M: a station asks it of several, to find out itself. OCPP 2.1.</summary>
public sealed record GetCertificateChainStatusRequest(
    ImmutableArray<CertificateStatusRequestInfo> CertificateStatusRequests)
{
    public static GetCertificateChainStatusRequest Read(Fields f) => new(
        f.FilledList("certificateStatusRequests", CertificateStatusRequestInfo.Read, most: 4));
}

public sealed record GetCertificateChainStatusResponse(ImmutableArray<CertificateStatus> CertificateStatus)
{
    public static GetCertificateChainStatusResponse Read(Fields f) => new(
        f.FilledList("certificateStatus", V2.CertificateStatus.Read, most: 4));
}

/// <summary>M01, M02: a station passes on what an EV asks for.</summary>
public sealed record Get15118EVCertificateRequest(
    string Iso15118SchemaVersion, CertificateAction Action, string ExiRequest,
    [Since(Edition.V21)] int? MaximumContractCertificateChains = null,
    [Since(Edition.V21)] ImmutableArray<string>? PrioritizedEMAIDs = null)
{
    public static Get15118EVCertificateRequest Read(Fields f) => new(
        f.Text("iso15118SchemaVersion", 50), f.Enum<CertificateAction>("action"),
        f.Text("exiRequest", f.Max(5600, 11000)), f.OptionalInt("maximumContractCertificateChains", min: 0),
        f.TextsOrNull("prioritizedEMAIDs", 255, most: 8));
}

public sealed record Get15118EVCertificateResponse(
    Iso15118EVCertificateStatus Status, string ExiResponse, StatusInfo? StatusInfo = null,
    [Since(Edition.V21)] int? RemainingContracts = null)
{
    public static Get15118EVCertificateResponse Read(Fields f) => new(
        f.Enum<Iso15118EVCertificateStatus>("status"), f.Text("exiResponse", f.Max(7500, 17000)),
        f.OptionalObject("statusInfo", StatusInfo.Read), f.OptionalInt("remainingContracts", min: 0));
}

public sealed record CertificateStatusRequestInfo(
    CertificateHashData CertificateHashData, CertificateStatusSource Source, ImmutableArray<string> Urls)
{
    public static CertificateStatusRequestInfo Read(Fields f) => new(
        f.Object("certificateHashData", CertificateHashData.Read)!, f.Enum<CertificateStatusSource>("source"),
        f.Texts("urls", 2000, most: 5));
}

public sealed record CertificateStatus(
    CertificateHashData CertificateHashData, StationTime NextUpdate, CertificateStatusSource Source,
    CertificateVerdict Status)
{
    public static CertificateStatus Read(Fields f) => new(
        f.Object("certificateHashData", CertificateHashData.Read)!, f.Time("nextUpdate"),
        f.Enum<CertificateStatusSource>("source"), f.Enum<CertificateVerdict>("status"));
}

public sealed record CertificateHashDataChain(
    CertificateHashData CertificateHashData, GetCertificateIdUse CertificateType,
    ImmutableArray<CertificateHashData>? ChildCertificateHashData = null)
{
    public static CertificateHashDataChain Read(Fields f) => new(
        f.Object("certificateHashData", CertificateHashData.Read)!, f.Enum<GetCertificateIdUse>("certificateType"),
        f.ListOrNull("childCertificateHashData", CertificateHashData.Read, most: 4));
}

public enum CertificateSigningUse
{
    ChargingStationCertificate, V2GCertificate,
    [Since(Edition.V21)] V2G20Certificate,
}

public enum CertificateSignedStatus
{
    Accepted, Rejected,
}

public enum DeleteCertificateStatus
{
    Accepted, Failed, NotFound,
}

public enum CertificateAction
{
    Install, Update,
}

public enum Iso15118EVCertificateStatus
{
    Accepted, Failed,
}

public enum CertificateStatusSource
{
    CRL, OCSP,
}

/// <summary>CertificateStatusEnumType.</summary>
public enum CertificateVerdict
{
    Good, Revoked, Unknown, Failed,
}

public enum GetCertificateStatus
{
    Accepted, Failed,
}

public enum GetCertificateIdUse
{
    V2GRootCertificate, MORootCertificate, CSMSRootCertificate, V2GCertificateChain, ManufacturerRootCertificate,
    [Since(Edition.V21)] OEMRootCertificate,
}

public enum GetInstalledCertificateStatus
{
    Accepted, NotFound,
}

public enum InstallCertificateUse
{
    V2GRootCertificate, MORootCertificate, ManufacturerRootCertificate, CSMSRootCertificate,
    [Since(Edition.V21)] OEMRootCertificate,
}

public enum InstallCertificateStatus
{
    Accepted, Rejected, Failed,
}
