using Voltgate.Domain.Events;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Tests.Domain;

/// <summary>What holds after every step of every story (reliability §9.3), and what the store demands.</summary>
internal static class StationsLaws
{
    public static bool Opens(DomainEvent happened, string session) =>
        happened is SessionEvent { Type: EventTypes.SessionCreated or EventTypes.SessionStarted } opened
        && opened.Session.Id == session;

    /// <summary>I6, I7: final states are final, and what is shown changes with an event only.</summary>
    public static void Change(Session before, Session after, Outcome outcome)
    {
        if (!before.IsOpen)
        {
            Assert.Equal(before.Status, after.Status);
            if (before.ClosedUnheard) Assert.Contains("reopened_by_late_message", after.Review);
            else Assert.Equal((before.Consumed, before.CostMicros), (after.Consumed, after.CostMicros));
        }

        Assert.Equal((before.Number, before.StartKey ?? after.StartKey), (after.Number, after.StartKey));
        if (Shown(before).Equals(Shown(after))) return;
        var told = outcome.Events.OfType<SessionEvent>().Last(e => e.Session.Id == after.Id).Session;
        Assert.Equal(Shown(after), Shown(told));
    }

    public static void Hold(Story story)
    {
        var all = story.Sessions.Values;
        Assert.Equal(all.Count, all.Select(s => s.Number).Distinct().Count());
        var keys = all.Select(s => s.StartKey).OfType<string>().ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        var started = all.Where(s => s.Status == SessionStatus.Started).ToList();
        Assert.Equal(started.Count, started.Select(s => s.Connector).Distinct().Count()); // I3
        Assert.Equal(
            all.Where(s => s.IsOpen).Select(s => s.Id).Order(), story.Station.Sessions.Select(s => s.Id).Order());
        foreach (var session in all) Hold(session);
        // A command lives on one link, and ends in time.
        Assert.True(story.Station.Online || story.Station.Actions.IsEmpty, "A command outlived its link.");
        Assert.All(story.Station.Actions, a => Assert.NotNull(a.DueAtMs));
    }

    private static void Hold(Session session)
    {
        Assert.True(session.Consumed >= Voltgate.Domain.Energy.Zero, "Energy is never negative.");
        if (session.StartedAtMs is not { } start) return;
        Assert.Equal(session.Consumed.MilliWh, session.Usage.Sum(u => u.Energy.MilliWh));
        if (session.Plan is { } plan)
            Assert.Equal(session.Waived ? 0 : Cost.AmountOf(plan, session.Usage, start), session.CostMicros);

        var spans = session.Activity;
        for (var i = 1; i < spans.Length; i++) Assert.Equal(spans[i - 1].EndMs, spans[i].StartMs);
        var drawn = spans.Where(s => s.Status == ActivityStatus.Charging)
            .Sum(s => (s.EndMs ?? Math.Max(s.StartMs, session.BookedUntilMs)) - s.StartMs);
        Assert.Equal(session.DrawMs, drawn);
        if (session.Status != SessionStatus.Ended) return;
        Assert.True(session.EndedAtMs >= start, "A session ends after it began.");
        Assert.All(spans, s => Assert.True(s.EndMs <= session.EndedAtMs, "Nothing goes on behind the end."));
        Assert.Null(session.DueAtMs);
    }

    /// <summary>What an application sees of a session and is told of by a webhook.</summary>
    private static object Shown(Session s) => (
        s.Status, s.Failure, s.StopReason, s.EndedAtMs, s.MeterStop, s.Consumed, (s.Report, s.CostMicros, s.Connector));
}
