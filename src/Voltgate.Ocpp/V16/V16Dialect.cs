using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V16;

/// <summary>OCPP 1.6J: the two tables, and what is particular to its words.</summary>
public static class V16Dialect
{
    private static V16Json Json => V16Json.Default;

    private static readonly IReadOnlyList<Route> Routes =
    [
        Route.Of("Authorize", AuthorizeRequest.Read, Json.AuthorizeResponse,
            m => new TokenPresented(m.IdTag),
            (TokenJudged r) => new AuthorizeResponse(IdTagInfo.From(r.Authorization, r.Tag)),
            lenient: true), // quirk 20: some append to tags; what is unknown is answered Invalid

        Route.Of("BootNotification", BootNotificationRequest.Read, Json.BootNotificationResponse,
            m => new Booted(InfoOf(m)),
            (BootAnswered r) => new BootNotificationResponse(
                r.Accepted ? RegistrationStatus.Accepted
                    : r.IsPending ? RegistrationStatus.Pending : RegistrationStatus.Rejected,
                StationTime.At(r.NowMs), r.IntervalSeconds),
            lenient: true), // quirk 19: whoever is refused its boot never charges

        Route.Of("DataTransfer", DataTransferRequest.Read, Json.DataTransferResponse,
            m => new DataSent(m.VendorId, m.MessageId, m.Data),
            (DataAnswered r) => new DataTransferResponse(Enum.Parse<DataTransferStatus>(r.Verdict.ToString()), r.Data)),

        Route.Of("DiagnosticsStatusNotification", DiagnosticsStatusNotificationRequest.Read, Json.EmptyResponse,
            m => new DiagnosticsReported(m.Status.ToString()),
            (Noted _) => EmptyResponse.Instance),

        Route.Of("FirmwareStatusNotification", FirmwareStatusNotificationRequest.Read, Json.EmptyResponse,
            m => new FirmwareReported(m.Status.ToString()),
            (Noted _) => EmptyResponse.Instance),

        Route.Of("Heartbeat", HeartbeatRequest.Read, Json.HeartbeatResponse,
            _ => new Pulsed(),
            (PulseAnswered r) => new HeartbeatResponse(StationTime.At(r.NowMs))),

        Route.Of("MeterValues", MeterValuesRequest.Read, Json.EmptyResponse,
            m => new MeterReported(new Place(m.ConnectorId), m.TransactionId, ReadingsOf(m.MeterValue)),
            (Noted _) => EmptyResponse.Instance,
            lenient: true),

        Route.Of("StartTransaction", StartTransactionRequest.Read, Json.StartTransactionResponse,
            m => new TransactionStarted(
                new Place(m.ConnectorId), m.IdTag, RegisterOf(m.MeterStart), m.Timestamp, m.ReservationId),
            (SessionOpened r) => new StartTransactionResponse(r.Number, IdTagInfo.From(r.Authorization, r.Tag)),
            lenient: true),

        Route.Of("StatusNotification", StatusNotificationRequest.Read, Json.EmptyResponse,
            m => new ConnectorReported(
                new Place(m.ConnectorId), StatusOf(m.Status), m.ErrorCode.ToString(), m.Info, m.VendorErrorCode,
                m.Timestamp),
            (Noted _) => EmptyResponse.Instance),

        Route.Of("StopTransaction", StopTransactionRequest.Read, Json.StopTransactionResponse,
            m => new TransactionEnded(
                m.TransactionId, m.IdTag, RegisterOf(m.MeterStop), m.Timestamp, (m.Reason ?? Reason.Local).ToString(),
                ReadingsOf(m.TransactionData ?? [])),
            (SessionClosed r) => new StopTransactionResponse(
                r.Authorization is { } verdict ? IdTagInfo.From(verdict, r.Tag) : null),
            lenient: true),

        .. SecurityRows.Routes,
    ];

