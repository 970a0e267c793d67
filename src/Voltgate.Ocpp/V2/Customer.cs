using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

// OCPP 2.x, block N.

/// <summary>N09, N10: report or forget what is known of a customer.</summary>
public sealed record CustomerInformationRequest(
    int RequestId, bool Report, bool Clear, CertificateHashData? CustomerCertificate = null, IdToken? IdToken = null,
    string? CustomerIdentifier = null)
{
    public static CustomerInformationRequest Read(Fields f) => new(
        f.Int("requestId", min: f.Min(0)), f.Flag("report"), f.Flag("clear"),
        f.OptionalObject("customerCertificate", CertificateHashData.Read), f.OptionalObject("idToken", IdToken.Read),
        f.OptionalText("customerIdentifier", 64));
}

public sealed record CustomerInformationResponse(CustomerInformationStatus Status, StatusInfo? StatusInfo = null)
{
    public static CustomerInformationResponse Read(Fields f) => new(
        f.Enum<CustomerInformationStatus>("status"), f.OptionalObject("statusInfo", StatusInfo.Read));
}

/// <summary>N09: one part of that report.</summary>
public sealed record NotifyCustomerInformationRequest(
    string Data, int SeqNo, StationTime GeneratedAt, int RequestId, bool? Tbc = null)
{
    public static NotifyCustomerInformationRequest Read(Fields f) => new(
        f.Text("data", 512), f.Int("seqNo", min: f.Min(0)), f.Time("generatedAt"), f.Int("requestId", min: f.Min(0)),
        f.OptionalFlag("tbc"));
}

public enum CustomerInformationStatus
{
    Accepted, Rejected, Invalid,
}
