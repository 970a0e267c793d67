using Voltgate.Domain.Events;
using Voltgate.Domain.Payments;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// What a step decided: the station's next state, what to answer, what happened, what to tell the station. Sessions and
/// Actions are those that changed, closed ones too; Reading is what the message's meter showed.
/// </summary>
public sealed record Outcome(
    ChargeStation Next,
    Reply? Reply,
    OrderResult? Result,
    IReadOnlyList<DomainEvent> Events,
    IReadOnlyList<Telling> Commands,
    IReadOnlyList<Session> Sessions,
    IReadOnlyList<StationAction> Actions,
    IReadOnlyList<EnergyReport> Readings,
    IReadOnlyList<WalletMove> Moves,
    string? Subject,
    bool IsRemoved)
{
    /// <summary>Those that changed, closed ones too.</summary>
    public IReadOnlyList<Reservation> Reservations { get; init; } = [];

    /// <summary>What is doubtful about the message that was taken, a word each: "no_session", "repeated", …</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public PasswordFate Password { get; init; }
}

/// <summary>
/// A step in the making. Mutable, but never seen outside the step that made it: the machines stay pure.
/// </summary>
internal sealed class Decision(ChargeStation station, Known known, long nowMs)
{
    private readonly List<DomainEvent> events = [];
    private readonly List<Telling> commands = [];
    private readonly List<Session> sessions = [];
    private readonly List<StationAction> actions = [];
    private readonly List<EnergyReport> readings = [];
    private readonly List<WalletMove> moves = [];
    private List<Reservation>? reservations;
    private List<string>? remarks;

    public ChargeStation Station { get; set; } = station;

    public Known Known { get; } = known;

    public long NowMs { get; } = nowMs;

    public Reply? Reply { get; set; }

    public OrderResult? Result { get; set; }

    public bool IsRemoved { get; set; }

    public PasswordFate Password { get; set; }

    /// <summary>The message that is decided on; null: the input is none.</summary>
    public Said? Said { get; set; }

    /// <summary>The session that the message speaks of, for the frame log.</summary>
    public string? Subject { get; set; }

    /// <summary>Keeps the session's new state, as of now; a later call for the same session replaces it.</summary>
    public Session Keep(Session session)
    {
        session = session with { EventsTo = Station.EventSeq + events.Count + 1, UpdatedAtMs = NowMs };
        Subject ??= session.Id;
        Station = Station.With(session);
        var at = sessions.FindIndex(s => s.Id == session.Id);
        if (at < 0) sessions.Add(session);
        else sessions[at] = session;
        return session;
    }

    /// <summary>
    /// The event shows the very state that is kept. A session ends with an event, and its wallet is settled here.
    /// </summary>
    public Session Keep(Session session, string eventType)
    {
        var (settled, move) = Settlement.Of(session, NowMs);
        session = Keep(settled);
        Raise(new SessionEvent(eventType, session));
        if (move is null) return session;
        moves.Add(move);
        var isPaid = move.Payment.Status == PaymentStatus.Captured;
        Raise(new PaymentEvent(isPaid ? EventTypes.PaymentCaptured : EventTypes.PaymentCanceled, session));
        return session;
    }

    /// <summary>What this step has made of a session so far; null: nothing.</summary>
    public Session? Kept(string session) => sessions.Find(s => s.Id == session);

    public void Keep(StationAction action, string outcome)
    {
        var open = action.Status is ActionStatus.APIRequested or ActionStatus.Requested;
        var others = Station.Actions.RemoveAll(a => a.Id == action.Id);
        Station = Station with { Actions = open ? others.Add(action) : others };
        actions.RemoveAll(a => a.Id == action.Id);
        actions.Add(action);
        if (outcome.Length > 0) Raise(new ActionEvent(action.Type + "." + outcome, action));
    }

    public void Keep(Connector connector) => Station = Station.With(connector);

    public Reservation Keep(Reservation reservation)
    {
        reservation = reservation with { UpdatedAtMs = NowMs };
        Station = Station.With(reservation);
        reservations ??= [];
        reservations.RemoveAll(r => r.Id == reservation.Id);
        reservations.Add(reservation);
        return reservation;
    }

    public Reservation Keep(Reservation reservation, string eventType)
    {
        reservation = Keep(reservation);
        Raise(new ReservationEvent(eventType, reservation));
        return reservation;
    }

    public void Raise(DomainEvent happened) => events.Add(happened);

    public void Tell(Errand errand, StationCommand command, long? dueAtMs = null) =>
        commands.Add(new Telling(errand, QuirkWording.Of(Station, command, NowMs), dueAtMs));

    public void Note(EnergyReport reading) => readings.Add(reading);

    public void Remark(string word) => (remarks ??= []).Add(word);

    public void Refuse(string code, string message) => Result = new OrderRefused(code, message);

    public Outcome Close() => new(
        Station, Reply, Result, events, commands, sessions, actions, readings, moves, Subject, IsRemoved)
    {
        Reservations = reservations ?? (IReadOnlyList<Reservation>)[],
        Password = Password,
        Remarks = remarks ?? (IReadOnlyList<string>)[],
    };
}
