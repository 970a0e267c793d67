using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

// OCPP 1.6 security whitepaper, edition 2, §6 and §7: its messages, what the Central System initiates first.

public enum CertificateSignedStatus
{
    Accepted,
    Rejected,
}

public enum GenericStatus
{
    Accepted,
    Rejected,
}

public enum CertificateUseType
{
    CentralSystemRootCertificate,
    ManufacturerRootCertificate,
}

public enum DeleteCertificateStatus
{
    Accepted,
    Failed,
    NotFound,
}

public enum ExtendedTriggerMessageStatus
{
    Accepted,
    Rejected,
    NotImplemented,
}

public enum ExtendedMessageTrigger
{
    BootNotification,
    LogStatusNotification,
    FirmwareStatusNotification,
    Heartbeat,
    MeterValues,
    SignChargePointCertificate,
    StatusNotification,
}

public enum GetInstalledCertificateStatus
{
    Accepted,
    NotFound,
}

public enum HashAlgorithmType
{
    SHA256,
    SHA384,
    SHA512,
}

public enum InstallCertificateStatus
{
    Accepted,
    Failed,
    Rejected,
}

public enum LogStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
}

public enum LogType
{
    DiagnosticsLog,
    SecurityLog,
}

public enum SignedFirmwareStatus
{
    Downloaded,
    DownloadFailed,
    Downloading,
    DownloadScheduled,
    DownloadPaused,
    Idle,
    InstallationFailed,
    Installing,
    Installed,
    InstallRebooting,
    InstallScheduled,
    InstallVerificationFailed,
    InvalidSignature,
    SignatureVerified,
}

public enum UpdateFirmwareStatus
{
    Accepted,
    Rejected,
    AcceptedCanceled,
    InvalidCertificate,
    RevokedCertificate,
}

public enum UploadLogStatus
{
    BadMessage,
    Idle,
    NotSupportedOperation,
    PermissionDenied,
    Uploaded,
    UploadFailure,
    Uploading,
}

/// <summary>DeleteCertificate.req.</summary>
public sealed record DeleteCertificateRequest(CertificateHashData CertificateHashData)
{
    public static DeleteCertificateRequest Read(Fields f) => new(
        f.Object("certificateHashData", V16.CertificateHashData.Read)!);
}

public sealed record DeleteCertificateResponse(DeleteCertificateStatus Status)
{
    public static DeleteCertificateResponse Read(Fields f) => new(f.Enum<DeleteCertificateStatus>("status"));
}

/// <summary>CertificateHashDataType. Hashes and serial number in hexadecimal.</summary>
public sealed record CertificateHashData(
    HashAlgorithmType HashAlgorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber)
{
    public static CertificateHashData Read(Fields f) => new(
        f.Enum<HashAlgorithmType>("hashAlgorithm"), f.Text("issuerNameHash", 128), f.Text("issuerKeyHash", 128),
        f.Text("serialNumber", 40));
}

/// <summary>ExtendedTriggerMessage.req. FirmwareStatusNotification asks for SignedFirmwareStatusNotification.</summary>
public sealed record ExtendedTriggerMessageRequest(ExtendedMessageTrigger RequestedMessage, int? ConnectorId = null)
{
    public static ExtendedTriggerMessageRequest Read(Fields f) => new(
        f.Enum<ExtendedMessageTrigger>("requestedMessage"), f.OptionalInt("connectorId"));
}

public sealed record ExtendedTriggerMessageResponse(ExtendedTriggerMessageStatus Status)
{
    public static ExtendedTriggerMessageResponse Read(Fields f) => new(f.Enum<ExtendedTriggerMessageStatus>("status"));
}

/// <summary>GetInstalledCertificateIds.req.</summary>
public sealed record GetInstalledCertificateIdsRequest(CertificateUseType CertificateType)
{
    public static GetInstalledCertificateIdsRequest Read(Fields f) => new(
        f.Enum<CertificateUseType>("certificateType"));
}

public sealed record GetInstalledCertificateIdsResponse(
    GetInstalledCertificateStatus Status, IReadOnlyList<CertificateHashData>? CertificateHashData = null)
{
    public static GetInstalledCertificateIdsResponse Read(Fields f) => new(
        f.Enum<GetInstalledCertificateStatus>("status"),
        f.OptionalList("certificateHashData", V16.CertificateHashData.Read));
}

/// <summary>GetLog.req.</summary>
public sealed record GetLogRequest(
    LogType LogType, int RequestId, LogParameters Log, int? Retries = null, int? RetryInterval = null)
{
    public static GetLogRequest Read(Fields f) => new(
        f.Enum<LogType>("logType"), f.Int("requestId"), f.Object("log", LogParameters.Read)!,
        f.OptionalInt("retries"), f.OptionalInt("retryInterval"));
}

