using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What the clock brings about: nobody plugged in, a target time, a stop that never came.</summary>
internal static class ClockMachine
{
    public static void Look(Decision decision)
    {
        foreach (var session in decision.Station.Sessions)
        {
            if (session.DueAtMs is not { } due || due > decision.NowMs) continue;
            if (session.Status == SessionStatus.Created) Cancel(decision, session);
            else Look(decision, session);
        }

        foreach (var action in decision.Station.Actions)
            if (action.DueAtMs <= decision.NowMs)
                ReceiptMachine.Settle(decision, action, new Receipt(Answer.TimedOut, "timeout"));
        ReservationMachine.Look(decision);
    }

    private static void Cancel(Decision decision, Session session) => decision.Keep(
        session with
        {
            Status = SessionStatus.Cancelled,
            Failure = new Failure("start_timeout", "Nobody plugged in in time."),
            DueAtMs = null,
        },
        EventTypes.SessionCancelled);

    private static void Look(Decision decision, Session session)
    {
        if (ZombieMachine.Verdict(decision, session) is { } rule)
        {
            StopMachine.CloseUnheard(decision, MeterFold.Flag(session, rule), "closed_by_policy");
            return;
        }

        session = ZombieMachine.Wake(decision, session);

        if (!session.TargetReached)
        {
            // What came due may be due no more (a stop is under way): the clock must not look for ever.
            session = Deadlines.Set(session, decision.NowMs);
            decision.Keep(session);
            TargetMachine.Check(decision, session);
            return;
        }

        TargetMachine.AskToStop(decision, session);
        decision.Keep(session with { DueAtMs = decision.NowMs + Deadlines.StopRetryMs });
    }
}
