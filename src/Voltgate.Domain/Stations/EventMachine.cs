using System.Collections.Immutable;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Transactions that a station tells in numbered pieces, in any order and as often as it likes (OCPP 2.0.1 part 2 §E).
/// A session is made once the beginning is known and somebody has been let in, energy flows, or it is over.
/// </summary>
public static class EventMachine
{
    /// <summary>How long a beginning is waited for that may lie in the station's queue.</summary>
    public const long PatienceMs = 5 * 60_000;

    private const int MostWaiting = 50;
    private const int MostPieces = 200;

    internal static void Hear(Decision decision, TransactionTold told)
    {
        decision.Reply = ReplyTo(decision, told);
        if (OpenOf(decision.Station, told.Transaction) is { } session) GoOn(decision, session, told);
        else if (decision.Known.Prior is { } prior && !IsAnew(prior, told, decision.NowMs)) Late(decision, prior, told);
        else Wait(decision, told);
    }

    /// <summary>The natural key of a transaction's session.</summary>
    public static string KeyOf(string transaction) => "tx:" + transaction;

    /// <summary>The open session of a transaction; null: there is none.</summary>
    public static Session? OpenOf(ChargeStation station, string transaction)
    {
        foreach (var session in station.Sessions)
            if (session.Status == SessionStatus.Started && session.Transaction == transaction) return session;
        return null;
    }

    /// <summary>A transaction that waits for its beginning for too long; null: none does.</summary>
    public static WaitingTransaction? Overdue(ChargeStation station, long nowMs) =>
        station.Waiting?.Find(w => nowMs - w.SinceMs >= PatienceMs && IsWorth(w));

