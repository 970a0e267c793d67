using System.Collections.Immutable;
using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V16;

// OCPP 1.6 §6: what a Charge Point initiates, and how it is answered.

/// <summary>§6.1</summary>
public sealed record AuthorizeRequest(string IdTag)
{
    public static AuthorizeRequest Read(Fields f) => new(f.Text("idTag", 20));
}

public sealed record AuthorizeResponse(IdTagInfo IdTagInfo)
{
    public static AuthorizeResponse Read(Fields f) => new(f.Object("idTagInfo", IdTagInfo.Read)!);
}

/// <summary>§6.3. Vendor and model may be empty: some stations send them so.</summary>
public sealed record BootNotificationRequest(
    string ChargePointVendor, string ChargePointModel,
    string? ChargePointSerialNumber = null, string? ChargeBoxSerialNumber = null, string? FirmwareVersion = null,
    string? Iccid = null, string? Imsi = null, string? MeterType = null, string? MeterSerialNumber = null)
{
    public static BootNotificationRequest Read(Fields f) => new(
        f.Text("chargePointVendor", 20), f.Text("chargePointModel", 20),
        f.OptionalText("chargePointSerialNumber", 25), f.OptionalText("chargeBoxSerialNumber", 25),
        f.OptionalText("firmwareVersion", 50), f.OptionalText("iccid", 20), f.OptionalText("imsi", 20),
        f.OptionalText("meterType", 25), f.OptionalText("meterSerialNumber", 25));
}

public sealed record BootNotificationResponse(RegistrationStatus Status, StationTime CurrentTime, int Interval)
{
    public static BootNotificationResponse Read(Fields f) => new(
        f.Enum<RegistrationStatus>("status"), f.Time("currentTime"), f.Int("interval"));
}

/// <summary>§6.15, both ways.</summary>
public sealed record DataTransferRequest(string VendorId, string? MessageId = null, string? Data = null)
{
    public static DataTransferRequest Read(Fields f) => new(
        f.Text("vendorId", 255), f.OptionalText("messageId", 50), f.OptionalText("data"));
}

public sealed record DataTransferResponse(DataTransferStatus Status, string? Data = null)
{
    public static DataTransferResponse Read(Fields f) => new(
        f.Enum<DataTransferStatus>("status"), f.OptionalText("data"));
}

/// <summary>§6.17</summary>
public sealed record DiagnosticsStatusNotificationRequest(DiagnosticsStatus Status)
{
    public static DiagnosticsStatusNotificationRequest Read(Fields f) => new(f.Enum<DiagnosticsStatus>("status"));
}

/// <summary>§6.19</summary>
public sealed record FirmwareStatusNotificationRequest(FirmwareStatus Status)
{
    public static FirmwareStatusNotificationRequest Read(Fields f) => new(f.Enum<FirmwareStatus>("status"));
}

/// <summary>§6.29</summary>
public sealed record HeartbeatRequest
{
    public static HeartbeatRequest Read(Fields f) => new();
}

public sealed record HeartbeatResponse(StationTime CurrentTime)
{
    public static HeartbeatResponse Read(Fields f) => new(f.Time("currentTime"));
}

/// <summary>§6.45. The tag may be longer than 20: chargers overrun their buffers, and the session is real.</summary>
public sealed record StartTransactionRequest(
    int ConnectorId, string IdTag, decimal MeterStart, StationTime Timestamp, int? ReservationId = null)
{
    public static StartTransactionRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Text("idTag", 255), f.Decimal("meterStart"), f.Time("timestamp"),
        f.OptionalInt("reservationId"));
}

public sealed record StartTransactionResponse(int TransactionId, IdTagInfo IdTagInfo)
{
    public static StartTransactionResponse Read(Fields f) => new(
        f.Int("transactionId"), f.Object("idTagInfo", IdTagInfo.Read)!);
}

/// <summary>§6.47</summary>
public sealed record StatusNotificationRequest(
    int ConnectorId, ChargePointErrorCode ErrorCode, ChargePointStatus Status,
    string? Info = null, StationTime? Timestamp = null, string? VendorId = null, string? VendorErrorCode = null)
{
    public static StatusNotificationRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.Enum<ChargePointErrorCode>("errorCode"), f.Enum<ChargePointStatus>("status"),
        f.OptionalText("info", 50), f.OptionalTime("timestamp"), f.OptionalText("vendorId", 255),
        f.OptionalText("vendorErrorCode", 50));
}

/// <summary>§6.49</summary>
public sealed record StopTransactionRequest(
    int TransactionId, decimal MeterStop, StationTime Timestamp,
    string? IdTag = null, Reason? Reason = null, IReadOnlyList<MeterValue>? TransactionData = null)
{
    public static StopTransactionRequest Read(Fields f) => new(
        f.Int("transactionId"), f.Decimal("meterStop"), f.Time("timestamp"), f.OptionalText("idTag", 255),
        f.OptionalEnum("reason", unknown: V16.Reason.Other), f.OptionalList("transactionData", MeterValue.Read));
}

public sealed record StopTransactionResponse(IdTagInfo? IdTagInfo = null)
{
    public static StopTransactionResponse Read(Fields f) => new(f.OptionalObject("idTagInfo", IdTagInfo.Read));
}

/// <summary>§6.31</summary>
public sealed record MeterValuesRequest(
    int ConnectorId, ImmutableArray<MeterValue> MeterValue, int? TransactionId = null)
{
    public static MeterValuesRequest Read(Fields f) => new(
        f.Connector("connectorId"), f.List("meterValue", V16.MeterValue.Read), f.OptionalInt("transactionId"));
}

/// <summary>The answer without fields: to MeterValues and every notification of a status.</summary>
public sealed record EmptyResponse
{
    public static readonly EmptyResponse Instance = new();

    public static EmptyResponse Read(Fields f) => Instance;
}
