using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V16;

/// <summary>The rows of the security whitepaper, edition 2, in both tables of 1.6.</summary>
internal static class SecurityRows
{
    private static V16Json Json => V16Json.Default;

    public static readonly IReadOnlyList<Route> Routes =
    [
        Route.Of("LogStatusNotification", LogStatusNotificationRequest.Read, Json.EmptyResponse,
            m => new DiagnosticsReported(m.Status.ToString(), m.RequestId),
            (Noted _) => EmptyResponse.Instance),

        Route.Of("SecurityEventNotification", SecurityEventNotificationRequest.Read, Json.EmptyResponse,
            m => new SecurityReported(m.Type, m.Timestamp, m.TechInfo),
            (Noted _) => EmptyResponse.Instance,
            lenient: true),

        Route.Of("SignCertificate", SignCertificateRequest.Read, Json.SignCertificateResponse,
            m => new CertificateWanted(m.Csr),
            (CertificateNoted r) => new SignCertificateResponse(
                r.Accepted ? GenericStatus.Accepted : GenericStatus.Rejected)),

        Route.Of("SignedFirmwareStatusNotification", SignedFirmwareStatusNotificationRequest.Read, Json.EmptyResponse,
            m => new FirmwareReported(m.Status.ToString(), m.RequestId),
            (Noted _) => EmptyResponse.Instance),
    ];

    public static readonly IReadOnlyList<CommandRoute> Commands =
    [
        CommandRoute.Of("CertificateSigned", Json.CertificateSignedRequest,
            (CarryCertificate c) => new CertificateSignedRequest(c.Chain)),

        CommandRoute.Of("DeleteCertificate", Json.DeleteCertificateRequest,
            (DeleteCertificate c) => Enum.TryParse<HashAlgorithmType>(c.Algorithm, out var algorithm)
                ? new DeleteCertificateRequest(new CertificateHashData(
                    algorithm, c.IssuerNameHash, c.IssuerKeyHash, c.SerialNumber))
                : null),

        CommandRoute.Of("ExtendedTriggerMessage", Json.ExtendedTriggerMessageRequest,
            (TriggerReport c) => TriggerOf(c.Message) is { } wanted
                ? new ExtendedTriggerMessageRequest(
                    wanted, c.Place is { IsStation: false } place ? place.Connector : null)
                : null),

        CommandRoute.Of("GetInstalledCertificateIds", Json.GetInstalledCertificateIdsRequest,
            (ReadCertificates c) => UseOf(c.Use) is { } use ? new GetInstalledCertificateIdsRequest(use) : null,
            judge: JudgeInstalled),

        CommandRoute.Of("GetLog", Json.GetLogRequest,
            (SendLog c) => new GetLogRequest(
                c.Kind == LogKind.Security ? LogType.SecurityLog : LogType.DiagnosticsLog, c.Request,
                new LogParameters(c.Url, Wording.TimeOf(c.FromMs), Wording.TimeOf(c.ToMs)), c.Retries,
                c.RetryIntervalSeconds)),

        CommandRoute.Of("InstallCertificate", Json.InstallCertificateRequest,
            (InstallCertificate c) => UseOf(c.Use) is { } use
                ? new InstallCertificateRequest(use, c.Certificate)
                : null),

        CommandRoute.Of("SignedUpdateFirmware", Json.SignedUpdateFirmwareRequest,
            (InstallFirmware c) => c.Proof is { } proof
                ? new SignedUpdateFirmwareRequest(
                    proof.Request,
                    new Firmware(
                        c.Url, StationTime.At(c.FromMs), proof.Certificate, proof.Signature,
                        Wording.TimeOf(proof.InstallFromMs)),
                    c.Retries, c.RetryIntervalSeconds)
                : null),
    ];

    private static CertificateUseType? UseOf(CertificateUse? use) => use switch
    {
        CertificateUse.CentralSystemRoot => CertificateUseType.CentralSystemRootCertificate,
        CertificateUse.ManufacturerRoot => CertificateUseType.ManufacturerRootCertificate,
        _ => null,
    };

    /// <summary>
    /// What TriggerMessage has no word for. The whitepaper's FirmwareStatusNotification here asks for the signed one.
    /// </summary>
    private static ExtendedMessageTrigger? TriggerOf(string message) => message switch
    {
        "LogStatusNotification" => ExtendedMessageTrigger.LogStatusNotification,
        "SignedFirmwareStatusNotification" => ExtendedMessageTrigger.FirmwareStatusNotification,
        "SignChargePointCertificate" => ExtendedMessageTrigger.SignChargePointCertificate,
        _ => null,
    };

    /// <summary>NotFound: it has none of that kind, which is an answer.</summary>
    private static Receipt? JudgeInstalled(WireValue answer) =>
        Fields.Read(answer, GetInstalledCertificateIdsResponse.Read).Value?.Status
            == GetInstalledCertificateStatus.NotFound
            ? new Receipt(Answer.Accepted, nameof(GetInstalledCertificateStatus.NotFound), answer.ToString())
            : null;
}