    /// <summary>What a session of these pieces begins with; the tag is "" where nobody showed one.</summary>
    public static TransactionStarted BeginningOf(ChargeStation station, WaitingTransaction waiting)
    {
        ImmutableArray<TransactionTold> told = [.. waiting.Told.OrderBy(t => t.Sequence)];
        var first = told.FirstOrDefault(t => t.Moment == TransactionMoment.Started) ?? told[0];
        var tag = told.FirstOrDefault(t => t is { IdTag: not null, Moment: not TransactionMoment.Ended })?.IdTag
            ?? told.FirstOrDefault(t => t.IdTag is not null)?.IdTag;
        var requested = told.FirstOrDefault(t => t.Requested is not null)?.Requested;
        // Of a remote start's pieces some stations leave the token out; it is the one that we sent.
        tag ??= station.Sessions.FirstOrDefault(
            s => s.Status == SessionStatus.Created && s.Number == requested)?.IdTag;
        return new TransactionStarted(
            told.FirstOrDefault(t => t.Place is not null)?.Place ?? Place.Station, tag ?? "",
            told.Select(FirstRegister).FirstOrDefault(r => r is not null) ?? Energy.Zero, first.At,
            told.FirstOrDefault(t => t.ReservationId is not null)?.ReservationId)
        {
            Key = KeyOf(waiting.Transaction),
            Transaction = waiting.Transaction,
            Requested = requested,
            IsFree = told.Any(t => t.IsFree),
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

    /// <summary>2.0.1 E14: a transaction that the station has ended and will not speak of any more is closed.</summary>
    internal static void Stood(Decision decision, string id, Receipt receipt)
    {
        if (receipt is not { Answer: Answer.Accepted, Standing: { IsOngoing: false, HasQueue: false } }) return;
        if (decision.Station.Sessions.FirstOrDefault(s => s.Id == id) is { Status: SessionStatus.Started } session)
            StopMachine.CloseUnheard(decision, session, "end_missing");
    }

    private static void GoOn(Decision decision, Session session, TransactionTold told)
    {
        decision.Subject = session.Id;
        if (SequenceLog.Contains(session.Sequences, told.Sequence))
        {
            decision.Remark("repeated");
            return;
        }

        if (session.IdTag.Length == 0 && told.IdTag is { } tag) session = Identify(decision, session, tag);
        Take(decision, session, told);
    }

    /// <summary>A session that began without a token has one now (TxStartPoint before authorization).</summary>
    private static Session Identify(Decision decision, Session session, string tag)
    {
        var token = decision.Known.Token;
        session = session with
        {
            IdTag = tag,
            Token = token?.Id,
            User = token?.User,
            Admitted = TokenMachine.Admit(decision, tag, session.Id),
        };
        return session.Admitted == Authorization.Invalid ? MeterFold.Flag(session, "unknown_token") : session;
    }

    private static void Take(Decision decision, Session session, TransactionTold told)
    {
        var isNews = !(told.Sequence < SequenceLog.Last(session.Sequences));
        var before = session;
        session = session with { Sequences = SequenceLog.Add(session.Sequences, told.Sequence) };
        if (isNews && told.ChargingState is { } state) session = session with { ChargingState = state };
        if (told.Moment == TransactionMoment.Ended)
        {
            End(decision, session, told);
            return;
        }

        session = MeterMachine.Fold(decision, session, told.Readings, MeterMachine.PowerOf(decision, session));
        var status = isNews ? StatusOf(told.ChargingState) : null;
        if (status is { } activity) session = ActivityFold.Change(session, activity, told.At.Or(decision.NowMs));
        session = ZombieMachine.Hear(decision, ZombieMachine.Revive(decision, before, session));
        session = Deadlines.Set(Tariffing.Price(session), decision.NowMs);
        var isTold = told.Readings.Length > 0 || session.ChargingState != before.ChargingState
            || session.CostMicros != before.CostMicros || session.IdTag != before.IdTag;
        session = isTold ? decision.Keep(session, EventTypes.SessionUpdated) : decision.Keep(session);
        session = MeterMachine.Charged(decision, session);
        if (status is { } now) session = ConnectorMachine.Suspended(decision, session, now);
        TargetMachine.Check(decision, session);
    }

    private static void End(Decision decision, Session session, TransactionTold told)
    {
        if (SequenceLog.HasGap(session.Sequences)) session = MeterFold.Flag(session, "sequence_gap");
        StopMachine.Close(decision, session, Ended(session, told));
        decision.Reply = ((TransactionNoted)decision.Reply!) with
        {
            CostMicros = session.Plan is null ? null : decision.Kept(session.Id)?.CostMicros,
        };
    }

    private static TransactionEnded Ended(Session session, TransactionTold told) => new(
        session.Number, told.IdTag, LastRegister(told) ?? AddedTo(session, told), told.At, told.StopReason ?? "Local",
        told.Readings);

    // Some tell no register with the end: the last one stands, with what intervals add to it.
    private static Energy AddedTo(Session session, TransactionTold told) => told.Readings
        .Select(ReadingFold.Interval)
        .Aggregate(session.LastMeter ?? session.MeterStart ?? Energy.Zero, (sum, i) => sum + (i ?? Energy.Zero));

    private static void Late(Decision decision, Session prior, TransactionTold told)
    {
        decision.Subject = prior.Id;
        if (SequenceLog.Contains(prior.Sequences, told.Sequence)) decision.Remark("repeated");
        else if (told.Moment != TransactionMoment.Ended) decision.Remark("late"); // kept in the log, not counted
        else if (prior.ClosedUnheard) Take(decision, MeterFold.Flag(prior, "reopened_by_late_message"), told);
        else if (LastRegister(told) is { } register && register != prior.MeterStop)
            StopMachine.Doubt(decision, prior, "second_stop");
    }

    private static void Wait(Decision decision, TransactionTold told)
    {
        var before = decision.Station.Waiting?.Find(w => w.Transaction == told.Transaction);
        var waiting = With(decision.Station, told, decision.NowMs);
        if (ReferenceEquals(waiting, before))
        {
            decision.Remark("repeated");
            return;
        }

        if (IsComplete(waiting) || decision.NowMs - waiting.SinceMs >= PatienceMs && IsWorth(waiting))
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
            if (decision.Station.Sessions.FirstOrDefault(s => s.Id == id) is { } session) Take(decision, session, told);
        if (decision.Reply is TransactionNoted { Authorization: Authorization.Accepted } reply
            && decision.Kept(id)?.Admitted is { } admitted && beginning.IdTag.Length > 0)
            decision.Reply = reply with { Authorization = admitted };
    }

    private static bool IsComplete(WaitingTransaction waiting) =>
        waiting.Told.Exists(t => t.Moment == TransactionMoment.Started) && IsWorth(waiting);

    /// <summary>Somebody was let in, or energy flows: there is something to bill.</summary>
    private static bool IsWorth(WaitingTransaction waiting) =>
        waiting.Told.Exists(t => t.IdTag is not null || t.Requested is not null || t.IsFree
            || t.ChargingState == "Charging")
        || Registers(waiting) is { Count: > 1 } registers && registers.Max() > registers.Min();

    private static List<Energy> Registers(WaitingTransaction waiting) =>
        [.. waiting.Told.SelectMany(t => t.Readings).Select(RegisterOf).OfType<Energy>()];

    /// <summary>The station counts its transactions from the beginning again.</summary>
    private static bool IsAnew(Session prior, TransactionTold told, long nowMs) =>
        prior.EndedAtMs is { } end && told.Moment == TransactionMoment.Started && told.At.IsCredible(nowMs)
        && told.At.AtMs > end + StationTime.ToleranceMs;

    private static TransactionNoted ReplyTo(Decision decision, TransactionTold told)
    {
        if (told.IdTag is null) return new TransactionNoted(null);
        var token = decision.Known.Shown is { } shown ? shown.Token : decision.Known.Token;
        var verdict = TokenMachine.VerdictOn(token, decision.NowMs);
        return new TransactionNoted(verdict, TokenMachine.GrantOf(token, verdict));
    }

    // Idle and EVConnected say that nothing flows.
    private static ConnectorStatus? StatusOf(string? chargingState) => chargingState switch
    {
        "Charging" => ConnectorStatus.Charging,
        "SuspendedEV" => ConnectorStatus.SuspendedEV,
        "SuspendedEVSE" => ConnectorStatus.SuspendedEVSE,
        "EVConnected" => ConnectorStatus.Preparing,
        "Idle" => ConnectorStatus.Finishing,
        _ => null,
    };

    private static Energy? FirstRegister(TransactionTold told) =>
        told.Readings.Select(RegisterOf).FirstOrDefault(r => r is not null);

    private static Energy? LastRegister(TransactionTold told) => told.Readings
        .OrderBy(r => r.At.AtMs ?? 0).Select(RegisterOf).LastOrDefault(r => r is not null);

    private static Energy? RegisterOf(MeterReading reading) => ReadingFold.Report(reading, 0).Meter;
}
