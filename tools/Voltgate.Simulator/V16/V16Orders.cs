using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V16;

/// <summary>How a well-behaved station obeys the platform (OCPP 1.6 §5), one row a command.</summary>
internal static class V16Orders
{
    public static OutboundAnswer Obey(Turn turn, Ordered order) => order.Action switch
    {
        "RemoteStartTransaction" => Take(order, RemoteStartTransactionRequest.Read, m => Orders.RemoteStart(turn, m)),
        "RemoteStopTransaction" => Take(order, RemoteStopTransactionRequest.Read, m => Orders.RemoteStop(turn, m)),
        "Reset" => Take(order, ResetRequest.Read, m => Orders.Reset(turn, m)),
        "UnlockConnector" => Take(order, UnlockConnectorRequest.Read, m => Orders.Unlock(turn, m)),
        "ChangeAvailability" => Take(order, ChangeAvailabilityRequest.Read, m => Orders.ChangeAvailability(turn, m)),
        "ChangeConfiguration" => Take(order, ChangeConfigurationRequest.Read, m => new ChangeConfigurationResponse(
            turn.Has(Mishaps.Rejects) ? ConfigurationStatus.Rejected : Configuration.Change(turn, m))),
        "GetConfiguration" => Take(order, GetConfigurationRequest.Read, m => Configuration.Get(turn.State, m)),
        "ClearCache" => Take(order, ClearCacheRequest.Read, _ => new ClearCacheResponse(
            turn.Has(Mishaps.Rejects) ? ClearCacheStatus.Rejected : ClearCacheStatus.Accepted)),
        "TriggerMessage" => Take(order, TriggerMessageRequest.Read, m => Trigger(turn, m)),
        "ReserveNow" => Take(order, ReserveNowRequest.Read, m => Places.Reserve(turn, m)),
        "CancelReservation" => Take(order, CancelReservationRequest.Read, m => Places.Cancel(turn, m)),
        "SetChargingProfile" => Take(order, SetChargingProfileRequest.Read, m => Profiles.Set(turn, m)),
        "ClearChargingProfile" => Take(order, ClearChargingProfileRequest.Read, m => Profiles.Clear(turn, m)),
        "GetCompositeSchedule" => Take(order, GetCompositeScheduleRequest.Read, m => Schedules.Composite(turn, m)),
        "SendLocalList" => Take(order, SendLocalListRequest.Read, m => TokenLists.Take(turn, m)),
        "GetLocalListVersion" => Take(order, GetLocalListVersionRequest.Read, _ =>
            new GetLocalListVersionResponse(turn.State.ListVersion)),
        "GetDiagnostics" => Take(order, GetDiagnosticsRequest.Read, m => Files.SendDiagnostics(turn, m)),
        "UpdateFirmware" => Take(order, UpdateFirmwareRequest.Read, m => Files.Update(turn, m)),
        "GetLog" => Take(order, GetLogRequest.Read, m => Files.SendLog(turn, m)),
        "SignedUpdateFirmware" => Take(order, SignedUpdateFirmwareRequest.Read, m => Files.Update(turn, m)),
        "InstallCertificate" => Take(order, InstallCertificateRequest.Read, m => Certificates.Install(turn, m)),
        "GetInstalledCertificateIds" =>
            Take(order, GetInstalledCertificateIdsRequest.Read, m => Certificates.List(turn, m)),
        "DeleteCertificate" => Take(order, DeleteCertificateRequest.Read, m => Certificates.Delete(turn, m)),
        "ExtendedTriggerMessage" => Take(order, ExtendedTriggerMessageRequest.Read, m => Trigger(turn, m)),
        "DataTransfer" => Take(order, DataTransferRequest.Read, m => Transfer(turn, m)),
        _ => OutboundAnswer.Error(RpcErrorCode.NotImplemented, $"{order.Action} is not known here"),
    };

    private static OutboundAnswer Take<T>(Ordered order, Func<Fields, T> read, Func<T, object> obey)
        where T : class
    {
        var reading = Fields.Read(order.Payload, read);
        return reading.Value is { } request
            ? OutboundAnswer.Result(V16Wording.Write(obey(request)))
            : OutboundAnswer.Error(reading.Violation!.Code, reading.Violation.ToString());
    }

    private static TriggerMessageResponse Trigger(Turn turn, TriggerMessageRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || request.ConnectorId > turn.State.Connectors.Length)
            return new(TriggerMessageStatus.Rejected);
        var numbers = request.ConnectorId is { } one ? [one] : turn.State.Connectors.Select(c => c.Number).ToList();
        var words = turn.Words;
        IEnumerable<Saying> wanted = request.RequestedMessage switch
        {
            MessageTrigger.BootNotification => [words.Boot(turn)],
            MessageTrigger.Heartbeat => [words.Heartbeat()],
            MessageTrigger.StatusNotification => numbers.Select(n => words.Status(turn, n)!),
            MessageTrigger.MeterValues => numbers.Where(n => n > 0).Select(n => Orders.Triggered(turn, n)),
            MessageTrigger.FirmwareStatusNotification => [V16Wording.Firmware(turn.State)],
            _ => [Files.DiagnosticsReport(turn)],
        };
        foreach (var saying in wanted) turn.Later(saying);
        return new(TriggerMessageStatus.Accepted);
    }

    /// <summary>Security whitepaper, edition 2, §3: a station without a key of its own signs none.</summary>
    private static ExtendedTriggerMessageResponse Trigger(Turn turn, ExtendedTriggerMessageRequest request)
    {
        if (request.RequestedMessage == ExtendedMessageTrigger.SignChargePointCertificate)
            return new(ExtendedTriggerMessageStatus.NotImplemented);
        if (turn.Has(Mishaps.Rejects)) return new(ExtendedTriggerMessageStatus.Rejected);
        if (request.RequestedMessage == ExtendedMessageTrigger.LogStatusNotification)
            turn.Later(Files.LogReport(turn));
        else if (request.RequestedMessage == ExtendedMessageTrigger.FirmwareStatusNotification)
            turn.Later(V16Wording.SignedFirmware(turn.State));
        else
        {
            var same = Enum.Parse<MessageTrigger>(request.RequestedMessage.ToString());
            var answer = Trigger(turn, new TriggerMessageRequest(same, request.ConnectorId));
            return new(Enum.Parse<ExtendedTriggerMessageStatus>(answer.Status.ToString()));
        }

        return new(ExtendedTriggerMessageStatus.Accepted);
    }

    private static DataTransferResponse Transfer(Turn turn, DataTransferRequest request) =>
        request.VendorId != turn.Options.Vendor ? new(DataTransferStatus.UnknownVendorId)
        : request.MessageId is "echo" ? new(DataTransferStatus.Accepted, request.Data)
        : new(DataTransferStatus.UnknownMessageId);
}
