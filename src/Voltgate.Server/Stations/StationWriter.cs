using System.Text.Json;
using Dapper;
using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>The rows of one step, and the counters as they stand behind it.</summary>
/// <param name="Calls">The message ids of the step's commands, in their order; null: not to be worded.</param>
/// <param name="Loose">Frames that were taken from those that wait.</param>
internal sealed record StationUnit(
    IReadOnlyList<Statement> Statements, long EventSeq, long MessageSeq, IReadOnlyList<string?> Calls,
    IReadOnlyList<StoredMessage> Loose);

/// <summary>The third beat's preparation: words a step's outcome as one unit of rows.</summary>
internal sealed class StationWriter(Database database, EventWording wording, Entropy entropy)
{
    private static readonly Dictionary<string, string> NoRates = [];

    /// <summary>The unit, or null: nothing changed that must be kept.</summary>
    public async ValueTask<StationUnit?> Prepare(
        StoredStation stored, Outcome outcome, StationWork work, FrameMemory frames, long nowMs)
    {
        var calls = FrameWording.Calls(outcome, work.Link, entropy);
        var messages = FrameWording.Of(stored.Station, outcome, work, calls, frames.PriorTookUs);
        if (messages.Count == 0 && !HasChanges(stored.Station, outcome) && work.AlsoCommit is null
            && !(work.WritesFrames && frames.Loose.Any)) return null;

        var loose = frames.Loose.Take();
        if (loose.Count > 0) messages = [.. loose, .. messages];
        var unit = new List<Statement>(8 + 3 * outcome.Events.Count);
        var before = stored.Station;
        var eventSeq = before.EventSeq + outcome.Events.Count;
        unit.Add(StationWrites.Fence(before, eventSeq, stored.MessageSeq + messages.Count));
        AddState(unit, before, outcome, nowMs);
        for (var i = 0; i < messages.Count; i++)
            unit.Add(StationWrites.Add(before.Id, stored.MessageSeq + i + 1, nowMs, messages[i]));
        await AddEvents(unit, before, outcome, nowMs);
        if (work.AlsoCommit is { } also) unit.AddRange(also(outcome));
        return new StationUnit(unit, eventSeq, stored.MessageSeq + messages.Count, calls, loose);
    }

    private static bool HasChanges(ChargeStation before, Outcome outcome) =>
        outcome.Events.Count > 0 || outcome.Sessions.Count > 0 || outcome.Actions.Count > 0
        || outcome.Reservations.Count > 0 || IsChanged(before, outcome.Next);

    private static bool IsChanged(ChargeStation before, ChargeStation after) =>
        IsRowChanged(before, after) || before.Connectors != after.Connectors
        || !ReferenceEquals(before.TokenList, after.TokenList);

    /// <summary>Whether the station row must be written: sessions, actions, connectors have their own.</summary>
    private static bool IsRowChanged(ChargeStation before, ChargeStation after) => before with
    {
        LastMessageAtMs = after.LastMessageAtMs,
        Sessions = after.Sessions,
        Actions = after.Actions,
        Reservations = after.Reservations,
        TokenList = after.TokenList,
        Connectors = after.Connectors,
    } != after;

    private void AddState(List<Statement> unit, ChargeStation before, Outcome outcome, long nowMs)
    {
        var after = outcome.Next;
        if (outcome.IsRemoved)
        {
            StationWrites.Delete(unit, after);
            return;
        }

        if (IsRowChanged(before, after))
            unit.Add(StationWrites.Update(after));
        if (outcome.Password != PasswordFate.Undecided) unit.Add(StationWrites.Decide(after.Id, outcome.Password));
        if (before.Connectors != after.Connectors) AddConnectors(unit, before, after);
        if (!ReferenceEquals(before.TokenList, after.TokenList)) unit.Add(StationWrites.PutTokenList(after, nowMs));

        // Closed ones first: a connector has one Started session at a time, and the store holds us to it.
        foreach (var session in outcome.Sessions.Where(s => !s.IsOpen)) AddSession(unit, before, outcome, session);
        foreach (var session in outcome.Sessions.Where(s => s.IsOpen)) AddSession(unit, before, outcome, session);
        foreach (var action in outcome.Actions) unit.Add(StationWrites.Put(action));
        // Closed ones first: a driver has one open reservation at a time, and the store holds us to it.
        foreach (var over in outcome.Reservations.Where(r => !r.IsOpen)) unit.Add(ReservationStore.Put(over));
        foreach (var open in outcome.Reservations.Where(r => r.IsOpen)) unit.Add(ReservationStore.Put(open));
        foreach (var move in outcome.Moves)
        {
            var session = outcome.Sessions.Single(s => s.Id == move.Session);
            WalletWrites.Settle(unit, session, move, entropy.NewId(), PaymentOf(session));
        }
    }

