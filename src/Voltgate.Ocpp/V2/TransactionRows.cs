using Voltgate.Domain.Stations;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V2;

/// <summary>Transactions of 2.x: what stations tell of them (block E), and what they are asked (block F).</summary>
internal static class TransactionRows
{
    private const int WeekSeconds = 7 * 24 * 3_600;

    public static IReadOnlyList<Route> Routes(V2Wire wire) =>
    [
        wire.Said("TransactionEvent", TransactionEventRequest.Read, Told, (TransactionNoted r) => Answered(r, wire),
            lenient: true), // E: whatever it says, it is money; what makes no sense is kept and flagged
    ];

    public static IReadOnlyList<CommandRoute> Commands(V2Wire wire) =>
    [
        wire.Told("RequestStartTransaction", RequestStartTransactionRequest.Read,
            (StartCharging c) => new RequestStartTransactionRequest(
                Wording.TokenOf(c.IdTag), c.Number, c.Place.IsStation ? null : c.Place.ToEvse().Evse,
                ChargingProfile: c.EnergyFromMs is { } from ? Wording.Of(NothingUntil(from, c.Unit)) : null)),

        wire.Told("RequestStopTransaction", RequestStopTransactionRequest.Read,
            (StopCharging c) => c.Transaction is { } id ? new RequestStopTransactionRequest(id) : null),

        wire.Told("CostUpdated", CostUpdatedRequest.Read,
            (TellCost c) => new CostUpdatedRequest(c.CostMicros / 1_000_000m, c.Transaction),
            hasStatus: false),

        wire.Told("GetTransactionStatus", GetTransactionStatusRequest.Read,
            (ReadTransaction c) => new GetTransactionStatusRequest(c.Transaction),
            judge: Standing,
            hasStatus: false),
    ];

    private static TransactionTold Told(TransactionEventRequest m) => new(
        m.TransactionInfo.TransactionId, m.SeqNo, MomentOf(m.EventType), m.Timestamp, m.Evse?.ToPlace(),
        m.MeterValue is { } values ? StationRows.ReadingsOf(values) : [])
    {
        IdTag = m.IdToken is { Text: { Length: > 0 } text } ? text : null,
        IsFree = m.IdToken?.Type == "NoAuthorization",
        Requested = m.TransactionInfo.RemoteStartId,
        ReservationId = m.ReservationId,
        ChargingState = m.TransactionInfo.ChargingState?.ToString(),
        StopReason = m.TransactionInfo.StoppedReason?.ToString(),
        Cost = m.CostDetails is { FailureToCalculate: not true, TotalCost: { } cost }
            ? new ReckonedCost(cost.Currency, MicrosOf(cost.Total.InclTax), MicrosOf(cost.Total.ExclTax))
            : null,
    };

    // An amount that no session costs is none.
    private static long? MicrosOf(decimal? amount) =>
        amount is { } told && Math.Abs(told) < 1_000_000_000 ? (long)decimal.Round(told * 1_000_000) : null;

    // E: in the currency of the price, taxes included; absent where there is no price.
    private static TransactionEventResponse Answered(TransactionNoted reply, V2Wire wire) => new(
        TotalCost: reply.CostMicros / 1_000_000m,
        IdTokenInfo: reply.Authorization is { } verdict ? Wording.InfoOf(verdict, reply.Tag, wire) : null,
        TransactionLimit: reply.Limit is { } limit
            ? new TransactionLimit(
                limit.CostMicros / 1_000_000m, limit.Energy?.Wh, limit.StateOfCharge, (int?)(limit.TimeMs / 1_000))
            : null);

    private static TransactionMoment MomentOf(TransactionEvent word) => word switch
    {
        TransactionEvent.Started => TransactionMoment.Started,
        TransactionEvent.Ended => TransactionMoment.Ended,
        _ => TransactionMoment.Updated,
    };

    private static Receipt? Standing(WireValue answer) =>
        Fields.Read(answer, GetTransactionStatusResponse.Read).Value is { } read
            ? new Receipt(Answer.Accepted, nameof(Answer.Accepted), answer.ToString())
            {
                Standing = new TransactionStanding(read.OngoingIndicator, read.MessagesInQueue),
            }
            : null;

    // K05: the transaction has no id yet. It starts a week earlier, for stations whose clock is behind.
    private static Domain.Stations.ChargingProfile NothingUntil(long fromMs, RateUnit unit) => new(
        Id: 1, StackLevel: 0, ProfilePurpose.Session, ProfileKind.Absolute, unit, [new ProfilePeriod(0, 0)])
    {
        DurationSeconds = WeekSeconds,
        StartMs = fromMs - (WeekSeconds * 1_000L),
        ValidToMs = fromMs,
    };
}
