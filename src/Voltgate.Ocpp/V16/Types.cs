using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

// OCPP 1.6 §7: names are the words on the wire.

public enum AuthorizationStatus
{
    Accepted,
    Blocked,
    Expired,
    Invalid,
    ConcurrentTx,
}

public enum AvailabilityStatus
{
    Accepted,
    Rejected,
    Scheduled,
}

public enum AvailabilityType
{
    Inoperative,
    Operative,
}

public enum CancelReservationStatus
{
    Accepted,
    Rejected,
}

public enum ChargePointErrorCode
{
    ConnectorLockFailure,
    EVCommunicationError,
    GroundFailure,
    HighTemperature,
    InternalError,
    LocalListConflict,
    NoError,
    OtherError,
    OverCurrentFailure,
    OverVoltage,
    PowerMeterFailure,
    PowerSwitchFailure,
    ReaderFailure,
    ResetFailure,
    UnderVoltage,
    WeakSignal,
}

public enum ChargePointStatus
{
    Available,
    Preparing,
    Charging,
    SuspendedEVSE,
    SuspendedEV,
    Finishing,
    Reserved,
    Unavailable,
    Faulted,
}

public enum ChargingProfileKindType
{
    Absolute,
    Recurring,
    Relative,
}

public enum ChargingProfilePurposeType
{
    ChargePointMaxProfile,
    TxDefaultProfile,
    TxProfile,
}

public enum ChargingProfileStatus
{
    Accepted,
    Rejected,
    NotSupported,
}

public enum ChargingRateUnitType
{
    W,
    A,
}

public enum ClearCacheStatus
{
    Accepted,
    Rejected,
}

public enum ClearChargingProfileStatus
{
    Accepted,
    Unknown,
}

public enum ConfigurationStatus
{
    Accepted,
    Rejected,
    RebootRequired,
    NotSupported,
}

public enum DataTransferStatus
{
    Accepted,
    Rejected,
    UnknownMessageId,
    UnknownVendorId,
}

public enum DiagnosticsStatus
{
    Idle,
    Uploaded,
    UploadFailed,
    Uploading,
}

public enum FirmwareStatus
{
    Downloaded,
    DownloadFailed,
    Downloading,
    Idle,
    InstallationFailed,
    Installing,
    Installed,
}

public enum GetCompositeScheduleStatus
{
    Accepted,
    Rejected,
}

public enum MessageTrigger
{
    BootNotification,
    DiagnosticsStatusNotification,
    FirmwareStatusNotification,
    Heartbeat,
    MeterValues,
    StatusNotification,
}

public enum Reason
{
    DeAuthorized,
    EmergencyStop,
    EVDisconnected,
    HardReset,
    Local,
    Other,
    PowerLoss,
    Reboot,
    Remote,
    SoftReset,
    UnlockCommand,
}

public enum RecurrencyKindType
{
    Daily,
    Weekly,
}

public enum RegistrationStatus
{
    Accepted,
    Pending,
    Rejected,
}

public enum RemoteStartStopStatus
{
    Accepted,
    Rejected,
}

public enum ReservationStatus
{
    Accepted,
    Faulted,
    Occupied,
    Rejected,
    Unavailable,
}

public enum ResetStatus
{
    Accepted,
    Rejected,
}

public enum ResetType
{
    Hard,
    Soft,
}

public enum TriggerMessageStatus
{
    Accepted,
    Rejected,
    NotImplemented,
}

public enum UnlockStatus
{
    Unlocked,
    UnlockFailed,
    NotSupported,
}

public enum UpdateStatus
{
    Accepted,
    Failed,
    NotSupported,
    VersionMismatch,
}

public enum UpdateType
{
    Differential,
    Full,
}

/// <summary>OCPP 1.6 §7.27.</summary>
public sealed record IdTagInfo(
    AuthorizationStatus Status, StationTime? ExpiryDate = null, string? ParentIdTag = null)
{
    public static IdTagInfo From(Authorization verdict, TagGrant? tag = null) => new(
        verdict switch
        {
            Authorization.Accepted => AuthorizationStatus.Accepted,
            Authorization.Blocked => AuthorizationStatus.Blocked,
            Authorization.Expired => AuthorizationStatus.Expired,
            Authorization.ConcurrentTx => AuthorizationStatus.ConcurrentTx,
            _ => AuthorizationStatus.Invalid,
        },
        tag?.ExpiresAtMs is { } ms ? StationTime.At(ms) : null, tag?.Group);

    public static IdTagInfo Read(Fields f) => new(
        f.Enum<AuthorizationStatus>("status"), f.OptionalTime("expiryDate"), f.OptionalText("parentIdTag", 20));
}
