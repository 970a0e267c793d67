using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What a station reports of its connectors (OCPP 1.6 §4.9 StatusNotification).</summary>
internal static class ConnectorMachine
{
    public static void Report(Decision decision, ConnectorReported report, string raw)
    {
        decision.Reply = Noted.Instance;
        if (report.Place.IsStation)
        {
            ReservationMachine.Follow(decision, connector: null, report.Status);
            return;
        }

        var atMs = report.At?.Or(decision.NowMs) ?? decision.NowMs;
        var connector = Ensure(decision, report.Place);
        var news = new ConnectorReport(
            report.Status, report.ErrorCode, report.Info, report.VendorErrorCode, atMs, raw);
        if (connector.Report is { } last && atMs < last.AtMs) return; // from an offline queue: the live status stands
        if (connector.Report is { } same && news.Repeats(same))
        {
            Watch(decision, connector, report.Status);
            return;
        }

        connector = connector with { Report = news, UpdatedAtMs = decision.NowMs };
        decision.Keep(connector);
        Follow(decision, connector, report.Status, atMs);
        decision.Raise(new StationEvent(EventTypes.ConnectorStatusUpdated, decision.Station, [connector]));
        ReservationMachine.Follow(decision, connector.Id, report.Status);
    }

    /// <summary>A connector that a station reports and nobody created is created.</summary>
    public static Connector Ensure(Decision decision, Place place)
    {
        if (decision.Station.ConnectorAt(place) is { } known) return known;
        var connector = new Connector(
            decision.Known.Spare.SecondId, place.ToKnown(), new ConnectorSettings(), null, decision.NowMs,
            decision.NowMs);
        decision.Keep(connector);
        decision.Raise(new ConnectorEvent("connector." + EventTypes.Created, decision.Station, connector));
        return connector;
    }

    private static void Watch(Decision decision, Connector connector, ConnectorStatus status)
    {
        if (Running(decision, connector) is { } session) ZombieMachine.Watch(decision, session, status);
    }

    private static Session? Running(Decision decision, Connector connector) => decision.Station.Sessions
        .FirstOrDefault(s => s.Status == SessionStatus.Started && s.Connector == connector.Id);

    private static void Follow(Decision decision, Connector connector, ConnectorStatus status, long atMs)
    {
        Watch(decision, connector, status);
        if (Running(decision, connector) is not { } session) return;

        session = TransactionMachine.DoubtLag(session, atMs, decision.NowMs);
        var next = ActivityFold.Change(session, status, atMs);
        next = Tariffing.Price(Deadlines.Set(ZombieMachine.Hear(decision, next), decision.NowMs));
        if (next.CostMicros == session.CostMicros) decision.Keep(next);
        else decision.Keep(next, EventTypes.SessionUpdated);
        TargetMachine.Check(decision, Suspended(decision, next, status));
    }

    /// <summary>A vehicle that has drawn and wants no more is full.</summary>
    internal static Session Suspended(Decision decision, Session session, ConnectorStatus status)
    {
        var hasDrawn = session.DrawMs > 0 || session.Consumed > Energy.Zero;
        if (status != ConnectorStatus.SuspendedEV || !hasDrawn || session.EvCharged) return session;
        session = session with { EvCharged = true };
        decision.Keep(session, EventTypes.SessionEvCharged);
        return session;
    }
}
