using System.Collections.Immutable;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Transactions of 2.x that no session was made of yet. One is made once the beginning is known, and where it is, and
/// somebody has been let in, or energy flows; a beginning that does not come is done without after a while.
/// </summary>
public static class ArrivalMachine
{
    /// <summary>How long a beginning is waited for that may lie in the station's queue.</summary>
    public const long PatienceMs = 5 * 60_000;

    private const int MostWaiting = 50;
    private const int MostPieces = 200;

    /// <summary>A transaction that waits for its beginning for too long; null: none does.</summary>
    public static WaitingTransaction? Overdue(ChargeStation station, long nowMs) =>
        station.Waiting?.Find(w => IsOverdue(station, w, nowMs));

    /// <summary>What a session of these pieces begins with; the tag is "" where nobody showed one.</summary>
    public static TransactionStarted BeginningOf(ChargeStation station, WaitingTransaction waiting)
    {
        ImmutableArray<TransactionTold> told = [.. waiting.Told.OrderBy(t => t.Sequence)];
        var first = told.FirstOrDefault(t => t.Moment == TransactionMoment.Started) ?? told[0];
        var tag = told.FirstOrDefault(t => t is { IdTag: not null, Moment: not TransactionMoment.Ended })?.IdTag
            ?? told.FirstOrDefault(t => t.IdTag is not null)?.IdTag;
        var requested = told.FirstOrDefault(t => t.Requested is not null)?.Requested;
        // Of a remote start's pieces some stations leave the token out; it is the one that we sent.
        tag ??= Asked(station, waiting)?.IdTag;
        var register = told.Select(FirstRegister).FirstOrDefault(r => r is not null);
        return new TransactionStarted(
            told.FirstOrDefault(t => t.Place is not null)?.Place ?? Asked(station, waiting)?.Place ?? Place.Station,
            tag ?? "",
            register ?? Energy.Zero, first.At,
            told.FirstOrDefault(t => t.ReservationId is not null)?.ReservationId)
        {
            Key = EventMachine.KeyOf(waiting.Transaction),
            Transaction = waiting.Transaction,
            Requested = requested,
            IsFree = told.Any(t => t.IsFree),
            IsUnmetered = register is null,
        };
    }

    /// <summary>The pieces that are known once this one has come.</summary>
    public static WaitingTransaction With(ChargeStation station, TransactionTold told, long nowMs)
    {
        var waiting = station.Waiting?.Find(w => w.Transaction == told.Transaction)
            ?? new WaitingTransaction(told.Transaction, nowMs, []);
        if (waiting.Told.Exists(t => t.Sequence == told.Sequence)) return waiting;
        return waiting with { Told = waiting.Told.Add(told) };
    }

    /// <summary>Makes a session of what has waited for too long.</summary>
    internal static void Look(Decision decision)
    {
        if (Overdue(decision.Station, decision.NowMs) is { } waiting) Begin(decision, waiting);
    }

    internal static void Wait(Decision decision, TransactionTold told)
    {
        var before = decision.Station.Waiting?.Find(w => w.Transaction == told.Transaction);
        var waiting = With(decision.Station, told, decision.NowMs);
        if (ReferenceEquals(waiting, before))
        {
            decision.Remark("repeated");
            return;
        }

        if (IsComplete(decision.Station, waiting) || IsOverdue(decision.Station, waiting, decision.NowMs))
        {
            Begin(decision, waiting);
            return;
        }

        decision.Remark("waits");
        var isOver = waiting.Told.Exists(t => t.Moment == TransactionMoment.Ended)
            && waiting.Told.Exists(t => t.Moment == TransactionMoment.Started);
        Keep(decision, isOver ? null : waiting, told.Transaction); // nobody was let in, nothing flowed: nothing to bill
    }

