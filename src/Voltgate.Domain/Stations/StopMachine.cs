using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// How a session ends (OCPP 1.6 §4.10 StopTransaction). The answer never refuses: a stop is a report.
/// </summary>
internal static class StopMachine
{
    private const int MostOrphans = 100;

    public static void End(Decision decision, TransactionEnded message)
    {
        if (Find(decision, message) is { } session)
        {
            decision.Reply = Answer(decision, message);
            Close(decision, session, message);
            return;
        }

        if (decision.Known.Prior is { StartedAtMs: not null } prior && prior.Number == message.Number)
        {
            decision.Reply = Answer(decision, message);
            decision.Remark("repeated");
            Repeat(decision, prior, message);
            return;
        }

        decision.Reply = Answer(decision, message);
        decision.Remark("no_session");
        if (decision.Known.IsForeign)
            decision.Raise(new SecurityNotice(
                "foreign_transaction", $"StopTransaction names transaction {message.Number} of another station.",
                decision.Station));
        KeepOrphan(decision, message);
    }

    /// <summary>A stop that arrived before its start joins it: one session, one bill.</summary>
    public static bool TryJoinOrphan(Decision decision, Session session)
    {
        var orphan = decision.Station.Orphans.Where(o => Follows(o, session)).MinBy(TimeOf);
        if (orphan is null) return false;
        decision.Station = decision.Station with { Orphans = decision.Station.Orphans.Remove(orphan) };
        var at = orphan.At.IsCredible(orphan.ReceivedAtMs) ? orphan.At : StationTime.At(orphan.ReceivedAtMs);
        var stop = new TransactionEnded(orphan.Number, orphan.IdTag, orphan.MeterStop, at, orphan.Reason, []);
        session = MeterFold.Flag(session, "stop_before_start");
        Close(decision, TransactionMachine.Doubt(session, orphan.At, orphan.ReceivedAtMs), stop);
        return true;
    }

    private static bool Follows(OrphanStop orphan, Session session) =>
        (orphan.IdTag is null || TokenMachine.Same(orphan.IdTag, session.IdTag))
        && orphan.MeterStop >= session.MeterStart && TimeOf(orphan) > session.StartedAtMs;

    private static long TimeOf(OrphanStop orphan) => orphan.At.Or(orphan.ReceivedAtMs);

    /// <summary>Ends a session whose stop did not come, at its last reading. A late stop corrects it once.</summary>
    public static void CloseUnheard(Decision decision, Session session, string reason)
    {
        var endMs = Math.Max(session.LastMeterAtMs, session.StartedAtMs ?? session.CreatedAtMs);
        session = ActivityFold.Finish(ActivityFold.Book(MeterFold.Flag(session, reason), endMs), endMs);
        session = LateBilling.Judge(decision.Known.Late, session, endMs, decision.NowMs);
        decision.Keep(
            Tariffing.Price(session with
            {
                Status = SessionStatus.Ended,
                StopReason = "policy",
                EndedAtMs = endMs,
                MeterStop = session.LastMeter,
                ClosedUnheard = true,
                DueAtMs = null,
            }),
            EventTypes.SessionEnded);
    }

    private static Session? Find(Decision decision, TransactionEnded message)
    {
        var sessions = decision.Station.Sessions;
        if (message.Number > 0)
            return sessions.FirstOrDefault(s => s.Status == SessionStatus.Started && s.Number == message.Number);

        // Quirk 22: 0 and -1. Only where exactly one open session fits the evidence; else a person decides.
        var fitting = sessions.Where(s => Fits(s, message, decision.NowMs)).ToList();
        if (fitting.Count == 1) return MeterFold.Flag(fitting[0], "stop_without_number");
        foreach (var session in fitting) Doubt(decision, session, "stop_of_unknown_session");
        return null;
    }

    internal static void Doubt(Decision decision, Session session, string why)
    {
        if (session.Review.Contains(why)) return;
        decision.Keep(MeterFold.Flag(session, why), EventTypes.SessionUpdated);
    }

    private static bool Fits(Session session, TransactionEnded message, long nowMs) =>
        session.Status == SessionStatus.Started
        && (message.IdTag is null || TokenMachine.Same(message.IdTag, session.IdTag))
        && message.MeterStop >= (session.LastMeter ?? Energy.Zero)
        && message.At.Or(nowMs) >= session.StartedAtMs;

    /// <param name="reckoned">What the station makes of the price, to be held against ours; null: nothing.</param>
    internal static void Close(
        Decision decision, Session session, TransactionEnded message, ReckonedCost? reckoned = null)
    {
        var power = MeterMachine.PowerOf(decision, session);
        session = TransactionMachine.Doubt(session, message.At, decision.NowMs);
        session = MeterMachine.Fold(decision, session, message.Readings, power);
        var endMs = Math.Max(session.StartedAtMs!.Value, message.At.Or(decision.NowMs));
        session = TransactionMachine.DoubtLag(session, endMs, decision.NowMs);
        var before = session.Consumed;
        session = MeterFold.Advance(session, message.MeterStop, endMs, power);
        if (session.Consumed > before)
            decision.Note(new EnergyReport(endMs, null, null, null, null, null, session.Consumed - before));
        session = ActivityFold.Finish(ActivityFold.Book(session, endMs), endMs);
        session = session with
        {
            Status = SessionStatus.Ended,
            StopReason = message.Reason == "Remote" && session.StopRequested is { } asked ? asked : message.Reason,
            EndedAtMs = endMs,
            MeterStop = message.MeterStop,
            ClosedUnheard = false,
            DueAtMs = null,
        };
        session = LateBilling.Judge(decision.Known.Late, session, endMs, decision.NowMs);
        session = Tariffing.Price(session);
        if (reckoned is { } theirs && Tariffing.Contradicts(session, theirs))
            session = MeterFold.Flag(session, "cost_differs");
        decision.Keep(session, EventTypes.SessionEnded);
    }

    private static void Repeat(Decision decision, Session prior, TransactionEnded message)
    {
        decision.Subject = prior.Id;
        if (prior.ClosedUnheard)
        {
            // We closed it without having heard the station; now it speaks: corrected once.
            Close(decision, MeterFold.Flag(prior, "reopened_by_late_message"), message);
            return;
        }

        if (prior.MeterStop != message.MeterStop) Doubt(decision, prior, "second_stop");
    }

    // OCPP 1.6 §3.5.1: the verdict goes into the station's cache, so it must be what a start would get.
    private static SessionClosed Answer(Decision decision, TransactionEnded message)
    {
        if (message.IdTag is null) return new SessionClosed(null);
        var verdict = TokenMachine.VerdictOn(decision.Known.Token, decision.NowMs);
        return new SessionClosed(verdict, TokenMachine.GrantOf(decision.Known.Token, verdict));
    }

    private static void KeepOrphan(Decision decision, TransactionEnded message)
    {
        var orphan = new OrphanStop(
            message.Number, message.IdTag, message.MeterStop, message.At, message.Reason, decision.NowMs);
        var orphans = decision.Station.Orphans;
        if (orphans.Any(o => o with { ReceivedAtMs = 0 } == orphan with { ReceivedAtMs = 0 })) return;
        if (orphans.Length >= MostOrphans) orphans = orphans.RemoveAt(0); // the raw message stays in the frame log
        decision.Station = decision.Station with { Orphans = orphans.Add(orphan) };
    }
}
