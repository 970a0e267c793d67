using System.Text;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>Holds what a simulated station says to its edition's rules: no violation, no other field.</summary>
internal static class V2Rules
{
    private delegate Violation? Check(V2Wire wire, WireValue payload);

    private static readonly Dictionary<string, Check> Said = new()
    {
        ["Authorize"] = Of(AuthorizeRequest.Read),
        ["BootNotification"] = Of(BootNotificationRequest.Read),
        ["FirmwareStatusNotification"] = Of(FirmwareStatusNotificationRequest.Read),
        ["Heartbeat"] = Of(HeartbeatRequest.Read),
        ["LogStatusNotification"] = Of(LogStatusNotificationRequest.Read),
        ["MeterValues"] = Of(MeterValuesRequest.Read),
        ["NotifyReport"] = Of(NotifyReportRequest.Read),
        ["ReservationStatusUpdate"] = Of(ReservationStatusUpdateRequest.Read),
        ["StatusNotification"] = Of(StatusNotificationRequest.Read),
        ["TransactionEvent"] = Of(TransactionEventRequest.Read),
    };

    private static readonly Dictionary<string, Check> Answered = new()
    {
        ["CancelReservation"] = Of(CancelReservationResponse.Read),
        ["ChangeAvailability"] = Of(ChangeAvailabilityResponse.Read),
        ["ClearCache"] = Of(ClearCacheResponse.Read),
        ["ClearChargingProfile"] = Of(ClearChargingProfileResponse.Read),
        ["DataTransfer"] = Of(DataTransferResponse.Read),
        ["DeleteCertificate"] = Of(DeleteCertificateResponse.Read),
        ["GetBaseReport"] = Of(GetBaseReportResponse.Read),
        ["GetCompositeSchedule"] = Of(GetCompositeScheduleResponse.Read),
        ["GetInstalledCertificateIds"] = Of(GetInstalledCertificateIdsResponse.Read),
        ["GetLocalListVersion"] = Of(GetLocalListVersionResponse.Read),
        ["GetLog"] = Of(GetLogResponse.Read),
        ["GetReport"] = Of(GetReportResponse.Read),
        ["GetTransactionStatus"] = Of(GetTransactionStatusResponse.Read),
        ["GetVariables"] = Of(GetVariablesResponse.Read),
        ["InstallCertificate"] = Of(InstallCertificateResponse.Read),
        ["RequestStartTransaction"] = Of(RequestStartTransactionResponse.Read),
        ["RequestStopTransaction"] = Of(RequestStopTransactionResponse.Read),
        ["ReserveNow"] = Of(ReserveNowResponse.Read),
        ["Reset"] = Of(ResetResponse.Read),
        ["SendLocalList"] = Of(SendLocalListResponse.Read),
        ["SetChargingProfile"] = Of(SetChargingProfileResponse.Read),
        ["SetVariables"] = Of(SetVariablesResponse.Read),
        ["TriggerMessage"] = Of(TriggerMessageResponse.Read),
        ["UnlockConnector"] = Of(UnlockConnectorResponse.Read),
        ["UpdateFirmware"] = Of(UpdateFirmwareResponse.Read),
    };

    public static void Hold(Turn turn, Input input, string version)
    {
        var wire = version == "2.1" ? V2Wire.V21 : V2Wire.V201;
        foreach (var send in turn.Effects.OfType<Send>())
            Hold(wire, Said, send.Saying.Action, send.Payload);
        if (input is Ordered { Action: var action } && turn.Reply.Code is null)
            Hold(wire, Answered, action, turn.Reply.Payload);
    }

    private static void Hold(
        V2Wire wire, Dictionary<string, Check> rules, string action, ReadOnlyMemory<byte> payload)
    {
        var violation = rules[action](wire, WireValue.Parse(payload)!.Value);
        Assert.True(violation is null, $"{action} {Encoding.UTF8.GetString(payload.Span)}: {violation}");
    }

    private static Check Of<T>(Func<Fields, T> read)
        where T : class => (wire, payload) => wire.Check(payload, read);
}
