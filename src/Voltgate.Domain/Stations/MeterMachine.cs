using System.Collections.Immutable;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What meter values do to a session (OCPP 1.6 §4.7 MeterValues).</summary>
internal static class MeterMachine
{
    /// <summary>Power this low, for this long, is a vehicle that is full.</summary>
    private const long ChargedAfterMs = 5 * 60_000;

    public static void Report(Decision decision, MeterReported message)
    {
        decision.Reply = Noted.Instance;
        if (Find(decision, message) is not { } session)
        {
            if (decision.Known.IsForeign)
                decision.Raise(new SecurityNotice(
                    "foreign_transaction", $"MeterValues names transaction {message.Number} of another station.",
                    decision.Station));
            decision.Remark("no_session");
            decision.Subject = decision.Known.Prior?.Id; // late values of a closed session are stored, not counted
            return;
        }

        decision.Subject = session.Id;
        var next = Fold(decision, session, message.Readings, PowerOf(decision, session));
        if (ReferenceEquals(next, session)) return;
        next = ZombieMachine.Hear(decision, ZombieMachine.Revive(decision, session, next));
        next = Tariffing.Price(next);
        next = Deadlines.Set(next, decision.NowMs);
        decision.Keep(next, EventTypes.SessionUpdated);
        if (next.CostMicros != session.CostMicros) TellCost(decision, next);
        next = Charged(decision, next);
        TargetMachine.Check(decision, next);
    }

    /// <summary>2.0.1 I02: pieces of a transaction are answered with the cost; other meter values are not.</summary>
    private static void TellCost(Decision decision, Session session)
    {
        if (session.Transaction is { } transaction && Abilities.ShowsCost(decision.Station))
            decision.Tell(new Errand(ErrandKind.Cost, session.Id), new TellCost(transaction, session.CostMicros));
    }

    public static Session Fold(
        Decision decision, Session session, ImmutableArray<MeterReading> readings, long? connectorPowerW)
    {
        // Quirk 42: buckets arrive out of order.
        var ordered = readings.Length < 2 ? readings : [.. readings.OrderBy(r => r.At.Or(decision.NowMs))];
        foreach (var reading in ordered)
        {
            // Where the start's own time was doubtful it says nothing of what lies before it.
            var atMs = reading.At.Or(decision.NowMs);
            if (session.Review.Contains("clock")) atMs = Math.Max(atMs, session.StartedAtMs ?? 0);
            session = TransactionMachine.DoubtLag(session, atMs, decision.NowMs);
            var report = ReadingFold.Report(reading, atMs);
            var before = session;
            session = KeepRaw(decision, before, MeterFold.Take(session, report, reading, connectorPowerW), reading);
            decision.Note(report with { Added = Added(before, session) });
        }

        return session;
    }

    /// <summary>The words go with the report that was made of them.</summary>
    private static Session KeepRaw(Decision decision, Session before, Session session, MeterReading reading)
    {
        if (ReferenceEquals(session.Report, before.Report)) return session;
        if (!decision.Known.KeepsRaw) return session.Raw is null ? session : session with { Raw = null };
        var atMs = reading.At.Or(decision.NowMs);
        return session with { Raw = RawReport.Add(session.Raw, reading, atMs, decision.NowMs) };
    }

    // Also where nothing was added: the next interval begins there.
    private static Energy? Added(Session before, Session after) =>
        after.LastMeterAtMs == before.LastMeterAtMs && after.LastMeter == before.LastMeter
            ? null
            : after.Consumed - before.Consumed;

    public static long? PowerOf(Decision decision, Session session) =>
        decision.Station.ConnectorById(session.Connector)?.Settings.PowerW;

    private static Session? Find(Decision decision, MeterReported message)
    {
        foreach (var session in decision.Station.Sessions)
        {
            if (session.Status != SessionStatus.Started) continue;
            // Quirk 29: transactionId 0, or none, while one is open on that connector.
            if (message.Number is { } number and > 0
                ? session.Number == number
                : session.Connector == decision.Station.ConnectorAt(message.Place)?.Id) return session;
        }

        return null;
    }

    internal static Session Charged(Decision decision, Session session)
    {
        if (session.EvCharged || session.LowPowerSinceMs is not { } since) return session;
        if (session.LastMeterAtMs - since < ChargedAfterMs && (session.Report?.AtMs ?? 0) - since < ChargedAfterMs)
            return session;
        session = session with { EvCharged = true };
        decision.Keep(session, EventTypes.SessionEvCharged);
        return session;
    }
}
