using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Sessions whose stop never comes are ended at their last reading, by rules that an operator sets. A stop that comes
/// after all corrects them once (<see cref="StopMachine"/>). A new start on the connector ends what stood open there,
/// whatever the rules.
/// </summary>
internal static class ZombieMachine
{
    /// <summary>The station spoke of the session, by a reading or by its connector's status.</summary>
    public static Session Hear(Decision decision, Session session)
    {
        session = session with { HeardAtMs = decision.NowMs };
        // Moved only once it has come: the rows of due sessions are found by an index that readings must not churn.
        return session.SilentAtMs > decision.NowMs ? session : Wake(decision, session);
    }

    /// <summary>Sessions from before there was such a rule get their time.</summary>
    public static void Adopt(Decision decision)
    {
        foreach (var session in decision.Station.Sessions)
            if (session is { Status: SessionStatus.Started, SilentAtMs: null }
                && decision.Known.Rules.SilentAfterMs > 0)
                decision.Keep(Deadlines.Set(Wake(decision, session), decision.NowMs));
    }

    /// <summary>
    /// D18: a free connector lets its session be given up after a while; one in use does not. After a boot, or a time
    /// without a link, another rule holds than on a link that stood.
    /// </summary>
    public static void Watch(Decision decision, Session session, ConnectorStatus status)
    {
        var isLost = session.Interrupted || LinkMachine.IsUnheard(decision.Station, session);
        var isFree = status == ConnectorStatus.Available;
        if (isFree == session.AbandonedAtMs is not null) return;
        var rules = decision.Known.Rules;
        var after = isLost ? rules.AbandonedAfterMs : rules.FreeAfterMs;
        if (isFree && after <= 0) return;
        session = session with
        {
            Interrupted = isLost,
            AbandonedAtMs = isFree ? decision.NowMs + after : null,
        };
        decision.Keep(Deadlines.Set(session, decision.NowMs));
    }

    /// <summary>A reading shows that the session goes on: any from after the boot, or one with more energy.</summary>
    public static Session Revive(Decision decision, Session before, Session session)
    {
        if (session is { Interrupted: false, AbandonedAtMs: null }) return session;
        var isAlive = session.Interrupted
            ? session.Report?.AtMs > Math.Max(
                decision.Station.LastBootAtMs ?? 0, decision.Station.LastConnectAtMs ?? 0)
            : session.Consumed > before.Consumed;
        return isAlive ? session with { Interrupted = false, AbandonedAtMs = null } : session;
    }

    /// <summary>The rule by which the session is over now; null: by none.</summary>
    public static string? Verdict(Decision decision, Session session) => session switch
    {
        _ when session.AbandonedAtMs <= decision.NowMs =>
            session.Interrupted ? "boot_without_stop" : "connector_available",
        _ when decision.Known.Rules.SilentAfterMs > 0 && SilentAt(decision, session) <= decision.NowMs =>
            "silent_meter",
        _ => null,
    };

    /// <summary>When the clock must look whether it was silent; null: the rule is off.</summary>
    public static Session Wake(Decision decision, Session session) => session with
    {
        SilentAtMs = decision.Known.Rules.SilentAfterMs > 0 ? SilentAt(decision, session) : null,
    };

    private static long SilentAt(Decision decision, Session session) =>
        (session.HeardAtMs ?? session.UpdatedAtMs) + decision.Known.Rules.SilentAfterMs;
}
