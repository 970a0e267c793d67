using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>How a well-behaved station obeys the platform (OCPP 1.6 §5), one row a command.</summary>
internal static class Orders
{
    public static OutboundAnswer Obey(Turn turn, Ordered order) => order.Action switch
    {
        "RemoteStartTransaction" => Take(order, RemoteStartTransactionRequest.Read, m => RemoteStart(turn, m)),
        "RemoteStopTransaction" => Take(order, RemoteStopTransactionRequest.Read, m => RemoteStop(turn, m)),
        "Reset" => Take(order, ResetRequest.Read, m => Reset(turn, m)),
        "UnlockConnector" => Take(order, UnlockConnectorRequest.Read, m => Unlock(turn, m)),
        "ChangeAvailability" => Take(order, ChangeAvailabilityRequest.Read, m => ChangeAvailability(turn, m)),
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
            ? OutboundAnswer.Result(Wording.Write(obey(request)))
            : OutboundAnswer.Error(reading.Violation!.Code, reading.Violation.ToString());
    }

    private static RemoteStartTransactionResponse RemoteStart(Turn turn, RemoteStartTransactionRequest request)
    {
        var target = turn.State.Connectors.FirstOrDefault(c =>
            (request.ConnectorId is null || request.ConnectorId == c.Number) && IsFree(turn, c)
            && (Places.NeedsParent(turn.State, c.Number, request.IdTag)
                || Places.IsOpenTo(turn.State, c.Number, request.IdTag, null)));
        if (target is null || turn.State.Restarting || turn.Has(Mishaps.Rejects))
            return new(RemoteStartStopStatus.Rejected);
        var wait = turn.Seconds(Configuration.ConnectionTimeOut, 120) * 1000L;
        if (turn.Flag(Configuration.AuthorizeRemoteTxRequests)
            || Places.NeedsParent(turn.State, target.Number, request.IdTag))
            Later(turn, new Saying("Authorize", new AuthorizeRequest(request.IdTag), -target.Number));
        else target = target with { Grant = new Grant(request.IdTag, turn.NowMs + wait) };
        turn.Set(target with { Promised = request.ChargingProfile });
        return new(RemoteStartStopStatus.Accepted);
    }

    private static bool IsFree(Turn turn, ConnectorState c) =>
        c is { Local: 0, Grant: null, Operative: true } && turn.State.StationOperative;

    private static RemoteStopTransactionResponse RemoteStop(Turn turn, RemoteStopTransactionRequest request)
    {
        var charge = turn.State.Charges.FindLast(c => c.Number == request.TransactionId && c.EndedAtMs is null);
        if (charge is null || turn.Has(Mishaps.Rejects)) return new(RemoteStartStopStatus.Rejected);
        turn.State = turn.State with { Soon = turn.State.Soon.Add(new Saying("", new StopSoon(charge.Connector))) };
        return new(RemoteStartStopStatus.Accepted);
    }

    private static ResetResponse Reset(Turn turn, ResetRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(ResetStatus.Rejected);
        turn.State = turn.State with
        {
            Restarting = true,
            Soon = turn.State.Soon.Add(new Saying("", new ResetSoon(request.Type))),
        };
        return new(ResetStatus.Accepted);
    }

    private static UnlockConnectorResponse Unlock(Turn turn, UnlockConnectorRequest request)
    {
        if (turn.State.Connector(request.ConnectorId) is not { } connector) return new(UnlockStatus.NotSupported);
        if (turn.Has(Mishaps.Rejects)) return new(UnlockStatus.UnlockFailed);
        if (connector.Local > 0)
            turn.State = turn.State with
            {
                Soon = turn.State.Soon.Add(new Saying("", new StopSoon(connector.Number, Reason.UnlockCommand))),
            };
        return new(UnlockStatus.Unlocked);
    }

