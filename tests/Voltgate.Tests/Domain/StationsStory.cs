using System.Collections.Immutable;
using Voltgate.Domain.Access;
using Voltgate.Domain.Events;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>
/// Feeds a station's inputs one by one, as the shell does: gathers what the decision needs, keeps the next state and
/// every session that ever was, and holds each step to what the store would hold it to.
/// </summary>
internal sealed class Story(ChargeStation? station = null)
{
    private readonly Dictionary<string, List<EnergyReport>> history = [];
    private int spare;

    public long Now { get; set; } = Noon;

    public Rules Rules { get; init; } = new();

    public RatePlan? Plan { get; set; }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The tenant's word on late bills.</summary>
    public LateBilling? Late { get; set; }

    public ChargeStation Station { get; set; } = station ?? Given.Station();

    /// <summary>Tokens by tag in lower case.</summary>
    public Dictionary<string, TokenFacts> Tokens { get; } = new()
    {
        ["card"] = Card(), ["other"] = Card("OTHER"), ["virtual"] = Virtual(),
    };

    public HashSet<int> ForeignNumbers { get; } = [];

    /// <summary>Ids of tokens with an open session on another station.</summary>
    public HashSet<string> ChargingElsewhere { get; } = [];

    /// <summary>Every session in its last state, by id.</summary>
    public Dictionary<string, Session> Sessions { get; } = [];

    /// <summary>Every reservation in its last state, by id.</summary>
    public Dictionary<string, Reservation> Reservations { get; } = [];

    public List<DomainEvent> Events { get; } = [];

    public List<Telling> Commands { get; } = [];

    public List<EnergyReport> Readings { get; } = [];

    /// <summary>The readings of a session, as its frames in the log hold them.</summary>
    public IEnumerable<EnergyReport> HistoryOf(Session session) => history[session.Id];

    public Outcome Last { get; private set; } = null!;

    /// <summary>The only session of the story.</summary>
    public Session Session => Assert.Single(Sessions.Values);

    public IEnumerable<string> EventTypes => Events.Select(e => e.Type);

    public IEnumerable<string> SessionEvents => Events.OfType<SessionEvent>().Select(e => e.Type);

    public Outcome Do(StationInput input)
    {
        var outcome = StationMachine.Step(Station, input, Gather(input), Now);
        if (input is Said) Assert.NotNull(outcome.Reply);
        Keep(outcome);
        return Last = outcome;
    }

    public Reply Say(StationMessage message) => Do(new Said(message, "{}"u8.ToArray())).Reply!;

    public OrderResult Order(Order order) => Do(new Ordered(order)).Result!;

    /// <summary>Lets time pass and the clock look at what came due meanwhile, as often as something does.</summary>
    public void Pass(long ms)
    {
        var until = Now + ms;
        for (var looks = 0; DueAt <= until; looks++)
        {
            Assert.True(looks < 1_000, "The clock looks for ever at something that stays due.");
            Now = Math.Max(Now, DueAt!.Value);
            Do(new TimedOut());
        }

        Now = until;
    }

    public long? DueAt => Station.Sessions.Select(s => s.DueAtMs).Concat(Station.Actions.Select(a => a.DueAtMs))
        .Concat(Station.Reservations.Select(r => r.DueAtMs)).Min();

    public OrderResult Request(
        SessionTarget? target = null, string connector = "c1", TokenFacts? token = null)
    {
        var (carried, wanted) = (token ?? Virtual(), target ?? new SessionTarget());
        return Order(new StartSession(connector, "anna", carried, carried.PhysicalId, wanted, "{}"));
    }

    public SessionOpened Start(
        string tag = "CARD", decimal wh = 1_000, StationTime? at = null, int connector = 1) =>
        (SessionOpened)Say(new TransactionStarted(new Place(connector), tag, Wh(wh), at ?? StationTime.At(Now)));

    public SessionClosed Stop(
        int? number = null, decimal wh = 2_000, StationTime? at = null, string? tag = null, string reason = "Local",
        params MeterReading[] readings) => (SessionClosed)Say(new TransactionEnded(
            number ?? Session.Number, tag, Wh(wh), at ?? StationTime.At(Now), reason, [.. readings]));

    public void Meter(int? number, params MeterReading[] readings) => Meter(1, number, readings);

    public void Meter(int connector, int? number, params MeterReading[] readings) =>
        Say(new MeterReported(new Place(connector), number, [.. readings]));

