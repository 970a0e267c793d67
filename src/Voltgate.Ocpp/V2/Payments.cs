using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, blocks C and I.

/// <summary>C21, C22: a payment has been settled, or not. OCPP 2.1.</summary>
public sealed record NotifySettlementRequest(
    string PspRef, PaymentStatus Status, decimal SettlementAmount, StationTime SettlementTime,
    string? TransactionId = null, string? StatusInfo = null, string? ReceiptId = null, string? ReceiptUrl = null,
    Address? VatCompany = null, string? VatNumber = null)
{
    public static NotifySettlementRequest Read(Fields f) => new(
        f.Text("pspRef", 255), f.Enum<PaymentStatus>("status"), f.Decimal("settlementAmount"),
        f.Time("settlementTime"), f.OptionalText("transactionId", 36), f.OptionalText("statusInfo", 500),
        f.OptionalText("receiptId", 50), f.OptionalText("receiptUrl", 2000),
        f.OptionalObject("vatCompany", Address.Read), f.OptionalText("vatNumber", 20));
}

public sealed record NotifySettlementResponse(string? ReceiptUrl = null, string? ReceiptId = null)
{
    public static NotifySettlementResponse Read(Fields f) => new(
        f.OptionalText("receiptUrl", 2000), f.OptionalText("receiptId", 50));
}

/// <summary>C25: somebody pays by a code that the station shows. OCPP 2.1.</summary>
public sealed record NotifyWebPaymentStartedRequest(int EvseId, int Timeout)
{
    public static NotifyWebPaymentStartedRequest Read(Fields f) => new(f.Int("evseId", min: 0), f.Int("timeout"));
}

/// <summary>I: a station asks whether a VAT number is one. OCPP 2.1.</summary>
public sealed record VatNumberValidationRequest(string VatNumber, int? EvseId = null)
{
    public static VatNumberValidationRequest Read(Fields f) => new(
        f.Text("vatNumber", 20), f.OptionalInt("evseId", min: 0));
}

public sealed record VatNumberValidationResponse(
    string VatNumber, GenericStatus Status, Address? Company = null, StatusInfo? StatusInfo = null,
    int? EvseId = null)
{
    public static VatNumberValidationResponse Read(Fields f) => new(
        f.Text("vatNumber", 20), f.Enum<GenericStatus>("status"), f.OptionalObject("company", Address.Read),
        f.OptionalObject("statusInfo", StatusInfo.Read), f.OptionalInt("evseId", min: 0));
}

public sealed record Address(
    string Address1, string City, string Country, string Name, string? Address2 = null, string? PostalCode = null)
{
    public static Address Read(Fields f) => new(
        f.Text("address1", 100), f.Text("city", 100), f.Text("country", 50), f.Text("name", 50),
        f.OptionalText("address2", 100), f.OptionalText("postalCode", 20));
}

public enum PaymentStatus
{
    Settled, Canceled, Rejected, Failed,
}
