using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V16;

/// <summary>OCPP 1.6. A transaction's number is filled in late: offline, nobody knows it.</summary>
internal sealed class V16Wording : Wording
{
    // OCPP 1.6 says nothing of a stop whose start was never answered; -1 is what the field sends.
    private const int UnknownNumber = -1;

    public override string Subprotocol => "ocpp1.6";

    public override RpcRules Rules => RpcRules.V16;

    public override Saying Boot(Turn turn) => new(
        "BootNotification",
        new BootNotificationRequest(
            turn.Options.Vendor, turn.Options.Model, turn.SerialNumber, FirmwareVersion: turn.Options.Firmware));

    public override Saying Heartbeat() => new("Heartbeat", new HeartbeatRequest());

    public override Saying Status(Turn turn, int connector) => new(
        "StatusNotification",
        new StatusNotificationRequest(
            connector, ChargePointErrorCode.NoError,
            turn.State.Connector(connector)?.Status
                ?? (turn.State.StationOperative ? ChargePointStatus.Available : ChargePointStatus.Unavailable),
            Timestamp: turn.Stamp(turn.NowMs)));

    public override Saying Authorize(string idTag, int connector, string? kind) =>
        new("Authorize", new AuthorizeRequest(idTag), -connector);

    public override Saying Started(Turn turn, Charge charge, int? reservation, bool byCable) => new(
        "StartTransaction",
        new StartTransactionRequest(
            charge.Connector, charge.IdTag, charge.Registers[0], turn.Stamp(charge.StartedAtMs), reservation),
        charge.Local)
    {
        Moment = ChargeMoment.Start,
    };

    public override Saying Sampled(Turn turn, Charge charge, MeterValue reading, bool asked) =>
        new("MeterValues", new MeterValuesRequest(charge.Connector, [reading]), charge.Local);

    public override Saying Ended(Turn turn, Charge charge) => new(
        "StopTransaction",
        new StopTransactionRequest(
            0, turn.State.Connector(charge.Connector)!.MeterWh, turn.Stamp(turn.NowMs),
            charge.Reason == Reason.Local ? charge.IdTag : null, // §6.47: omitted where nobody presented a card
            charge.Reason),
        charge.Local)
    {
        Moment = ChargeMoment.Stop,
    };

    // §5.17: it belongs to the transaction, if there is one.
    public override Saying Metered(Turn turn, int connector, MeterValue reading) => new(
        "MeterValues", new MeterValuesRequest(connector, [reading]), turn.State.Connector(connector)!.Local);

    public override void Shown(Turn turn, int connector, ChargePointStatus was)
    {
        if (turn.CanSpeak) turn.Say(Status(turn, connector));
    }

    public override Saying LogTold(UploadLogStatus status, int? request) =>
        new("LogStatusNotification", new LogStatusNotificationRequest(status, request));

    public override Saying FirmwareTold(Turn turn) =>
        turn.State.Update?.Proof is null ? Firmware(turn.State) : SignedFirmware(turn.State);

    /// <summary>How far the update is, in the words of 1.6 itself: what has none there is Idle.</summary>
    public static Saying Firmware(StationState state) => new(
        "FirmwareStatusNotification", new FirmwareStatusNotificationRequest(
            Enum.TryParse<FirmwareStatus>(state.FirmwareStatus.ToString(), out var plain) ? plain
                : FirmwareStatus.Idle));

    public static Saying SignedFirmware(StationState state) => new(
        "SignedFirmwareStatusNotification", new SignedFirmwareStatusNotificationRequest(
            state.FirmwareStatus, state.Update?.Request));

    public static Saying Diagnostics(DiagnosticsStatus status) =>
        new("DiagnosticsStatusNotification", new DiagnosticsStatusNotificationRequest(status));

    public override byte[] Write(Saying saying, StationState state)
    {
        var number = state.ChargeOf(saying.Local)?.Number ?? UnknownNumber;
        return Write(saying.Request switch
        {
            StopTransactionRequest stop => stop with { TransactionId = number },
            MeterValuesRequest values when saying.Local > 0 => values with { TransactionId = number },
            var other => other,
        });
    }

    public static byte[] Write(object record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, (JsonTypeInfo)V16Json.Default.GetTypeInfo(record.GetType())!);

    public override void Hear(Turn turn, Saying saying, WireValue payload)
    {
        switch (saying.Request)
        {
            case BootNotificationRequest when Fields.Read(payload, BootNotificationResponse.Read).Value is { } boot:
                StationMachine.Enter(turn, boot.Status, boot.Interval);
                break;
            case AuthorizeRequest authorize:
                var verdict = Fields.Read(payload, AuthorizeResponse.Read).Value?.IdTagInfo;
                Charging.Judge(turn, -saying.Local, authorize.IdTag, verdict);
                break;
            case StartTransactionRequest
                when turn.State.ChargeOf(saying.Local) is { } charge
                && Fields.Read(payload, StartTransactionResponse.Read).Value is { } answer:
                turn.Set(charge with { Number = answer.TransactionId });
                Charging.Judge(turn, charge.Local, answer.IdTagInfo.Status);
                break;
            default:
                break;
        }
    }

    public override OutboundAnswer Obey(Turn turn, Ordered order) => V16Orders.Obey(turn, order);
}
