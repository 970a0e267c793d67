using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>What keeps a station in order: 2.x blocks B, F, G, L, N and P.</summary>
internal static class Upkeep
{
    /// <summary>G03, G04.</summary>
    public static ChangeAvailabilityResponse ChangeAvailability(Turn turn, ChangeAvailabilityRequest request)
    {
        if (!Exists(turn.State, request.Evse)) return new(ChangeAvailabilityStatus.Rejected);
        var answer = Orders.ChangeAvailability(turn, new Own.ChangeAvailabilityRequest(
            request.Evse?.Id ?? 0, Translation.Same<Own.AvailabilityType>(request.OperationalStatus)));
        return new(Translation.Same<ChangeAvailabilityStatus>(answer.Status));
    }

    /// <summary>F05: not under a transaction that somebody authorized.</summary>
    public static UnlockConnectorResponse Unlock(Turn turn, UnlockConnectorRequest request) => new(
        request.ConnectorId != V2Wording.Plug || turn.State.Connector(request.EvseId) is not { } connector
            ? UnlockStatus.UnknownConnector
            : turn.Has(Mishaps.Rejects) ? UnlockStatus.UnlockFailed
            : connector.Local > 0 ? UnlockStatus.OngoingAuthorizedTransaction
            : UnlockStatus.Unlocked);

    /// <summary>B11, B12. An EVSE cannot restart by itself here, nor can a transaction survive (2.1).</summary>
    public static ResetResponse Reset(Turn turn, ResetRequest request)
    {
        if (request.EvseId is not null || request.Type is not (ResetKind.Immediate or ResetKind.OnIdle))
            return new(ResetStatus.Rejected, new StatusInfo("UnsupportedParam"));
        if (turn.Has(Mishaps.Rejects)) return new(ResetStatus.Rejected);
        if (request.Type == ResetKind.OnIdle && turn.State.Connectors.Any(c => c.Local > 0))
        {
            turn.State = turn.State with { Restarting = true, ResetsWhenIdle = true };
            return new(ResetStatus.Scheduled);
        }

        Orders.Reset(turn, new Own.ResetRequest(
            request.Type == ResetKind.Immediate ? Own.ResetType.Hard : Own.ResetType.Soft));
        return new(ResetStatus.Accepted);
    }

    /// <summary>F06.</summary>
    public static TriggerMessageResponse Trigger(Turn turn, TriggerMessageRequest request)
    {
        if (turn.Has(Mishaps.Rejects) || !Exists(turn.State, request.Evse)) return new(TriggerMessageStatus.Rejected);
        var numbers = turn.State.Connectors.Select(c => c.Number)
            .Where(n => request.Evse is not { Id: > 0 } evse || evse.Id == n).ToList();
        IReadOnlyList<Saying>? wanted = request.RequestedMessage switch
        {
            // F06.FR.17: who is let in does not boot again.
            MessageTrigger.BootNotification => turn.State.Booted
                ? [] : [V2Wording.Boot(turn, BootReason.Triggered)],
            MessageTrigger.LogStatusNotification => [Files.LogReport(turn)],
            MessageTrigger.FirmwareStatusNotification => [turn.Words.FirmwareTold(turn)],
            MessageTrigger.Heartbeat => [turn.Words.Heartbeat()],
            MessageTrigger.MeterValues => [.. numbers.Select(n => Orders.Triggered(turn, n))],
            MessageTrigger.StatusNotification => [.. numbers.Select(n => turn.Words.Status(turn, n)!)],
            MessageTrigger.TransactionEvent =>
            [
                .. numbers.Where(n => turn.State.Connector(n)!.Local > 0).Select(n => new Saying("", new TellSoon(n))),
            ],
            _ => null,
        };
        foreach (var saying in wanted ?? []) turn.Later(saying);
        return new(wanted switch
        {
            null => TriggerMessageStatus.NotImplemented,
            [] => TriggerMessageStatus.Rejected,
            _ => TriggerMessageStatus.Accepted,
        });
    }

    /// <summary>P01.</summary>
    public static DataTransferResponse Transfer(Turn turn, DataTransferRequest request) =>
        request.VendorId != turn.Options.Vendor ? new(DataTransferStatus.UnknownVendorId)
        : request.MessageId is "echo" ? new(DataTransferStatus.Accepted, Data: request.Data)
        : new(DataTransferStatus.UnknownMessageId);

    /// <summary>N01.</summary>
    public static GetLogResponse SendLog(Turn turn, GetLogRequest request)
    {
        if (!Enum.TryParse<Own.LogType>(request.LogType.ToString(), out var kind)) return new(LogStatus.Rejected);
        var answer = Files.SendLog(turn, new Own.GetLogRequest(
            kind, request.RequestId,
            new Own.LogParameters(
                request.Log.RemoteLocation, request.Log.OldestTimestamp, request.Log.LatestTimestamp)));
        return new(Translation.Same<LogStatus>(answer.Status), Filename: answer.Filename);
    }

    /// <summary>L01 where the firmware comes with a certificate, else L02.</summary>
    public static UpdateFirmwareResponse UpdateFirmware(Turn turn, UpdateFirmwareRequest request)
    {
        var firmware = request.Firmware;
        var proof = firmware.SigningCertificate is { } certificate
            ? new Own.Firmware(
                firmware.Location, firmware.RetrieveDateTime, certificate, firmware.Signature ?? "",
                firmware.InstallDateTime)
            : null;
        var status = Files.Update(
            turn, new FirmwareUpdate(firmware.Location, firmware.RetrieveDateTime, request.RequestId, proof));
        return new(Translation.Same<UpdateFirmwareStatus>(status));
    }

    /// <summary>No EVSE, or number 0, is the station.</summary>
    private static bool Exists(StationState state, Evse? evse) =>
        evse is null or { Id: 0, ConnectorId: null or 0 }
        || (state.Connector(evse.Id) is not null && evse.ConnectorId is null or V2Wording.Plug);
}
