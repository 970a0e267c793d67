using System.Collections.Immutable;
using System.Text.Json;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>
/// OCPP 2.0.1 and 2.1: a charge is a transaction that the station names itself, told in numbered pieces. EVSE n with
/// its connector 1 is what the station calls connector n.
/// </summary>
internal sealed class V2Wording(V2Wire wire, string subprotocol, RpcRules rules) : Wording
{
    /// <summary>The one connector of each EVSE.</summary>
    public const int Plug = 1;

    public override string Subprotocol => subprotocol;

    public override RpcRules Rules => rules;

    public override ImmutableSortedDictionary<string, string> Settings => Variables.Defaults;

    public override Saying Boot(Turn turn) => Boot(turn, turn.State.WentDown switch
    {
        Own.Reason.HardReset or Own.Reason.SoftReset => BootReason.RemoteReset,
        _ => BootReason.PowerUp,
    });

    public static Saying Boot(Turn turn, BootReason reason) => new(
        "BootNotification",
        new BootNotificationRequest(
            new ChargingStation(
                turn.Options.Model, turn.Options.Vendor, turn.Options.Firmware, SerialNumber: turn.SerialNumber),
            reason));

    public override Saying Heartbeat() => new("Heartbeat", new HeartbeatRequest());

    public override Saying? Status(Turn turn, int connector) => turn.State.Connector(connector) is { } known
        ? new(
            "StatusNotification",
            new StatusNotificationRequest(
                turn.Stamp(turn.NowMs), Translation.StatusOf(known.Status), connector, Plug))
        : null; // G01: connectors have one, the station has none

    public override Saying Authorize(string idTag, int connector, string? kind) =>
        new("Authorize", new AuthorizeRequest(Translation.TokenOf(idTag, kind)), -connector);

    public override Saying Started(Turn turn, Charge charge, int? reservation, bool byCable) => Tell(
        turn, charge, TransactionEvent.Started,
        byCable ? TriggerReason.CablePluggedIn
            : charge.Requested is null ? TriggerReason.Authorized : TriggerReason.RemoteStart,
        StateOf(turn, charge), ChargeMoment.Start,
        told => told with
        {
            MeterValue = Reading(turn, charge, "Transaction.Begin", Configuration.TxStartedMeasurands),
            TransactionInfo = told.TransactionInfo with { RemoteStartId = charge.Requested },
            ReservationId = reservation,
            // E01.FR.16, E03: they are told once.
            Evse = new Evse(charge.Connector, Plug),
            IdToken = Translation.TokenOf(charge.IdTag, charge.Kind),
        });

    public override Saying Sampled(Turn turn, Charge charge, Own.MeterValue reading, bool asked) => Tell(
        turn, charge, TransactionEvent.Updated, asked ? TriggerReason.Trigger : TriggerReason.MeterValuePeriodic,
        StateOf(turn, charge), ChargeMoment.None,
        told => told with { Timestamp = reading.Timestamp, MeterValue = [Translation.ReadingOf(reading)] });

    public override Saying Ended(Turn turn, Charge charge) => Tell(
        turn, charge, TransactionEvent.Ended, Translation.TriggerOf(charge.Reason),
        charge.Reason == Own.Reason.EVDisconnected ? ChargingState.Idle : ChargingState.EVConnected,
        ChargeMoment.Stop,
        told => told with
        {
            MeterValue = Reading(turn, charge, "Transaction.End", Configuration.StopTxnSampledData),
            TransactionInfo = told.TransactionInfo with { StoppedReason = Translation.ReasonOf(charge.Reason) },
            IdToken = charge.Reason == Own.Reason.Local ? Translation.TokenOf(charge.IdTag, charge.Kind) : null,
        });

    // J01: a message of its own, whether a transaction runs or not.
    public override Saying Metered(Turn turn, int connector, Own.MeterValue reading) =>
        new("MeterValues", new MeterValuesRequest(connector, [Translation.ReadingOf(reading)]));

    /// <summary>G01 where a connector becomes free or taken, E02 where energy begins or ceases to flow.</summary>
    public override void Shown(Turn turn, int connector, Own.ChargePointStatus was)
    {
        var now = turn.State.Connector(connector)!;
        if (turn.CanSpeak && Translation.StatusOf(was) != Translation.StatusOf(now.Status))
            turn.Say(Status(turn, connector)!);
        if (turn.State.ChargeOf(now.Local) is not { } charge || charge.Told == now.Status) return;
        turn.Enqueue(Tell(
            turn, charge, TransactionEvent.Updated, TriggerReason.ChargingStateChanged, StateOf(turn, charge),
            ChargeMoment.None, told => told));
    }

