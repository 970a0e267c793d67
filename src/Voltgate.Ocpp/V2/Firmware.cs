using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block L.

/// <summary>L01, L02: fetch and install a firmware.</summary>
public sealed record UpdateFirmwareRequest(
    int RequestId, Firmware Firmware, int? Retries = null, int? RetryInterval = null)
{
    public static UpdateFirmwareRequest Read(Fields f) => new(
        f.Int("requestId"), f.Object("firmware", Firmware.Read)!, f.OptionalInt("retries", min: f.Min(0)),
        f.OptionalInt("retryInterval"));
}

public sealed record UpdateFirmwareResponse(UpdateFirmwareStatus Status, StatusInfo? StatusInfo = null)
{
    public static UpdateFirmwareResponse Read(Fields f) => new(
        f.Enum<UpdateFirmwareStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>L01, L02: how far an update is.</summary>
public sealed record FirmwareStatusNotificationRequest(
    FirmwareStatus Status, int? RequestId = null, [Since(Edition.V21)] StatusInfo? StatusInfo = null)
{
    public static FirmwareStatusNotificationRequest Read(Fields f) => new(
        f.Enum<FirmwareStatus>("status"), f.OptionalInt("requestId"),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>L03: fetch a firmware for the local network.</summary>
public sealed record PublishFirmwareRequest(
    string Location, string Checksum, int RequestId, int? Retries = null, int? RetryInterval = null)
{
    public static PublishFirmwareRequest Read(Fields f) => new(
        f.Text("location", f.Max(512, 2000)), f.Text("checksum", 32), f.Int("requestId", min: f.Min(0)),
        f.OptionalInt("retries", min: f.Min(0)), f.OptionalInt("retryInterval", min: f.Min(0)));
}

public sealed record PublishFirmwareResponse(GenericStatus Status, StatusInfo? StatusInfo = null)
{
    public static PublishFirmwareResponse Read(Fields f) => new(
        f.Enum<GenericStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>L04: no longer offer a firmware.</summary>
public sealed record UnpublishFirmwareRequest(string Checksum)
{
    public static UnpublishFirmwareRequest Read(Fields f) => new(f.Text("checksum", 32));
}

public sealed record UnpublishFirmwareResponse(UnpublishFirmwareStatus Status)
{
    public static UnpublishFirmwareResponse Read(Fields f) => new(f.Enum<UnpublishFirmwareStatus>("status"));
}

/// <summary>L03: how far that is.</summary>
public sealed record PublishFirmwareStatusNotificationRequest(
    PublishFirmwareStatus Status, ImmutableArray<string>? Location = null, int? RequestId = null,
    [Since(Edition.V21)] StatusInfo? StatusInfo = null)
{
    public static PublishFirmwareStatusNotificationRequest Read(Fields f) => new(
        f.Enum<PublishFirmwareStatus>("status"), f.TextsOrNull("location", f.Max(512, 2000)),
        f.OptionalInt("requestId", min: f.Min(0)), f.OptionalObject("statusInfo", StatusInfo.Read));
}

public sealed record Firmware(
    string Location, StationTime RetrieveDateTime, StationTime? InstallDateTime = null, string? Signature = null,
    string? SigningCertificate = null)
{
    public static Firmware Read(Fields f) => new(
        f.Text("location", f.Max(512, 2000)), f.Time("retrieveDateTime"), f.OptionalTime("installDateTime"),
        f.OptionalText("signature", 800), f.OptionalText("signingCertificate", 5500));
}

public enum FirmwareStatus
{
    Downloaded, DownloadFailed, Downloading, DownloadScheduled, DownloadPaused, Idle, InstallationFailed, Installing,
    Installed, InstallRebooting, InstallScheduled, InstallVerificationFailed, InvalidSignature, SignatureVerified,
}

public enum PublishFirmwareStatus
{
    Idle, DownloadScheduled, Downloading, Downloaded, Published, DownloadFailed, DownloadPaused, InvalidChecksum,
    ChecksumVerified, PublishFailed,
}

public enum UnpublishFirmwareStatus
{
    DownloadOngoing, NoFirmware, Unpublished,
}

public enum UpdateFirmwareStatus
{
    Accepted, Rejected, AcceptedCanceled, InvalidCertificate, RevokedCertificate,
}
