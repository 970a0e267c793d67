using System.Collections.Immutable;
using Voltgate.Domain.Rates;

namespace Voltgate.Domain.Sessions;

/// <summary>
/// A session as another plan would have billed it, from what is on record of it: its activity and what its meter added.
/// Under its own plan it costs what it cost, to the last digit.
/// </summary>
public static class Repricing
{
    /// <param name="history">What was noted of the session's meter, in the order in which it came.</param>
    /// <returns>
    /// The session under that plan, for showing only. Null: the plan is a schedule, and it is not on record when all of
    /// the energy flowed.
    /// </returns>
    public static Session? Under(RatePlan plan, Session session, IEnumerable<EnergyReport> history)
    {
        session = session with { Plan = plan, Rate = plan.Id, RateVersion = plan.Version };
        if (session.StartedAtMs is not { } startMs) return session;
        var (zone, endMs) = (Tariffing.ZoneOf(session), session.EndedAtMs ?? session.BookedUntilMs);
        var begun = Usage.Begin(plan, zone, startMs);
        var (usage, atMs, total) = (begun, startMs, Energy.Zero);
        foreach (var (readAtMs, added) in history.Where(h => h.Added is not null).Select(h => (h.AtMs, h.Added!.Value)))
        {
            var toMs = Math.Max(atMs, readAtMs);
            usage = Usage.AddEnergy(plan, zone, usage, atMs, toMs, added);
            (atMs, total) = (toMs, total + added);
        }

        if (total != session.Consumed)
        {
            if (plan.HasSchedule) return null;
            usage = Usage.AddEnergy(plan, zone, begun, startMs, session.LastMeterAtMs, session.Consumed);
        }

        return Tariffing.Price(ActivityFold.Rebook(session with { Usage = usage }, endMs));
    }
}