    private static readonly IReadOnlyList<CommandRoute> Commands =
    [
        CommandRoute.Of("CancelReservation", Json.CancelReservationRequest,
            (ReleasePlace c) => new CancelReservationRequest(c.Number)),

        CommandRoute.Of("ChangeAvailability", Json.ChangeAvailabilityRequest,
            (ChangeAvailability c) => new ChangeAvailabilityRequest(
                c.Place.Number, c.Available ? AvailabilityType.Operative : AvailabilityType.Inoperative)),

        CommandRoute.Of("ChangeConfiguration", Json.ChangeConfigurationRequest,
            (WriteConfiguration c) => new ChangeConfigurationRequest(c.Key, c.Value),
            learn: (c, _) => Learning.Known([new KeyValue(c.Key, false, c.Value)])),

        CommandRoute.Of("ClearCache", Json.ClearCacheRequest, (ClearCache _) => new ClearCacheRequest()),

        CommandRoute.Of("ClearChargingProfile", Json.ClearChargingProfileRequest, (ClearProfiles c) => Wording.Of(c)),

        CommandRoute.Of("DataTransfer", Json.DataTransferRequest,
            (SendData c) => new DataTransferRequest(c.VendorId, c.MessageId, c.Data)),

        CommandRoute.Of("GetCompositeSchedule", Json.GetCompositeScheduleRequest,
            (ReadSchedule c) => new GetCompositeScheduleRequest(
                c.Place.Number, c.DurationSeconds, c.Unit is { } unit ? Wording.UnitOf(unit) : null)),

        CommandRoute.Of("GetConfiguration", Json.GetConfigurationRequest,
            (ReadConfiguration c) => new GetConfigurationRequest(c.Keys.Count == 0 ? null : c.Keys),
            learn: (_, answer) => Learning.Known(answer),
            show: Learning.Shown,
            hasStatus: false),

        CommandRoute.Of("GetDiagnostics", Json.GetDiagnosticsRequest,
            (SendDiagnostics c) => new GetDiagnosticsRequest(
                c.Url, c.Retries, c.RetryIntervalSeconds, Wording.TimeOf(c.FromMs), Wording.TimeOf(c.ToMs)),
            hasStatus: false),

        CommandRoute.Of("GetLocalListVersion", Json.GetLocalListVersionRequest,
            (ReadTokenList _) => new GetLocalListVersionRequest(),
            judge: Learning.ListVersion,
            hasStatus: false),

        CommandRoute.Of("RemoteStartTransaction", Json.RemoteStartTransactionRequest,
            (StartCharging c) => new RemoteStartTransactionRequest(
                c.IdTag, NumberOf(c.Place), c.EnergyFromMs is { } from ? NothingUntil(from, c.Unit) : null)),

        CommandRoute.Of("RemoteStopTransaction", Json.RemoteStopTransactionRequest,
            (StopCharging c) => new RemoteStopTransactionRequest(c.Number)),

        CommandRoute.Of("ReserveNow", Json.ReserveNowRequest, (ReservePlace c) => Wording.Of(c)),

        CommandRoute.Of("Reset", Json.ResetRequest,
            (ResetStation c) => c.Place.IsStation ? new ResetRequest(c.Hard ? ResetType.Hard : ResetType.Soft) : null),

        CommandRoute.Of("SendLocalList", Json.SendLocalListRequest, (WriteTokenList c) => Wording.Of(c)),

        CommandRoute.Of("SetChargingProfile", Json.SetChargingProfileRequest, (SetProfile c) => Wording.Of(c)),

        CommandRoute.Of("TriggerMessage", Json.TriggerMessageRequest,
            (TriggerReport c) => TryTrigger(c.Message, out var wanted)
                ? new TriggerMessageRequest(wanted, c.Place?.Number)
                : null),

        CommandRoute.Of("UnlockConnector", Json.UnlockConnectorRequest,
            (UnlockConnector c) => c.Place.IsStation ? null : new UnlockConnectorRequest(c.Place.Number)),

        CommandRoute.Of("UpdateFirmware", Json.UpdateFirmwareRequest,
            (InstallFirmware c) => c.Proof is null
                ? new UpdateFirmwareRequest(c.Url, StationTime.At(c.FromMs), c.Retries, c.RetryIntervalSeconds)
                : null,
            hasStatus: false),

        .. SecurityRows.Commands,
    ];

    private static readonly ReceiptWords Receipts = new(
        KnownActions: FrozenSet.ToFrozenSet(
        [
            .. Routes.Select(r => r.Action), .. Commands.Select(c => c.Action),
        ]),
        // Scheduled: when the transaction ends (§5.2). RebootRequired: stored, in force after a reboot (§5.3).
        // AcceptedCanceled: in place of one that ran (whitepaper, LogStatusEnumType).
        Accepting: FrozenSet.ToFrozenSet(["Accepted", "AcceptedCanceled", "Scheduled", "RebootRequired", "Unlocked"]),
        Unsupporting: FrozenSet.ToFrozenSet(["NotSupported", "NotImplemented"]));

    /// <summary>The dialect "ocpp1.6".</summary>
    public static Dialect Instance { get; } = new("ocpp1.6", RpcRules.V16, Routes, Commands, Receipts);

    private static BootInfo InfoOf(BootNotificationRequest m) => new(
        m.ChargePointVendor, m.ChargePointModel, m.ChargePointSerialNumber, m.ChargeBoxSerialNumber,
        m.FirmwareVersion, m.Iccid, m.Imsi, m.MeterType, m.MeterSerialNumber);

    private static ConnectorStatus StatusOf(ChargePointStatus status) => (ConnectorStatus)(int)status;

    // A register beyond any meter is nonsense that must not overflow: it is kept at the edge and flagged above.
    private static Energy RegisterOf(decimal wh) =>
        Energy.FromWh(Math.Clamp(wh, -1_000_000_000_000m, 1_000_000_000_000m));

    private static ImmutableArray<MeterReading> ReadingsOf(IReadOnlyList<MeterValue> values) =>
        [.. values.Select(v => v.ToReading())];

    private static bool TryTrigger(string word, out MessageTrigger trigger) =>
        Enum.TryParse(word, out trigger) && trigger.ToString() == word;

    private static int? NumberOf(Place place) => place.IsStation ? null : place.Number;

    /// <summary>
    /// A profile that holds the transaction at nothing until then, and ends there (§7.8, §7.13). It starts a week
    /// earlier: stations whose clock is behind must not find a schedule that has not begun.
    /// </summary>
    private static ChargingProfile NothingUntil(long fromMs, RateUnit unit)
    {
        const int week = 7 * 24 * 3_600;
        return new ChargingProfile(
            ChargingProfileId: 1,
            StackLevel: 0,
            ChargingProfilePurposeType.TxProfile,
            ChargingProfileKindType.Absolute,
            new ChargingSchedule(
                Wording.UnitOf(unit),
                [new ChargingSchedulePeriod(0, 0)],
                Duration: week,
                StationTime.At(fromMs - (week * 1_000L))),
            ValidTo: StationTime.At(fromMs));
    }
}
