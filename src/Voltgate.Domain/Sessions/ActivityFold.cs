using Voltgate.Domain.Rates;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>
/// When the vehicle drew energy. Stations that say so (Charging, SuspendedEV, …) are believed; for the others the meter
/// tells: an interval in which it advanced was charging.
/// </summary>
public static class ActivityFold
{
    /// <summary>The connector's status changed.</summary>
    public static Session Change(Session session, ConnectorStatus status, long atMs)
    {
        if (status == ConnectorStatus.Occupied) return session; // 2.x: what goes on there, the transaction tells
        var activity = Of(status);
        var speaks = activity != ActivityStatus.Idle;
        if (!session.StatusDriven && !speaks) return session; // Preparing, Finishing, Occupied say nothing of drawing
        session = Book(session, atMs) with { StatusDriven = true };
        return Switch(session, activity, session.BookedUntilMs); // what is booked stays as it was booked
    }

    /// <summary>Books the time up to now, by what the meter showed of it.</summary>
    /// <param name="advanced">The register rose since the last reading.</param>
    public static Session Book(Session session, long atMs, bool? advanced = null)
    {
        if (atMs <= session.BookedUntilMs) return session;
        if (!session.StatusDriven && advanced is { } drew)
            session = Switch(session, drew ? ActivityStatus.Charging : ActivityStatus.Idle, session.BookedUntilMs);

        return WithoutDoubtfulIdle(session with
        {
            BookedUntilMs = atMs,
            Usage = Rates.Usage.AddTime(
                Tariffing.PlanOf(session), Tariffing.ZoneOf(session), session.Usage, session.BookedUntilMs, atMs,
                drawing: Current(session) == ActivityStatus.Charging),
        });
    }

    /// <summary>
    /// D17: idle fees are never computed from clocks that were wrong, so that what was booked before goes too.
    /// </summary>
    internal static Session WithoutDoubtfulIdle(Session session) => session.Review.Contains("clock")
        ? session with { Usage = [.. session.Usage.Select(u => u with { IdleMs = 0 })] }
        : session;

    /// <summary>
    /// The end, which may lie behind us: a live status can overtake the stop that waits in a station's queue. Time that
    /// was booked beyond the end is taken back.
    /// </summary>
    public static Session Finish(Session session, long atMs)
    {
        var spans = session.Activity.RemoveAll(s => s.StartMs >= atMs);
        if (!spans.IsEmpty) spans = spans.SetItem(spans.Length - 1, spans[^1] with { EndMs = atMs });
        session = session with { Activity = spans };
        return session.BookedUntilMs <= atMs ? session : Rebook(session, atMs);
    }

    /// <summary>Books all time anew, by the activity that is on record, up to the end.</summary>
    internal static Session Rebook(Session session, long endMs)
    {
        var unbooked = session with
        {
            Usage = [.. session.Usage.Where(IsKept).Select(u => u with { DrawMs = 0, IdleMs = 0 })],
            Activity = [],
            BookedUntilMs = session.StartedAtMs!.Value,
        };
        foreach (var span in session.Activity)
        {
            unbooked = Book(unbooked, span.StartMs) with { Activity = [span] };
            unbooked = Book(unbooked, span.EndMs ?? endMs);
        }

        unbooked = Book(unbooked, endMs);
        return unbooked with { Activity = session.Activity, Usage = [.. unbooked.Usage.Select(Cut)] };

        // The first one tells which price list was in force at the start (FLAT).
        bool IsKept(UsageSegment used, int i) => i == 0 || used.FromMs < endMs || used.Energy > Energy.Zero;

        // Energy that was metered after the end is shown at the end.
        UsageSegment Cut(UsageSegment used) =>
            used with { FromMs = Math.Min(used.FromMs, endMs), ToMs = Math.Min(used.ToMs, endMs) };
    }

    public static ActivityStatus Current(Session session) =>
        session.Activity.IsEmpty ? ActivityStatus.Idle : session.Activity[^1].Status;

    private static Session Switch(Session session, ActivityStatus activity, long atMs)
    {
        if (session.Activity.IsEmpty)
            return session with { Activity = [new ActivitySpan(atMs, null, activity)] };
        var last = session.Activity[^1];
        if (last.Status == activity) return session;

        var from = Math.Max(last.StartMs, atMs);
        var spans = from == last.StartMs
            ? session.Activity.RemoveAt(session.Activity.Length - 1)
            : session.Activity.SetItem(session.Activity.Length - 1, last with { EndMs = from });
        if (!spans.IsEmpty && spans[^1].Status == activity)
            return session with { Activity = spans.SetItem(spans.Length - 1, spans[^1] with { EndMs = null }) };
        return session with { Activity = spans.Add(new ActivitySpan(from, null, activity)) };
    }

    private static ActivityStatus Of(ConnectorStatus status) => status switch
    {
        ConnectorStatus.Charging => ActivityStatus.Charging,
        ConnectorStatus.SuspendedEV => ActivityStatus.SuspendedEV,
        ConnectorStatus.SuspendedEVSE => ActivityStatus.SuspendedEVSE,
        _ => ActivityStatus.Idle,
    };
}
