using Voltgate.Domain.Events;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>How a session begins at the station (OCPP 1.6 §4.8 StartTransaction).</summary>
public static class TransactionMachine
{
    /// <summary>Marks the key of a start that said what one before it had said; the arrival follows.</summary>
    internal const string Again = "#";

    /// <summary>How long a session must have been watched before its clock is judged by it.</summary>
    private const long LiveAfterMs = 60_000;

    internal static void Start(Decision decision, TransactionStarted message)
    {
        var key = KeyOf(message);
        if (FirstOf(decision, message, key) is { } first)
        {
            // A retry, with the same message id or a new one: the first answer again, never ConcurrentTx.
            decision.Remark("repeated");
            decision.Subject = first.Id;
            decision.Reply = Answer(decision, first);
            return;
        }

        if (decision.Known.Prior?.StartKey == key) key += Again + decision.NowMs; // a dead clock repeated itself
        decision.Reply = Answer(decision, Open(decision, message, key));
    }

    /// <summary>
    /// The session of a start that none before it told of; closed again where what runs there is newer.
    /// </summary>
    internal static Session Open(Decision decision, TransactionStarted message, string key)
    {
        var connector = ConnectorMachine.Ensure(decision, PlaceOf(decision.Station, message.Place));
        var isOvertaken = IsOvertaken(decision, message, connector);
        if (!isOvertaken) Supersede(decision, connector);
        var session = Requested(decision, message, connector) is { } requested
            ? DoubtSlow(Begin(requested, message, key, decision))
            : Begin(Arriving(decision, message, connector), message, key, decision);
        session = session with { Connector = connector.Id, Place = connector.Place };
        if (message.IdTag.Length > 0)
            session = session with { Admitted = TokenMachine.Admit(decision, message.IdTag, session.Id) };
        if (session.Admitted == Authorization.Invalid) session = MeterFold.Flag(session, "unknown_token");
        // A start from an offline queue does not begin in what the connector does today.
        if (connector.Status is { } status && !IsLate(decision, message))
            session = ActivityFold.Change(session, status, session.StartedAtMs!.Value);
        session = ZombieMachine.Hear(decision, session);
        session = Deadlines.Set(Tariffing.Price(session), decision.NowMs);
        decision.Subject = session.Id;
        decision.Keep(session, EventTypes.SessionStarted);
        if (!isOvertaken) ReservationMachine.Use(decision, message, session);
        if ((message.Transaction is not null || !StopMachine.TryJoinOrphan(decision, session)) && isOvertaken)
            StopMachine.CloseUnheard(decision, session, "superseded");
        return session;
    }

    private static SessionOpened Answer(Decision decision, Session session) => new(
        session.Number, session.Admitted, TokenMachine.GrantOf(decision.Known.Token, session.Admitted));