    /// <summary>A register reading of the only session, now.</summary>
    public void Shows(decimal wh) => Meter(Session.Number, Register(Now, wh));

    public void Status(ConnectorStatus status, long? atMs = null, int connector = 1) => Say(new ConnectorReported(
        new Place(connector), status, "NoError", null, null, StationTime.At(atMs ?? Now)));

    public void Boot(string serial = "serial-1") => Say(new Booted(new BootInfo("Vendor", "Model", serial)));

    /// <summary>The station's answer to the last command that it was sent.</summary>
    public void Answer(Answer answer, string status = "Accepted") =>
        Do(new Answered(Commands[^1].Errand, new Receipt(answer, status)));

    private Known Gather(StationInput input)
    {
        var known = new Known(Rules, new Spare($"s{++spare}", $"x{spare}", 1_000 + spare))
        {
            Plan = Plan, Late = Late, TimeZone = Zone.Id,
        };
        return input switch
        {
            Said { Message: TokenPresented m } => OfTag(known, m.IdTag),
            Said { Message: TransactionStarted m } => OfTag(known, m.IdTag) with
            {
                Prior = Closed(s => s.StartKey == TransactionMachine.KeyOf(m)),
                Lapsed = Reservations.Values.FirstOrDefault(r =>
                    r.Number == m.ReservationId && Station.Reservations.All(kept => kept.Id != r.Id)),
            },
            Said { Message: TransactionTold m } => OfTold(known, m),
            Said { Message: Pulsed } when ArrivalMachine.Overdue(Station, Now) is { } waiting =>
                OfTag(known, ArrivalMachine.BeginningOf(Station, waiting).IdTag),
            Said { Message: TransactionEnded m } => OfNumber(known, m.Number) with
            {
                Token = m.IdTag is { } tag ? Tokens.GetValueOrDefault(tag.ToLowerInvariant()) : null,
            },
            Said { Message: MeterReported { Number: { } number } } => OfNumber(known, number),
            _ => known,
        };
    }

    private Known OfTold(Known known, TransactionTold m)
    {
        var shown = m.IdTag is { } tag ? new ShownToken(Tokens.GetValueOrDefault(tag.ToLowerInvariant())) : default;
        if (EventMachine.OpenOf(Station, m.Transaction) is { } open)
            return m.IdTag is { } first && open.IdTag.Length == 0 ? OfTag(known, first)
                : known with { Shown = m.IdTag is null ? null : shown };
        var beginning = ArrivalMachine.BeginningOf(Station, ArrivalMachine.With(Station, m, Now));
        return OfTag(known, beginning.IdTag) with
        {
            Shown = m.IdTag is null || m.IdTag == beginning.IdTag ? null : shown,
            Prior = Sessions.Values.Where(s => s.Transaction == m.Transaction && !s.IsOpen).MaxBy(s => s.CreatedAtMs),
        };
    }

    private Known OfTag(Known known, string tag)
    {
        var token = Tokens.GetValueOrDefault(tag.ToLowerInvariant());
        var isBusy = token is not null && ChargingElsewhere.Contains(token.Id);
        return known with { Token = token, TokenChargesElsewhere = isBusy };
    }

    private Known OfNumber(Known known, int number) => number <= 0 ? known : known with
    {
        Prior = Closed(s => s.Number == number),
        IsForeign = ForeignNumbers.Contains(number),
    };

    private void Put(string session, IReadOnlyList<EnergyReport> readings)
    {
        if (!history.TryGetValue(session, out var all)) history[session] = all = [];
        all.AddRange(readings);
    }

    private Session? Closed(Func<Session, bool> fits) =>
        Sessions.Values.FirstOrDefault(s => fits(s) && Station.Sessions.All(open => open.Id != s.Id));

    private void Keep(Outcome outcome)
    {
        foreach (var session in outcome.Sessions)
        {
            if (Sessions.TryGetValue(session.Id, out var before)) StationsLaws.Change(before, session, outcome);
            else Assert.Contains(outcome.Events, e => StationsLaws.Opens(e, session.Id));
            Sessions[session.Id] = session;
        }

        foreach (var reservation in outcome.Reservations) Reservations[reservation.Id] = reservation;
        Station = outcome.Next with { EventSeq = Station.EventSeq + outcome.Events.Count };
        Events.AddRange(outcome.Events);
        Commands.AddRange(outcome.Commands);
        Readings.AddRange(outcome.Readings);
        if (outcome.Subject is { } subject) Put(subject, outcome.Readings);
        StationsLaws.Hold(this);
    }
}
