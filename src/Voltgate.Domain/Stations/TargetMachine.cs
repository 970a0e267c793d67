using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>Stops a session that has reached what its driver wanted (api-contract §3 Session, <c>target</c>).</summary>
internal static class TargetMachine
{
    public static void Check(Decision decision, Session session)
    {
        if (session.TargetReached || session.StopRequested is not null) return;
        if (Deadlines.Reached(session, decision.NowMs) is not { } reason) return;
        session = session with
        {
            TargetReached = true,
            StopRequested = reason,
            DueAtMs = decision.NowMs + Deadlines.StopRetryMs,
        };
        decision.Keep(session, EventTypes.SessionTargetReached);
        AskToStop(decision, session);
    }

    public static void AskToStop(Decision decision, Session session)
    {
        if (decision.Station.Online)
            decision.Tell(
                new Errand(ErrandKind.Stop, session.Id),
                new StopCharging(session.Number) { Transaction = session.Transaction });
    }
}