    /// <summary>The natural key of a start: station, connector, tag, time and meter name one physical event.</summary>
    public static string KeyOf(TransactionStarted message) => message.Key ?? string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{message.Place.Connector}.{message.Place.Evse}|{message.IdTag}|"
        + $"{TimeOf(message.At)}|{message.MeterStart.MilliWh}");

    private static string TimeOf(StationTime at) => at.AtMs is { } ms ? ms.ToString() : at.Raw;

    private static Session? FirstOf(Decision decision, TransactionStarted message, string key)
    {
        if (decision.Station.Sessions.FirstOrDefault(s => IsKeyOf(s, key)) is { } open) return open;
        if (decision.Known.Prior is not { } prior || prior.StartKey != key) return null;
        // A station whose clock restarts in 1970 says the same time of two different starts.
        return prior.Status == SessionStatus.Ended && !message.At.IsCredible(decision.NowMs)
            && decision.NowMs - prior.UpdatedAtMs > StationTime.ToleranceMs
                ? null
                : prior;
    }

    private static bool IsKeyOf(Session session, string key) =>
        session.StartKey is { } its && (its == key || its.StartsWith(key + Again, StringComparison.Ordinal));

    /// <summary>The remote start that this is the answer to: by tag, never "the next one".</summary>
    private static Session? Requested(Decision decision, TransactionStarted message, Connector connector)
    {
        if (message.Requested is { } number
            && decision.Station.Sessions.FirstOrDefault(
                s => s.Status == SessionStatus.Created && s.Number == number) is { } named) return named;
        if (message.IdTag.Length == 0) return null;
        Session? elsewhere = null;
        foreach (var session in decision.Station.Sessions)
        {
            if (session.Status != SessionStatus.Created || !TokenMachine.Same(session.IdTag, message.IdTag)) continue;
            if (session.Connector == connector.Id) return session;
            elsewhere ??= session;
        }

        return elsewhere;
    }

    private static Session Arriving(Decision decision, TransactionStarted message, Connector connector)
    {
        var (station, token) = (decision.Station, decision.Known.Token);
        return new Session
        {
            Id = decision.Known.Spare.Id,
            Organization = station.Organization,
            Station = station.Id,
            Connector = connector.Id,
            Place = connector.Place,
            Status = SessionStatus.Created,
            Source = SourceOf(decision, message),
            Number = decision.Known.Spare.Number,
            User = token?.User,
            Token = token?.Id,
            IdTag = message.IdTag,
            Rate = decision.Known.Plan?.Id,
            RateVersion = decision.Known.Plan?.Version ?? 0,
            Plan = decision.Known.Plan,
            TimeZone = decision.Known.TimeZone,
            EventsFrom = station.EventSeq,
            CreatedAtMs = decision.NowMs,
        };
    }

    private static SessionSource SourceOf(Decision decision, TransactionStarted message)
    {
        if (message.IsFree) return SessionSource.Free;
        if (decision.Known.Token is not { } token) return SessionSource.Station;
        if (token.IsVirtual) return SessionSource.Api; // a remote start whose wait had ended
        return IsLate(decision, message) ? SessionSource.Offline : SessionSource.Rfid;
    }

    private static bool IsLate(Decision decision, TransactionStarted message) =>
        decision.NowMs - message.At.Or(decision.NowMs) > StationTime.ToleranceMs;

    private static Session Begin(Session session, TransactionStarted message, string key, Decision decision)
    {
        var startedAtMs = message.At.Or(decision.NowMs);
        session = session with
        {
            Status = SessionStatus.Started,
            StartKey = key,
            Transaction = message.Transaction,
            StartedAtMs = startedAtMs,
            MeterStart = message.IsUnmetered ? null : message.MeterStart,
            LastMeter = message.IsUnmetered ? null : message.MeterStart,
            LastMeterAtMs = startedAtMs,
            BookedUntilMs = startedAtMs,
            Usage = Usage.Begin(Tariffing.PlanOf(session), Tariffing.ZoneOf(session), startedAtMs),
            Failure = null,
            TimeLimitAtMs = session.Target.TimeMs is { } limit ? decision.NowMs + limit : null,
        };
        return Doubt(session, message.At, decision.NowMs);
    }

    /// <summary>What was asked for cannot have begun before that: the station's clock is slow (D17).</summary>
    private static Session DoubtSlow(Session session)
    {
        var isSlow = session.StartedAtMs < session.CreatedAtMs - StationTime.ToleranceMs;
        return isSlow ? MeterFold.Flag(session, "clock") : session;
    }

    /// <summary>
    /// A queue is played back at once; where as much time passes by the station's clock as by ours, its messages are
    /// live, and what they are behind is the clock's fault (D17).
    /// </summary>
    internal static Session DoubtLag(Session session, long atMs, long nowMs)
    {
        if (session.StartedAtMs is not { } startedAtMs || session.Review.Contains("clock")) return session;
        if (session.CreatedAtMs - startedAtMs <= StationTime.ToleranceMs) return session;
        var ours = nowMs - session.CreatedAtMs;
        var isLive = ours >= LiveAfterMs && Math.Abs(ours - (atMs - startedAtMs)) <= LiveAfterMs;
        return isLive ? MeterFold.Flag(session, "clock") with { Source = LiveSource(session) } : session;
    }

    private static SessionSource LiveSource(Session session) =>
        session.Source == SessionSource.Offline ? SessionSource.Rfid : session.Source;

    internal static Session Doubt(Session session, StationTime at, long nowMs)
    {
        if (!at.IsCredible(nowMs)) return MeterFold.Flag(session, "clock");
        return at.Flaw == TimeFlaw.NoZone ? MeterFold.Flag(session, "time_zone") : session;
    }

    /// <summary>A start from a broken queue, older than what runs there: it was over before that began.</summary>
    private static bool IsOvertaken(Decision decision, TransactionStarted message, Connector connector) =>
        message.At.IsCredible(decision.NowMs) && decision.Station.Sessions.Any(s =>
            s.Status == SessionStatus.Started && s.Connector == connector.Id && !s.Review.Contains("clock")
            && s.StartedAtMs > message.At.Or(decision.NowMs));

    // A new start on a connector ends what still stood open there: at its last reading, never deleted.
    private static void Supersede(Decision decision, Connector connector)
    {
        foreach (var session in decision.Station.Sessions)
            if (session.Status == SessionStatus.Started && session.Connector == connector.Id)
                StopMachine.CloseUnheard(decision, session, "superseded");
    }

    /// <summary>
    /// Where a start happens. OCPP 1.6 §6.45: connectorId > 0; boxes with one connector are known to say 0 (quirk 39).
    /// </summary>
    public static Place PlaceOf(ChargeStation station, Place place) => station.Connectors switch
    {
        _ when !place.IsStation => station.ConnectorAt(place)?.Place ?? place.ToKnown(),
        [] => new Place(1),
        [var only] => only.Place,
        _ => place,
    };
}