    private static byte[] PaymentOf(Session session) => StationJson.Utf8(PaymentResource.Of(session)!);

    private static void AddSession(List<Statement> unit, ChargeStation before, Outcome outcome, Session session)
    {
        if (LiesWithEvent(before, outcome, session)) return;
        // A session that is neither open before nor new is a closed one that its late stop corrected.
        var known = Known(before, session);
        var isNew = known is null &&
            outcome.Events.Any(e => e is SessionEvent { Type: EventTypes.SessionCreated or EventTypes.SessionStarted } s
                && s.Session.Id == session.Id);
        if (isNew)
        {
            StationWrites.Insert(unit, session);
            if (session.Payment is not null) WalletWrites.Bind(unit, session, PaymentOf(session));
        }
        else StationWrites.Update(unit, session, known);
    }

    /// <summary>
    /// A session that goes on, and whose change an event tells whole: its state is written once, with that event.
    /// </summary>
    private static bool LiesWithEvent(ChargeStation before, Outcome outcome, Session session) =>
        session.IsOpen && Known(before, session) is { } known && StationWrites.IsStateAlone(session, known)
        && outcome.Events.Any(e => e is SessionEvent told && ReferenceEquals(told.Session, session));

    private static Session? Known(ChargeStation before, Session session) =>
        before.Sessions.FirstOrDefault(s => s.Id == session.Id);

    private static void AddConnectors(List<Statement> unit, ChargeStation before, ChargeStation after)
    {
        foreach (var connector in after.Connectors)
            if (!ReferenceEquals(connector, before.ConnectorById(connector.Id)))
                unit.Add(StationWrites.Put(after, connector));
        foreach (var connector in before.Connectors)
            if (after.ConnectorById(connector.Id) is null) unit.Add(StationWrites.Delete(connector));
    }

    private async ValueTask AddEvents(List<Statement> unit, ChargeStation before, Outcome outcome, long nowMs)
    {
        if (outcome.Events.Count == 0) return;
        var rates = outcome.Events.Any(EventWording.ShowsRates) ? await Rates(outcome.Next) : NoRates;
        for (var i = 0; i < outcome.Events.Count; i++)
        {
            var (happened, seq) = (outcome.Events[i], before.EventSeq + i + 1);
            if (happened is SessionEvent told && outcome.Sessions.Any(s => ReferenceEquals(s, told.Session))
                && LiesWithEvent(before, outcome, told.Session))
            {
                EventLog.Add(unit, wording.Keep(told, before, seq));
                unit.Add(StationWrites.UpdateByEvent(told.Session));
                continue;
            }

            EventLog.Add(unit, wording.Word(happened, outcome.Next, seq, rates));
            if (happened is UnknownTokenEvent unknown)
                unit.Add(StationWrites.UnknownToken(before.Organization, unknown.PhysicalId, before.Id, nowMs));
        }
    }

    /// <summary>The rates of a station's connectors as GET shows them, by id.</summary>
    public async Task<Dictionary<string, string>> Rates(ChargeStation station)
    {
        var ids = station.Connectors.Select(c => c.Settings.Rate).OfType<string>().Distinct().ToArray();
        if (ids.Length == 0) return NoRates;
        await using var connection = await database.Open();
        return await Bodies.Of(connection, "rates", station.Organization, ids);
    }
}
