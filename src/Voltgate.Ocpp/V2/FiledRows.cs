using Voltgate.Domain.Stations;

namespace Voltgate.Ocpp.V2;

/// <summary>
/// What a 2.x station says that the platform only keeps. The answers promise nothing: where a station asks for
/// something, it is told that there is none.
/// </summary>
internal static class FiledRows
{
    public static IReadOnlyList<Route> Of(V2Wire wire) =>
        wire.Edition == Edition.V21 ? [.. OfBoth(wire), .. OfLatest(wire)] : OfBoth(wire);

    private static IReadOnlyList<Route> OfBoth(V2Wire wire) =>
    [
        wire.Kept("ClearedChargingLimit", ClearedChargingLimitRequest.Read),
        wire.Kept("NotifyChargingLimit", NotifyChargingLimitRequest.Read),
        wire.Kept("NotifyCustomerInformation", NotifyCustomerInformationRequest.Read),
        wire.Kept("NotifyDisplayMessages", NotifyDisplayMessagesRequest.Read),
        wire.Kept("NotifyEvent", NotifyEventRequest.Read, _ => EmptyResponse.Instance, StationRows.StatusesIn),
        wire.Kept("NotifyMonitoringReport", NotifyMonitoringReportRequest.Read),
        wire.Kept("PublishFirmwareStatusNotification", PublishFirmwareStatusNotificationRequest.Read),
        wire.Kept("ReportChargingProfiles", ReportChargingProfilesRequest.Read),
        wire.Kept("ReservationStatusUpdate", ReservationStatusUpdateRequest.Read),
    ];

    private static IReadOnlyList<Route> OfLatest(V2Wire wire) =>
    [
        wire.Kept("BatterySwap", BatterySwapRequest.Read),
        wire.Kept("ClosePeriodicEventStream", ClosePeriodicEventStreamRequest.Read),
        // No status is known of any: it may ask again at once, or somebody else.
        wire.Kept("GetCertificateChainStatus", GetCertificateChainStatusRequest.Read,
            m => new GetCertificateChainStatusResponse(
            [
                .. m.CertificateStatusRequests.Select(r => new CertificateStatus(
                    r.CertificateHashData, StationTime.At(0), r.Source, CertificateVerdict.Failed)),
            ])),
        wire.Kept("NotifyDERAlarm", NotifyDERAlarmRequest.Read),
        wire.Kept("NotifyDERStartStop", NotifyDERStartStopRequest.Read),
        // A SEND: what answers it is never sent.
        wire.Kept("NotifyPeriodicEventStream", NotifyPeriodicEventStream.Read),
        wire.Kept("NotifyPriorityCharging", NotifyPriorityChargingRequest.Read),
        wire.Kept("NotifySettlement", NotifySettlementRequest.Read, _ => new NotifySettlementResponse()),
        wire.Kept("NotifyWebPaymentStarted", NotifyWebPaymentStartedRequest.Read),
        wire.Kept("OpenPeriodicEventStream", OpenPeriodicEventStreamRequest.Read,
            _ => new OpenPeriodicEventStreamResponse(GenericStatus.Accepted)),
        wire.Kept("PullDynamicScheduleUpdate", PullDynamicScheduleUpdateRequest.Read,
            _ => new PullDynamicScheduleUpdateResponse(ChargingProfileStatus.Rejected)),
        wire.Kept("ReportDERControl", ReportDERControlRequest.Read),
        wire.Kept("VatNumberValidation", VatNumberValidationRequest.Read,
            m => new VatNumberValidationResponse(m.VatNumber, GenericStatus.Rejected, EvseId: m.EvseId)),
    ];
}
