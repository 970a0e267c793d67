using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>How a well-behaved station obeys a platform that speaks 2.x, one row a command.</summary>
internal static class V2Orders
{
    public static OutboundAnswer Obey(V2Wording words, Turn turn, Ordered order)
    {
        return order.Action switch
        {
            "RequestStartTransaction" => Take(RequestStartTransactionRequest.Read, m => Starting.Start(turn, m)),
            "RequestStopTransaction" => Take(RequestStopTransactionRequest.Read, m => Starting.Stop(turn, m)),
            "GetTransactionStatus" => Take(GetTransactionStatusRequest.Read, m => Starting.Standing(turn.State, m)),
            "ChangeAvailability" => Take(ChangeAvailabilityRequest.Read, m => Upkeep.ChangeAvailability(turn, m)),
            "UnlockConnector" => Take(UnlockConnectorRequest.Read, m => Upkeep.Unlock(turn, m)),
            "Reset" => Take(ResetRequest.Read, m => Upkeep.Reset(turn, m)),
            "TriggerMessage" => Take(TriggerMessageRequest.Read, m => Upkeep.Trigger(turn, m)),
            "DataTransfer" => Take(DataTransferRequest.Read, m => Upkeep.Transfer(turn, m)),
            "ClearCache" => Take(ClearCacheRequest.Read, _ => new ClearCacheResponse(
                turn.Has(Mishaps.Rejects) ? ClearCacheStatus.Rejected : ClearCacheStatus.Accepted)),
            "GetBaseReport" => Take(GetBaseReportRequest.Read, m => Variables.Report(turn, m)),
            "GetReport" => Take(GetReportRequest.Read, m => Variables.Report(turn, m)),
            "GetVariables" => Take(GetVariablesRequest.Read, m => Variables.Get(turn, m)),
            "SetVariables" => Take(SetVariablesRequest.Read, m => Variables.Set(turn, m)),
            "ReserveNow" => Take(ReserveNowRequest.Read, m => Starting.Reserve(turn, m)),
            "CancelReservation" => Take(CancelReservationRequest.Read, m => Starting.Cancel(turn, m)),
            "SendLocalList" => Take(SendLocalListRequest.Read, m => Starting.TakeList(turn, m)),
            "GetLocalListVersion" => Take(GetLocalListVersionRequest.Read, _ =>
                new GetLocalListVersionResponse(turn.State.ListVersion)),
            "SetChargingProfile" => Take(SetChargingProfileRequest.Read, m => Limits.Set(turn, m)),
            "ClearChargingProfile" => Take(ClearChargingProfileRequest.Read, m => Limits.Clear(turn, m)),
            "GetCompositeSchedule" => Take(GetCompositeScheduleRequest.Read, m => Limits.Composite(turn, m)),
            "GetLog" => Take(GetLogRequest.Read, m => Upkeep.SendLog(turn, m)),
            "UpdateFirmware" => Take(UpdateFirmwareRequest.Read, m => Upkeep.UpdateFirmware(turn, m)),
            "InstallCertificate" => Take(InstallCertificateRequest.Read, m => Roots.Install(turn, m)),
            "GetInstalledCertificateIds" => Take(GetInstalledCertificateIdsRequest.Read, m => Roots.List(turn, m)),
            "DeleteCertificate" => Take(DeleteCertificateRequest.Read, m => Roots.Delete(turn, m)),
            _ => OutboundAnswer.Error(RpcErrorCode.NotImplemented, $"{order.Action} is not known here"),
        };

        OutboundAnswer Take<TRequest, TResponse>(Func<Fields, TRequest> read, Func<TRequest, TResponse> obey)
            where TRequest : class
        {
            var reading = words.Read(order.Payload, read);
            return reading.Value is { } request
                ? OutboundAnswer.Result(words.Json(obey(request)))
                : OutboundAnswer.Error(reading.Violation!.Code, reading.Violation.ToString());
        }
    }
}