    private static ChangeAvailabilityResponse ChangeAvailability(Turn turn, ChangeAvailabilityRequest request)
    {
        var all = request.ConnectorId == 0;
        if (turn.Has(Mishaps.Rejects) || (!all && turn.State.Connector(request.ConnectorId) is null))
            return new(AvailabilityStatus.Rejected);
        var operative = request.Type == AvailabilityType.Operative;
        if (all) turn.State = turn.State with { StationOperative = operative };
        var concerned = turn.State.Connectors.Where(c => all || c.Number == request.ConnectorId).ToList();
        foreach (var connector in concerned) turn.Set(connector with { Operative = operative });
        if (all) Later(turn, Reports.Status(turn, 0));
        // §5.2: a running transaction finishes first.
        var isBusy = !operative && concerned.Exists(c => c.Local > 0);
        return new(isBusy ? AvailabilityStatus.Scheduled : AvailabilityStatus.Accepted);
    }

    private static TriggerMessageResponse Trigger(Turn turn, TriggerMessageRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || request.ConnectorId > turn.State.Connectors.Length)
            return new(TriggerMessageStatus.Rejected);
        var numbers = request.ConnectorId is { } one ? [one] : turn.State.Connectors.Select(c => c.Number).ToList();
        IEnumerable<Saying> wanted = request.RequestedMessage switch
        {
            MessageTrigger.BootNotification => [Reports.Boot(turn.Options)],
            MessageTrigger.Heartbeat => [Reports.Heartbeat()],
            MessageTrigger.StatusNotification => numbers.Select(n => Reports.Status(turn, n)),
            MessageTrigger.MeterValues => numbers.Where(n => n > 0).Select(n => Triggered(turn, n)),
            MessageTrigger.FirmwareStatusNotification => [Files.FirmwareReport(turn)],
            _ => [Files.DiagnosticsReport(turn)],
        };
        foreach (var saying in wanted) Later(turn, saying);
        return new(TriggerMessageStatus.Accepted);
    }

    /// <summary>Security whitepaper, edition 2, §3: a station without a key of its own signs none.</summary>
    private static ExtendedTriggerMessageResponse Trigger(Turn turn, ExtendedTriggerMessageRequest request)
    {
        if (request.RequestedMessage == ExtendedMessageTrigger.SignChargePointCertificate)
            return new(ExtendedTriggerMessageStatus.NotImplemented);
        if (turn.Has(Mishaps.Rejects)) return new(ExtendedTriggerMessageStatus.Rejected);
        if (request.RequestedMessage == ExtendedMessageTrigger.LogStatusNotification)
            Later(turn, Files.LogReport(turn));
        else if (request.RequestedMessage == ExtendedMessageTrigger.FirmwareStatusNotification)
            Later(turn, Files.SignedFirmwareReport(turn));
        else
        {
            var same = Enum.Parse<MessageTrigger>(request.RequestedMessage.ToString());
            var answer = Trigger(turn, new TriggerMessageRequest(same, request.ConnectorId));
            return new(Enum.Parse<ExtendedTriggerMessageStatus>(answer.Status.ToString()));
        }

        return new(ExtendedTriggerMessageStatus.Accepted);
    }

    private static Saying Triggered(Turn turn, int number)
    {
        Meters.Advance(turn, number, turn.NowMs);
        var connector = turn.State.Connector(number)!;
        var reading = Meters.Read(turn, connector, turn.NowMs, "Trigger");
        if (turn.State.ChargeOf(connector.Local) is { } charge)
            turn.Set(charge with { Registers = charge.Registers.Add(connector.MeterWh) });
        return new Saying("MeterValues", new MeterValuesRequest(number, [reading]), connector.Local);
    }

    private static DataTransferResponse Transfer(Turn turn, DataTransferRequest request) =>
        request.VendorId != turn.Options.Vendor ? new(DataTransferStatus.UnknownVendorId)
        : request.MessageId is "echo" ? new(DataTransferStatus.Accepted, request.Data)
        : new(DataTransferStatus.UnknownMessageId);

    // The answer to the command goes first; what it causes follows with the next tick.
    private static void Later(Turn turn, Saying saying) =>
        turn.State = turn.State with { Soon = turn.State.Soon.Add(saying) };
}

/// <summary>What a command causes beside words.</summary>
internal sealed record StopSoon(int Connector, Reason Reason = Reason.Remote);

internal sealed record ResetSoon(ResetType Type);
