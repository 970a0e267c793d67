using System.Collections.Immutable;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Transactions that a station tells in numbered pieces, in any order and as often as it likes (OCPP 2.0.1 part 2 §E).
/// Each piece counts once. What there is no session of yet, <see cref="ArrivalMachine"/> sees to.
/// </summary>
public static class EventMachine
{
    internal static void Hear(Decision decision, TransactionTold told)
    {
        decision.Reply = ReplyTo(decision, told);
        if (OpenOf(decision.Station, told.Transaction) is { } session) GoOn(decision, session, told);
        else if (decision.Known.Prior is { } prior && !IsAnew(prior, told, decision.NowMs)) Late(decision, prior, told);
        else ArrivalMachine.Wait(decision, told);
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
            Cost(decision, session);
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

    internal static void Take(Decision decision, Session session, TransactionTold told)
    {
        var isNews = !(told.Sequence < SequenceLog.Last(session.Sequences));
        var before = session;
        session = session with { Sequences = SequenceLog.Add(session.Sequences, told.Sequence) };
        if (isNews && told.ChargingState is { } state) session = session with { ChargingState = state };
        if (isNews) session = KeepRaw(decision, session, told);
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
            || session.CostMicros != before.CostMicros || session.IdTag != before.IdTag
            || session.RawEvent != before.RawEvent;
        session = isTold ? decision.Keep(session, EventTypes.SessionUpdated) : decision.Keep(session);
        Cost(decision, session);
        session = MeterMachine.Charged(decision, session);
        if (status is { } now) session = ConnectorMachine.Suspended(decision, session, now);
        TargetMachine.Check(decision, session);
    }

    /// <summary>Of pieces that have waited for their beginning only the frame log has the words.</summary>
    private static Session KeepRaw(Decision decision, Session session, TransactionTold told)
    {
        if (!decision.Known.KeepsRaw) return session.RawEvent is null ? session : session with { RawEvent = null };
        return decision.Said is { } said && ReferenceEquals(said.Message, told)
            ? session with { RawEvent = said.Raw }
            : session;
    }

    private static void End(Decision decision, Session session, TransactionTold told)
    {
        session = session with { ChargingStopReason = told.StopReason ?? "Local" };
        if (SequenceLog.HasGap(session.Sequences)) session = MeterFold.Flag(session, "sequence_gap");
        StopMachine.Close(decision, session, Ended(session, told), told.Cost);
        if (decision.Kept(session.Id) is { } closed) Cost(decision, closed);
    }

    /// <summary>I02, I03: what it costs so far, or in the end. A pulse that finds what waited asks for none.</summary>
    private static void Cost(Decision decision, Session session)
    {
        if (decision.Reply is TransactionNoted reply && session.Plan is not null)
            decision.Reply = reply with { CostMicros = session.CostMicros };
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
        if (SequenceLog.Contains(prior.Sequences, told.Sequence))
        {
            decision.Remark("repeated");
            Cost(decision, prior);
            return;
        }

        if (prior.IdTag.Length == 0 && told.IdTag is { } tag) prior = Identify(decision, prior, tag);
        if (told.Moment != TransactionMoment.Ended) Note(decision, prior, told);
        else if (prior.ClosedUnheard) Take(decision, MeterFold.Flag(prior, "reopened_by_late_message"), told);
        else if (LastRegister(told) is { } register && register != prior.MeterStop)
            StopMachine.Doubt(decision, prior, "second_stop");
    }

    /// <summary>What it measured is kept in the log and not counted; whoever it names had the session.</summary>
    private static void Note(Decision decision, Session prior, TransactionTold told)
    {
        decision.Remark("late");
        prior = prior with { Sequences = SequenceLog.Add(prior.Sequences, told.Sequence) };
        if (prior.IdTag == decision.Known.Prior!.IdTag) decision.Keep(prior);
        else decision.Keep(prior, EventTypes.SessionUpdated);
    }

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

    private static Energy? LastRegister(TransactionTold told) => told.Readings
        .OrderBy(r => r.At.AtMs ?? 0).Select(RegisterOf).LastOrDefault(r => r is not null);

    internal static Energy? RegisterOf(MeterReading reading) => ReadingFold.Report(reading, 0).Meter;
}
