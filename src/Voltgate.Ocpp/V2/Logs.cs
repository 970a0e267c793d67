using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, logs and what concerns security: blocks A and N.

/// <summary>N01: have a log uploaded.</summary>
public sealed record GetLogRequest(
    LogParameters Log, LogKind LogType, int RequestId, int? Retries = null, int? RetryInterval = null)
{
    public static GetLogRequest Read(Fields f) => new(
        f.Object("log", LogParameters.Read)!, f.Enum<LogKind>("logType"), f.Int("requestId"),
        f.OptionalInt("retries", min: f.Min(0)), f.OptionalInt("retryInterval"));
}

public sealed record GetLogResponse(LogStatus Status, StatusInfo? StatusInfo = null, string? Filename = null)
{
    public static GetLogResponse Read(Fields f) => new(
        f.Enum<LogStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read),
        f.OptionalText("filename", 255));
}

/// <summary>N01: how far the upload is.</summary>
public sealed record LogStatusNotificationRequest(
    UploadLogStatus Status, int? RequestId = null, [Since(Edition.V21)] StatusInfo? StatusInfo = null)
{
    public static LogStatusNotificationRequest Read(Fields f) => new(
        f.Enum<UploadLogStatus>("status"), f.OptionalInt("requestId"),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>A04: something that concerns security.</summary>
public sealed record SecurityEventNotificationRequest(string Type, StationTime Timestamp, string? TechInfo = null)
{
    public static SecurityEventNotificationRequest Read(Fields f) => new(
        f.Text("type", 50), f.Time("timestamp"), f.OptionalText("techInfo", 255));
}

public sealed record LogParameters(
    string RemoteLocation, StationTime? LatestTimestamp = null, StationTime? OldestTimestamp = null)
{
    public static LogParameters Read(Fields f) => new(
        f.Text("remoteLocation", f.Max(512, 2000)), f.OptionalTime("latestTimestamp"),
        f.OptionalTime("oldestTimestamp"));
}

/// <summary>LogEnumType.</summary>
public enum LogKind
{
    DiagnosticsLog, SecurityLog,
    [Since(Edition.V21)] DataCollectorLog,
}

public enum LogStatus
{
    Accepted, Rejected, AcceptedCanceled,
}

public enum UploadLogStatus
{
    BadMessage, Idle, NotSupportedOperation, PermissionDenied, Uploaded, UploadFailure, Uploading, AcceptedCanceled,
}
