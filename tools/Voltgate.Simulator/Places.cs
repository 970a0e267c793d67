using System.Collections.Immutable;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>
/// A place that is kept (OCPP 1.6 §5.13). Connector 0: any. Parent: tags of that group may use it, too.
/// </summary>
public sealed record KeptPlace(int Number, int Connector, string IdTag, string? Parent, long UntilMs)
{
    public bool IsFor(string idTag, string? parent) => Same(IdTag, idTag) || (Parent is { } own && Same(own, parent));

    // §7.15: idTag is a CiString.
    private static bool Same(string a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Reservations as a station keeps them.</summary>
internal static class Places
{
    public static ReserveNowResponse Reserve(Turn turn, ReserveNowRequest request)
    {
        // §5.13: a known number replaces what it stood for.
        var others = turn.State.Kept.RemoveAll(k => k.Number == request.ReservationId);
        var status = Judge(turn, others, request.ConnectorId);
        if (status == ReservationStatus.Accepted)
            turn.State = turn.State with
            {
                Kept = others.Add(new KeptPlace(
                    request.ReservationId, request.ConnectorId, request.IdTag, request.ParentIdTag,
                    request.ExpiryDate.AtMs ?? turn.NowMs)),
            };
        return new ReserveNowResponse(status);
    }

    public static CancelReservationResponse Cancel(Turn turn, CancelReservationRequest request)
    {
        var others = turn.State.Kept.RemoveAll(k => k.Number == request.ReservationId);
        if (turn.Has(Mishaps.Rejects) || others.Count == turn.State.Kept.Count)
            return new CancelReservationResponse(CancelReservationStatus.Rejected);
        turn.State = turn.State with { Kept = others };
        return new CancelReservationResponse(CancelReservationStatus.Accepted);
    }

    /// <summary>§5.13: over by the clock, or because the place is out of service.</summary>
    public static void Expire(Turn turn)
    {
        var over = turn.State.Kept.FindAll(k => k.UntilMs <= turn.NowMs || !turn.State.StationOperative
            || turn.State.Connector(k.Connector) is { Operative: false });
        turn.State = turn.State with { Kept = turn.State.Kept.RemoveRange(over) };
        foreach (var place in over)
            if (turn.CanSpeak && turn.Words.ReservationEnded(place.Number, place.UntilMs <= turn.NowMs) is { } ended)
                turn.Say(ended);
    }

    /// <summary>
    /// Whether somebody may begin there: not where it is kept for another one, nor on the last free one.
    /// </summary>
    public static bool IsOpenTo(StationState state, int connector, string idTag, string? parent)
    {
        if (state.Kept.Exists(k => k.Connector == connector && !k.IsFor(idTag, parent))) return false;
        var promised = state.Kept.Count(k => k.Connector == 0 && !k.IsFor(idTag, parent));
        return promised == 0 || Free(state, state.Kept).Count(c => c.Number != connector) >= promised;
    }

    /// <summary>§5.13: a tag that is not the reservation's own is asked about: its group may be.</summary>
    public static bool NeedsParent(StationState state, int connector, string idTag) => state.Kept.Exists(
        k => k.Connector == connector && k.Parent is not null && !k.IsFor(idTag, null));

    /// <summary>§4.8: the number that the start names; the reservation is used up. Null: none is theirs.</summary>
    public static int? Use(Turn turn, int connector, Grant grant)
    {
        var mine = turn.State.Kept.FindAll(k => k.IsFor(grant.IdTag, grant.Parent));
        var used = mine.Find(k => k.Connector == connector) ?? mine.Find(k => k.Connector == 0);
        if (used is null) return null;
        turn.State = turn.State with { Kept = turn.State.Kept.Remove(used) };
        return used.Number;
    }

    public static bool IsKept(StationState state, int connector) => state.Kept.Exists(k => k.Connector == connector);

    private static ReservationStatus Judge(
        Turn turn, ImmutableList<KeptPlace> others, int number)
    {
        var state = turn.State;
        var isAny = number == 0;
        if (turn.Has(Mishaps.Rejects) || state.Restarting || number > state.Connectors.Length
            || (isAny && !turn.Flag(Configuration.ReserveConnectorZeroSupported))) return ReservationStatus.Rejected;
        if (!state.StationOperative || state.Connector(number) is { Operative: false })
            return ReservationStatus.Unavailable;
        var free = Free(state, others).ToList();
        var isFree = isAny || free.Exists(c => c.Number == number);
        var spare = free.Count - others.Count(k => k.Connector == 0);
        return isFree && spare > 0 ? ReservationStatus.Accepted : ReservationStatus.Occupied;
    }

    private static IEnumerable<ConnectorState> Free(
        StationState state, ImmutableList<KeptPlace> kept) => state.Connectors.Where(c =>
            c is { Local: 0, Grant: null, Vehicle: null, Operative: true }
            && !kept.Exists(k => k.Connector == c.Number));
}
