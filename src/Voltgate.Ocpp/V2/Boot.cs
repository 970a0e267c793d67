using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, provisioning: blocks B and G.

/// <summary>B01: a station has started.</summary>
public sealed record BootNotificationRequest(ChargingStation ChargingStation, BootReason Reason)
{
    public static BootNotificationRequest Read(Fields f) => new(
        f.Object("chargingStation", ChargingStation.Read)!, f.Enum("reason", unknown: BootReason.Unknown));
}

public sealed record BootNotificationResponse(
    StationTime CurrentTime, int Interval, RegistrationStatus Status, StatusInfo? StatusInfo = null)
{
    public static BootNotificationResponse Read(Fields f) => new(
        f.Time("currentTime"), f.Int("interval"), f.Enum<RegistrationStatus>("status"),
        f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>G02: a station is there and asks for the time.</summary>
public sealed record HeartbeatRequest
{
    public static HeartbeatRequest Read(Fields f) => new();
}

public sealed record HeartbeatResponse(StationTime CurrentTime)
{
    public static HeartbeatResponse Read(Fields f) => new(f.Time("currentTime"));
}

/// <summary>G01: a connector is free, taken or broken.</summary>
public sealed record StatusNotificationRequest(
    StationTime Timestamp, ConnectorStatus ConnectorStatus, int EvseId, int ConnectorId)
{
    public static StatusNotificationRequest Read(Fields f) => new(
        f.Time("timestamp"), f.Enum<ConnectorStatus>("connectorStatus"), f.Connector("evseId"),
        f.Connector("connectorId"));
}

/// <summary>B09: how a station is to reach its central system.</summary>
public sealed record SetNetworkProfileRequest(int ConfigurationSlot, NetworkConnectionProfile ConnectionData)
{
    public static SetNetworkProfileRequest Read(Fields f) => new(
        f.Int("configurationSlot"), f.Object("connectionData", NetworkConnectionProfile.Read)!);
}

public sealed record SetNetworkProfileResponse(SetNetworkProfileStatus Status, StatusInfo? StatusInfo = null)
{
    public static SetNetworkProfileResponse Read(Fields f) => new(
        f.Enum<SetNetworkProfileStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>B11 to B13: restart, at once or when idle.</summary>
public sealed record ResetRequest(ResetKind Type, int? EvseId = null)
{
    public static ResetRequest Read(Fields f) => new(f.Enum<ResetKind>("type"), f.OptionalInt("evseId", min: f.Min(0)));
}

public sealed record ResetResponse(ResetStatus Status, StatusInfo? StatusInfo = null)
{
    public static ResetResponse Read(Fields f) => new(
        f.Enum<ResetStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>G03, G04: take into or out of operation.</summary>
public sealed record ChangeAvailabilityRequest(OperationalStatus OperationalStatus, Evse? Evse = null)
{
    public static ChangeAvailabilityRequest Read(Fields f) => new(
        f.Enum<OperationalStatus>("operationalStatus"), f.OptionalObject("evse", Evse.Read));
}

public sealed record ChangeAvailabilityResponse(ChangeAvailabilityStatus Status, StatusInfo? StatusInfo = null)
{
    public static ChangeAvailabilityResponse Read(Fields f) => new(
        f.Enum<ChangeAvailabilityStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>F05: let a cable go.</summary>
public sealed record UnlockConnectorRequest(int EvseId, int ConnectorId)
{
    public static UnlockConnectorRequest Read(Fields f) => new(
        f.Int("evseId", min: f.Min(0)), f.Int("connectorId", min: f.Min(0)));
}

public sealed record UnlockConnectorResponse(UnlockStatus Status, StatusInfo? StatusInfo = null)
{
    public static UnlockConnectorResponse Read(Fields f) => new(
        f.Enum<UnlockStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>F06: have a message sent now.</summary>
public sealed record TriggerMessageRequest(
    MessageTrigger RequestedMessage, Evse? Evse = null, [Since(Edition.V21)] string? CustomTrigger = null)
{
    public static TriggerMessageRequest Read(Fields f) => new(
        f.Enum<MessageTrigger>("requestedMessage"), f.OptionalObject("evse", Evse.Read),
        f.OptionalText("customTrigger", 50));
}

public sealed record TriggerMessageResponse(TriggerMessageStatus Status, StatusInfo? StatusInfo = null)
{
    public static TriggerMessageResponse Read(Fields f) => new(
        f.Enum<TriggerMessageStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>P01, P02: what only one vendor knows, both ways.</summary>
public sealed record DataTransferRequest(string VendorId, string? MessageId = null, AnyJson? Data = null)
{
    public static DataTransferRequest Read(Fields f) => new(
        f.Text("vendorId", 255), f.OptionalText("messageId", 50), f.Any("data"));
}

public sealed record DataTransferResponse(
    DataTransferStatus Status, StatusInfo? StatusInfo = null, AnyJson? Data = null)
{
    public static DataTransferResponse Read(Fields f) => new(
        f.Enum<DataTransferStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read), f.Any("data"));
}

public sealed record ChargingStation(
    string Model, string VendorName, string? FirmwareVersion = null, Modem? Modem = null, string? SerialNumber = null)
{
    public static ChargingStation Read(Fields f) => new(
        f.Text("model", 20), f.Text("vendorName", 50), f.OptionalText("firmwareVersion", 50),
        f.OptionalObject("modem", Modem.Read), f.OptionalText("serialNumber", 25));
}

public sealed record Modem(string? Iccid = null, string? Imsi = null)
{
    public static Modem Read(Fields f) => new(f.OptionalText("iccid", 20), f.OptionalText("imsi", 20));
}

public sealed record APN(
    string Apn, APNAuthentication ApnAuthentication, string? ApnPassword = null, string? ApnUserName = null,
    string? PreferredNetwork = null, int? SimPin = null, bool? UseOnlyPreferredNetwork = null)
{
    public static APN Read(Fields f) => new(
        f.Text("apn", f.Max(512, 2000)), f.Enum<APNAuthentication>("apnAuthentication"),
        f.OptionalText("apnPassword", f.Max(20, 64)), f.OptionalText("apnUserName", f.Max(20, 50)),
        f.OptionalText("preferredNetwork", 6), f.OptionalInt("simPin"), f.OptionalFlag("useOnlyPreferredNetwork"));
}

public sealed record NetworkConnectionProfile(
    int MessageTimeout, string OcppCsmsUrl, OCPPInterface OcppInterface, OCPPTransport OcppTransport,
    int SecurityProfile, APN? Apn = null, [Since(Edition.V21)] string? BasicAuthPassword = null,
    [Since(Edition.V21)] string? Identity = null, OCPPVersion? OcppVersion = null, VPN? Vpn = null)
{
    public static NetworkConnectionProfile Read(Fields f) => new(
        f.Int("messageTimeout"), f.Text("ocppCsmsUrl", f.Max(512, 2000)), f.Enum<OCPPInterface>("ocppInterface"),
        f.Enum<OCPPTransport>("ocppTransport"), f.Int("securityProfile", min: f.Min(0)),
        f.OptionalObject("apn", APN.Read),
        f.OptionalText("basicAuthPassword", 64), f.OptionalText("identity", 48),
        f.Is(Edition.V21) ? f.OptionalEnum<OCPPVersion>("ocppVersion") : f.Enum<OCPPVersion>("ocppVersion"),
        f.OptionalObject("vpn", VPN.Read));
}

public sealed record VPN(
    string Key, string Password, string Server, VPNKind Type, string User, string? Group = null)
{
    public static VPN Read(Fields f) => new(
        f.Text("key", 255), f.Text("password", f.Max(20, 64)), f.Text("server", f.Max(512, 2000)),
        f.Enum<VPNKind>("type"), f.Text("user", f.Max(20, 50)), f.OptionalText("group", f.Max(20, 50)));
}

public enum BootReason
{
    ApplicationReset, FirmwareUpdate, LocalReset, PowerUp, RemoteReset, ScheduledReset, Triggered, Unknown, Watchdog,
}

public enum RegistrationStatus
{
    Accepted, Pending, Rejected,
}

public enum OperationalStatus
{
    Inoperative, Operative,
}

public enum ChangeAvailabilityStatus
{
    Accepted, Rejected, Scheduled,
}

public enum DataTransferStatus
{
    Accepted, Rejected, UnknownMessageId, UnknownVendorId,
}

/// <summary>ResetEnumType.</summary>
public enum ResetKind
{
    Immediate, OnIdle,
    [Since(Edition.V21)] ImmediateAndResume,
}

public enum ResetStatus
{
    Accepted, Rejected, Scheduled,
}

public enum APNAuthentication
{
    PAP, CHAP, NONE, AUTO,
}

public enum OCPPInterface
{
    Wired0, Wired1, Wired2, Wired3, Wireless0, Wireless1, Wireless2, Wireless3,
    [Since(Edition.V21)] Any,
}

public enum OCPPTransport
{
    SOAP, JSON,
}

public enum OCPPVersion
{
    OCPP12, OCPP15, OCPP16, OCPP20,
    [Since(Edition.V21)] OCPP201,
    [Since(Edition.V21)] OCPP21,
}

/// <summary>VPNEnumType.</summary>
public enum VPNKind
{
    IKEv2, IPSec, L2TP, PPTP,
}

public enum SetNetworkProfileStatus
{
    Accepted, Rejected, Failed,
}

public enum ConnectorStatus
{
    Available, Occupied, Reserved, Unavailable, Faulted,
}

public enum MessageTrigger
{
    BootNotification, LogStatusNotification, FirmwareStatusNotification, Heartbeat, MeterValues,
    SignChargingStationCertificate, SignV2GCertificate, StatusNotification, TransactionEvent, SignCombinedCertificate,
    PublishFirmwareStatusNotification,
    [Since(Edition.V21)] SignV2G20Certificate,
    [Since(Edition.V21)] CustomTrigger,
}

public enum TriggerMessageStatus
{
    Accepted, Rejected, NotImplemented,
}

public enum UnlockStatus
{
    Unlocked, UnlockFailed, OngoingAuthorizedTransaction, UnknownConnector,
}
