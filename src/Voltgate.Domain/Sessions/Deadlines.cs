using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>When the clock must look at a session, and which of its targets it has reached.</summary>
public static class Deadlines
{
    /// <summary>Between two tries to stop a session that reached its target and would not stop.</summary>
    public const long StopRetryMs = 5 * 60_000;

    public static Session Set(Session session, long nowMs)
    {
        if (session.Status != SessionStatus.Started) return session with { DueAtMs = null };
        var due = Earlier(session.AbandonedAtMs, session.SilentAtMs);
        if (session.StopRequested is null && !session.TargetReached)
        {
            due = Earlier(due, session.TimeLimitAtMs);
            due = Earlier(due, session.Target.EnergyStopMs);
        }
        else if (session.TargetReached)
        {
            due = Earlier(due, Math.Max(session.DueAtMs ?? 0, nowMs + 1));
        }

        return session.DueAtMs == due ? session : session with { DueAtMs = due };
    }

    /// <summary>The target that the session has reached by now, as its stop_reason; null: none.</summary>
    public static string? Reached(Session session, long nowMs)
    {
        var target = session.Target;
        if (session.TimeLimitAtMs is { } limit && nowMs >= limit) return "target_time";
        if (target.EnergyStopMs is { } stop && nowMs >= stop) return "target_time";
        if (target.Energy is { } energy && session.Consumed >= energy) return "target_energy";
        if (target.CostMicros is { } cost && session.CostMicros >= cost) return "target_cost";
        if (session.Payment is { } payment && session.CostMicros >= payment.BudgetMicros) return "target_cost";
        if (target.StateOfCharge is { } soc && session.Report?.StateOfCharge >= soc) return "target_soc";
        return null;
    }

    /// <summary>The same for a station that stops by itself (2.1 E16, E17); null: there is no target.</summary>
    public static SessionLimit? LimitOf(Session session)
    {
        var cost = Earlier(session.Target.CostMicros, session.Payment?.BudgetMicros);
        var time = session.TimeLimitAtMs - session.StartedAtMs;
        var limit = new SessionLimit(
            cost, session.Target.Energy, session.Target.StateOfCharge, time > 0 ? time : null);
        return limit is { CostMicros: null, Energy: null, StateOfCharge: null, TimeMs: null } ? null : limit;
    }

    private static long? Earlier(long? a, long? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
}