    public override Saying LogTold(Own.UploadLogStatus status, int? request) => new(
        "LogStatusNotification",
        new LogStatusNotificationRequest(Enum.Parse<UploadLogStatus>(status.ToString()), request));

    public override Saying FirmwareTold(Turn turn) => new(
        "FirmwareStatusNotification",
        new FirmwareStatusNotificationRequest(
            Enum.Parse<FirmwareStatus>(turn.State.FirmwareStatus.ToString()), turn.State.Update?.Request));

    public override Saying ReservationEnded(int number, bool expired) => new(
        "ReservationStatusUpdate",
        new ReservationStatusUpdateRequest(
            number, expired ? ReservationUpdateStatus.Expired : ReservationUpdateStatus.Removed));

    public override byte[] Write(Saying saying, StationState state) => saying.Request switch
    {
        AuthorizeRequest request => Json(request),
        BootNotificationRequest request => Json(request),
        FirmwareStatusNotificationRequest request => Json(request),
        HeartbeatRequest request => Json(request),
        LogStatusNotificationRequest request => Json(request),
        MeterValuesRequest request => Json(request),
        NotifyReportRequest request => Json(request),
        ReservationStatusUpdateRequest request => Json(request),
        StatusNotificationRequest request => Json(request),
        TransactionEventRequest request => Json(request),
        var other => throw new InvalidOperationException($"{other} has no arm here."),
    };

    public byte[] Json<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, wire.Json<T>());

    /// <summary>A payload as the edition reads it.</summary>
    public Reading<T> Read<T>(WireValue payload, Func<Fields, T> read)
        where T : class => Fields.Read(payload, read, edition: wire.Edition);

    public override void Hear(Turn turn, Saying saying, WireValue payload)
    {
        switch (saying.Request)
        {
            case BootNotificationRequest when Read(payload, BootNotificationResponse.Read).Value is { } boot:
                StationMachine.Enter(
                    turn, Enum.Parse<Own.RegistrationStatus>(boot.Status.ToString()), boot.Interval);
                break;
            case AuthorizeRequest { IdToken: var token }:
                var verdict = Read(payload, AuthorizeResponse.Read).Value?.IdTokenInfo;
                Charging.Judge(
                    turn, -saying.Local, token.Text, verdict is null ? null : Translation.VerdictOf(verdict),
                    token.Type);
                break;
            // C: what is said of a token may come with any answer; without a word it is welcome.
            case TransactionEventRequest when Read(payload, TransactionEventResponse.Read).Value is { } answer:
                var said = answer.IdTokenInfo is { } info ? Translation.VerdictOf(info).Status
                    : turn.State.ChargeOf(saying.Local)?.Verdict ?? Own.AuthorizationStatus.Accepted;
                Charging.Judge(turn, saying.Local, said);
                break;
            default:
                break;
        }
    }

    public override OutboundAnswer Obey(Turn turn, Ordered order) => V2Orders.Obey(this, turn, order);

    /// <summary>The next piece of a transaction's story.</summary>
    private static Saying Tell(
        Turn turn, Charge charge, TransactionEvent kind, TriggerReason trigger, ChargingState state,
        ChargeMoment moment, Func<TransactionEventRequest, TransactionEventRequest> fill)
    {
        var told = fill(new TransactionEventRequest(
            kind, turn.Stamp(turn.NowMs), trigger, charge.Messages, new Transaction(charge.Id, state),
            Offline: turn.CanSpeak ? null : true));
        var connector = turn.State.Connector(charge.Connector)!;
        turn.Set(charge with
        {
            Messages = charge.Messages + 1,
            Told = Charging.StatusOf(turn.State, connector),
        });
        return new Saying("TransactionEvent", told, charge.Local) { Moment = moment };
    }

    private static ChargingState StateOf(Turn turn, Charge charge) =>
        Charging.StatusOf(turn.State, turn.State.Connector(charge.Connector)!) switch
        {
            Own.ChargePointStatus.SuspendedEV => ChargingState.SuspendedEV,
            Own.ChargePointStatus.SuspendedEVSE => ChargingState.SuspendedEVSE,
            _ => ChargingState.Charging,
        };

    /// <summary>Null: nothing is wanted then.</summary>
    private static ImmutableArray<MeterValue>? Reading(Turn turn, Charge charge, string context, string key)
    {
        var reading = Meters.Read(turn, turn.State.Connector(charge.Connector)!, turn.NowMs, context, key);
        return reading.SampledValue.IsEmpty ? null : [Translation.ReadingOf(reading)];
    }
}