    private static void Keep(Decision decision, WaitingTransaction? waiting, string transaction)
    {
        var all = (decision.Station.Waiting ?? []).RemoveAll(w => w.Transaction == transaction);
        if (waiting is not null)
            all = all.Add(waiting.Told.Count > MostPieces ? waiting with { Told = waiting.Told.RemoveAt(1) } : waiting);
        if (all.Count > MostWaiting) all = all.RemoveAt(0); // its pieces stay in the frame log
        decision.Station = decision.Station with { Waiting = all.IsEmpty ? null : all };
    }

    private static void Begin(Decision decision, WaitingTransaction waiting)
    {
        Keep(decision, null, waiting.Transaction);
        var beginning = BeginningOf(decision.Station, waiting);
        var key = beginning.Key!;
        if (decision.Known.Prior?.StartKey is { } taken && taken.StartsWith(key, StringComparison.Ordinal))
            key += TransactionMachine.Again + decision.NowMs;
        var id = TransactionMachine.Open(decision, beginning, key).Id;
        if (!waiting.Told.Exists(t => t.Moment == TransactionMoment.Started)
            && decision.Station.Sessions.FirstOrDefault(s => s.Id == id) is { } headless)
            decision.Keep(MeterFold.Flag(headless, "start_missing"));
        foreach (var told in waiting.Told.OrderBy(t => t.Sequence))
            if (decision.Station.Sessions.FirstOrDefault(s => s.Id == id) is { } session)
                EventMachine.Take(decision, session, told);
        if (decision.Reply is TransactionNoted { Authorization: Authorization.Accepted } reply
            && decision.Kept(id)?.Admitted is { } admitted && beginning.IdTag.Length > 0)
            decision.Reply = reply with { Authorization = admitted };
        if (decision.Reply is TransactionNoted noted && decision.Kept(id) is { IsOpen: true } opened)
            decision.Reply = noted with { Limit = Deadlines.LimitOf(opened) };
    }

    private static bool IsComplete(ChargeStation station, WaitingTransaction waiting) =>
        waiting.Told.Exists(t => t.Moment == TransactionMoment.Started) && IsWorth(station, waiting);

    private static bool IsOverdue(ChargeStation station, WaitingTransaction waiting, long nowMs) =>
        nowMs - waiting.SinceMs >= PatienceMs && IsWorth(station, waiting);

    /// <summary>Somebody was let in at an EVSE that is known, or energy flows: there is something to bill.</summary>
    private static bool IsWorth(ChargeStation station, WaitingTransaction waiting) =>
        Flows(waiting)
        || waiting.Told.Exists(t => t.IdTag is not null || t.Requested is not null || t.IsFree)
            && HasPlace(station, waiting);

    /// <summary>Whoever is let in first chooses the EVSE by plugging in (TxStartPoint Authorized).</summary>
    private static bool HasPlace(ChargeStation station, WaitingTransaction waiting) =>
        station.Connectors.Length <= 1 || waiting.Told.Exists(t => t.Place is not null)
            || Asked(station, waiting) is not null;

    private static bool Flows(WaitingTransaction waiting) =>
        waiting.Told.Exists(t => t.ChargingState == "Charging")
        || Registers(waiting) is { Count: > 1 } registers && registers.Max() > registers.Min();

    /// <summary>The session whose remote start it answers; null: none.</summary>
    private static Session? Asked(ChargeStation station, WaitingTransaction waiting) =>
        waiting.Told.Find(t => t.Requested is not null)?.Requested is { } number
            ? station.Sessions.FirstOrDefault(s => s.Status == SessionStatus.Created && s.Number == number)
            : null;

    private static List<Energy> Registers(WaitingTransaction waiting) =>
        [.. waiting.Told.SelectMany(t => t.Readings).Select(EventMachine.RegisterOf).OfType<Energy>()];

    private static Energy? FirstRegister(TransactionTold told) =>
        told.Readings.Select(EventMachine.RegisterOf).FirstOrDefault(r => r is not null);
}
