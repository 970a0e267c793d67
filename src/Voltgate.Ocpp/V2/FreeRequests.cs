namespace Voltgate.Ocpp.V2;

/// <summary>Every request that 2.x lets a central system send, as somebody else words it (SendRequest).</summary>
internal static class FreeRequests
{
    public static IReadOnlyList<CommandRoute> Of(V2Wire wire) => wire.Edition == Edition.V21
        ? [.. Provisioning(wire), .. Charging(wire), .. Latest(wire)]
        : [.. Provisioning(wire), .. Charging(wire)];

    private static IReadOnlyList<CommandRoute> Provisioning(V2Wire wire) =>
    [
        wire.Free("CertificateSigned", CertificateSignedRequest.Read),
        wire.Free("ChangeAvailability", ChangeAvailabilityRequest.Read),
        wire.Free("ClearDisplayMessage", ClearDisplayMessageRequest.Read),
        wire.Free("ClearVariableMonitoring", ClearVariableMonitoringRequest.Read, hasStatus: false),
        wire.Free("CustomerInformation", CustomerInformationRequest.Read),
        wire.Free("DataTransfer", DataTransferRequest.Read),
        wire.Free("DeleteCertificate", DeleteCertificateRequest.Read),
        wire.Free("GetBaseReport", GetBaseReportRequest.Read),
        wire.Free("GetDisplayMessages", GetDisplayMessagesRequest.Read),
        wire.Free("GetInstalledCertificateIds", GetInstalledCertificateIdsRequest.Read),
        wire.Free("GetLog", GetLogRequest.Read),
        wire.Free("GetMonitoringReport", GetMonitoringReportRequest.Read),
        wire.Free("GetReport", GetReportRequest.Read),
        wire.Free("GetVariables", GetVariablesRequest.Read, hasStatus: false, Learning.Shown),
        wire.Free("InstallCertificate", InstallCertificateRequest.Read),
        wire.Free("PublishFirmware", PublishFirmwareRequest.Read),
        wire.Free("Reset", ResetRequest.Read),
        wire.Free("SetDisplayMessage", SetDisplayMessageRequest.Read),
        wire.Free("SetMonitoringBase", SetMonitoringBaseRequest.Read),
        wire.Free("SetMonitoringLevel", SetMonitoringLevelRequest.Read),
        wire.Free("SetNetworkProfile", SetNetworkProfileRequest.Read),
        wire.Free("SetVariableMonitoring", SetVariableMonitoringRequest.Read, hasStatus: false),
        wire.Free("SetVariables", SetVariablesRequest.Read, hasStatus: false),
        wire.Free("TriggerMessage", TriggerMessageRequest.Read),
        wire.Free("UnlockConnector", UnlockConnectorRequest.Read),
        wire.Free("UnpublishFirmware", UnpublishFirmwareRequest.Read),
        wire.Free("UpdateFirmware", UpdateFirmwareRequest.Read),
    ];

    private static IReadOnlyList<CommandRoute> Charging(V2Wire wire) =>
    [
        wire.Free("CancelReservation", CancelReservationRequest.Read),
        wire.Free("ClearCache", ClearCacheRequest.Read),
        wire.Free("ClearChargingProfile", ClearChargingProfileRequest.Read),
        wire.Free("CostUpdated", CostUpdatedRequest.Read, hasStatus: false),
        wire.Free("GetChargingProfiles", GetChargingProfilesRequest.Read),
        wire.Free("GetCompositeSchedule", GetCompositeScheduleRequest.Read),
        wire.Free("GetLocalListVersion", GetLocalListVersionRequest.Read, hasStatus: false),
        wire.Free("GetTransactionStatus", GetTransactionStatusRequest.Read, hasStatus: false),
        wire.Free("RequestStartTransaction", RequestStartTransactionRequest.Read),
        wire.Free("RequestStopTransaction", RequestStopTransactionRequest.Read),
        wire.Free("ReserveNow", ReserveNowRequest.Read),
        wire.Free("SendLocalList", SendLocalListRequest.Read),
        wire.Free("SetChargingProfile", SetChargingProfileRequest.Read),
    ];

    private static IReadOnlyList<CommandRoute> Latest(V2Wire wire) =>
    [
        wire.Free("AFRRSignal", AFRRSignalRequest.Read),
        wire.Free("AdjustPeriodicEventStream", AdjustPeriodicEventStreamRequest.Read),
        wire.Free("ChangeTransactionTariff", ChangeTransactionTariffRequest.Read),
        wire.Free("ClearDERControl", ClearDERControlRequest.Read),
        wire.Free("ClearTariffs", ClearTariffsRequest.Read, hasStatus: false),
        wire.Free("GetDERControl", GetDERControlRequest.Read),
        wire.Free("GetPeriodicEventStream", GetPeriodicEventStreamRequest.Read, hasStatus: false),
        wire.Free("GetTariffs", GetTariffsRequest.Read),
        wire.Free("NotifyAllowedEnergyTransfer", NotifyAllowedEnergyTransferRequest.Read),
        wire.Free("RequestBatterySwap", RequestBatterySwapRequest.Read),
        wire.Free("SetDERControl", SetDERControlRequest.Read),
        wire.Free("SetDefaultTariff", SetDefaultTariffRequest.Read),
        wire.Free("UpdateDynamicSchedule", UpdateDynamicScheduleRequest.Read),
        wire.Free("UsePriorityCharging", UsePriorityChargingRequest.Read),
    ];
}