/// <summary>LogParametersType. RemoteLocation: where the Charge Point uploads to.</summary>
public sealed record LogParameters(
    string RemoteLocation, StationTime? OldestTimestamp = null, StationTime? LatestTimestamp = null)
{
    public static LogParameters Read(Fields f) => new(
        f.Text("remoteLocation", 512), f.OptionalTime("oldestTimestamp"), f.OptionalTime("latestTimestamp"));
}

/// <summary>AcceptedCanceled: accepted, and a running upload was given up for it.</summary>
public sealed record GetLogResponse(LogStatus Status, string? Filename = null)
{
    public static GetLogResponse Read(Fields f) => new(f.Enum<LogStatus>("status"), f.OptionalText("filename", 255));
}

/// <summary>InstallCertificate.req. Certificate: PEM.</summary>
public sealed record InstallCertificateRequest(CertificateUseType CertificateType, string Certificate)
{
    public static InstallCertificateRequest Read(Fields f) => new(
        f.Enum<CertificateUseType>("certificateType"), f.Text("certificate", 5_500));
}

public sealed record InstallCertificateResponse(InstallCertificateStatus Status)
{
    public static InstallCertificateResponse Read(Fields f) => new(f.Enum<InstallCertificateStatus>("status"));
}

/// <summary>SignedUpdateFirmware.req.</summary>
public sealed record SignedUpdateFirmwareRequest(
    int RequestId, Firmware Firmware, int? Retries = null, int? RetryInterval = null)
{
    public static SignedUpdateFirmwareRequest Read(Fields f) => new(
        f.Int("requestId"), f.Object("firmware", V16.Firmware.Read)!, f.OptionalInt("retries"),
        f.OptionalInt("retryInterval"));
}

/// <summary>FirmwareType. SigningCertificate: PEM. Signature: base64, over the file.</summary>
public sealed record Firmware(
    string Location, StationTime RetrieveDateTime, string SigningCertificate, string Signature,
    StationTime? InstallDateTime = null)
{
    public static Firmware Read(Fields f) => new(
        f.Text("location", 512), f.Time("retrieveDateTime"), f.Text("signingCertificate", 5_500),
        f.Text("signature", 800), f.OptionalTime("installDateTime"));
}

/// <summary>AcceptedCanceled: accepted, and a running update was given up for it.</summary>
public sealed record SignedUpdateFirmwareResponse(UpdateFirmwareStatus Status)
{
    public static SignedUpdateFirmwareResponse Read(Fields f) => new(f.Enum<UpdateFirmwareStatus>("status"));
}

/// <summary>LogStatusNotification.req. No request: nothing was asked for, and it was triggered.</summary>
public sealed record LogStatusNotificationRequest(UploadLogStatus Status, int? RequestId = null)
{
    public static LogStatusNotificationRequest Read(Fields f) => new(
        f.Enum<UploadLogStatus>("status"), f.OptionalInt("requestId"));
}

/// <summary>
/// SecurityEventNotification.req. Longer than 50 and 255 is read, too: a station that says too much of an attack must
/// not be refused.
/// </summary>
public sealed record SecurityEventNotificationRequest(string Type, StationTime Timestamp, string? TechInfo = null)
{
    public static SecurityEventNotificationRequest Read(Fields f) => new(
        f.Text("type"), f.Time("timestamp"), f.OptionalText("techInfo"));
}

/// <summary>SignedFirmwareStatusNotification.req. No request: no update is under way, and it was triggered.</summary>
public sealed record SignedFirmwareStatusNotificationRequest(SignedFirmwareStatus Status, int? RequestId = null)
{
    public static SignedFirmwareStatusNotificationRequest Read(Fields f) => new(
        f.Enum<SignedFirmwareStatus>("status"), f.OptionalInt("requestId"));
}

/// <summary>SignCertificate.req. Csr: PKCS #10, PEM.</summary>
public sealed record SignCertificateRequest(string Csr)
{
    public static SignCertificateRequest Read(Fields f) => new(f.Text("csr", 5_500));
}

public sealed record SignCertificateResponse(GenericStatus Status)
{
    public static SignCertificateResponse Read(Fields f) => new(f.Enum<GenericStatus>("status"));
}

/// <summary>CertificateSigned.req. CertificateChain: PEM, the Charge Point's own first.</summary>
public sealed record CertificateSignedRequest(string CertificateChain)
{
    public static CertificateSignedRequest Read(Fields f) => new(f.Text("certificateChain", 10_000));
}

public sealed record CertificateSignedResponse(CertificateSignedStatus Status)
{
    public static CertificateSignedResponse Read(Fields f) => new(f.Enum<CertificateSignedStatus>("status"));
}
