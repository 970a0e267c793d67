using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Keeps places at a station (OCPP 1.6 §5.13 ReserveNow, §5.2 CancelReservation; ADR 0018). A reservation is said again
/// under its number, which replaces it; so a lost answer does no harm, and what holds here holds at the station.
/// </summary>
internal static class ReservationMachine
{
    private const long RetryMs = 60_000;

    public static void Make(Decision decision, MakeReservation order)
    {
        if (ReservationRules.RefusalOf(decision, order) is { } refusal)
        {
            decision.Result = refusal;
            return;
        }

        var (station, known, nowMs) = (decision.Station, decision.Known, decision.NowMs);
        var connector = order.Connector is { } id ? station.ConnectorById(id) : null;
        var reservation = new Reservation(
            known.Spare.Id, station.Organization, station.Id, connector?.Id, connector?.Place ?? Place.Station,
            known.Spare.Number, order.Token.User, order.Token.Id, order.Token.PhysicalId, order.Token.Group,
            ReservationStatus.Pending, order.ExpiresAtMs,
            Math.Min(nowMs + known.Rules.CommandTimeoutMs, order.ExpiresAtMs), order.MetaData, nowMs, nowMs)
        {
            TokenType = order.Token.Type,
        };
        reservation = decision.Keep(reservation, EventTypes.ReservationCreated);
        Ask(decision, reservation);
        decision.Result = new ReservationOrdered(reservation);
    }

    public static void Cancel(Decision decision, string id)
    {
        if (decision.Station.Reservations.FirstOrDefault(r => r.Id == id) is not { IsOpen: true } reservation)
        {
            decision.Refuse("reservation_not_active", "The reservation is over; there is nothing to cancel.");
            return;
        }

        decision.Result = new ReservationOrdered(End(
            decision, reservation, ReservationStatus.Cancelled, EventTypes.ReservationCancelled, null, owes: true));
    }

    /// <summary>The station is asked to keep the place; a pending one only as long as somebody waits for it.</summary>
    private static void Ask(Decision decision, Reservation reservation) => decision.Tell(
        new Errand(ErrandKind.Reserve, reservation.Id),
        new ReservePlace(
            reservation.Place, reservation.Number, reservation.IdTag, reservation.Group, reservation.ExpiresAtMs)
        {
            TokenType = reservation.TokenType,
        },
        reservation.DueAtMs);

    public static void Answered(Decision decision, string id, Receipt receipt)
    {
        if (decision.Station.Reservations.FirstOrDefault(r => r.Id == id) is not { IsOpen: true } reservation) return;
        // Nobody knows whether it was heard: it is said again when the link is back, or is given up by the clock.
        if (receipt.Answer is Answer.Offline or Answer.TimedOut) return;
        var isNew = reservation.Status == ReservationStatus.Pending;
        if (receipt.Answer == Answer.Accepted)
        {
            if (isNew)
                decision.Keep(
                    reservation with { Status = ReservationStatus.Active, DueAtMs = reservation.ExpiresAtMs },
                    EventTypes.ReservationActivated);
            return;
        }

        if (isNew)
            End(
                decision, reservation, ReservationStatus.Refused, EventTypes.ReservationRefused, WhyNot(receipt),
                owes: false);
        else if (!IsKept(decision.Station, reservation, receipt))
            End(
                decision, reservation, ReservationStatus.Cancelled, EventTypes.ReservationCancelled, WhyNot(receipt),
                owes: false);
    }

    public static void ReleaseAnswered(Decision decision, string id, Receipt receipt)
    {
        if (receipt.Answer is Answer.Offline or Answer.TimedOut) return;
        if (decision.Station.Reservations.FirstOrDefault(r => r.Id == id) is not { OwesRelease: true } owing) return;
        // §5.2 Rejected: the station has no such reservation. All the same: it keeps nothing.
        decision.Keep(owing with { OwesRelease = false, DueAtMs = null });
    }

    /// <summary>A link stands: what the station may not have heard is said again.</summary>
    public static void Up(Decision decision)
    {
        foreach (var reservation in decision.Station.Reservations)
        {
            if (reservation.ExpiresAtMs <= decision.NowMs) continue; // the clock is on its way
            if (reservation.OwesRelease) Release(decision, reservation);
            else if (reservation.Status == ReservationStatus.Pending) Ask(decision, reservation);
        }
    }

    /// <summary>A station that restarts may have forgotten what it kept.</summary>
    public static void Boot(Decision decision)
    {
        foreach (var reservation in decision.Station.Reservations)
            if (reservation.Status == ReservationStatus.Active && reservation.ExpiresAtMs > decision.NowMs)
                Ask(decision, reservation);
    }

    public static void Look(Decision decision)
    {
        foreach (var reservation in decision.Station.Reservations)
        {
            if (reservation.DueAtMs is not { } due || due > decision.NowMs) continue;
            var isOver = reservation.ExpiresAtMs <= decision.NowMs;
            if (reservation.Status == ReservationStatus.Pending) GiveUp(decision, reservation, owes: !isOver);
            else if (reservation.Status == ReservationStatus.Active) Expire(decision, reservation);
            else if (isOver) decision.Keep(reservation with { OwesRelease = false, DueAtMs = null });
            else Release(decision, reservation);
        }
    }

    /// <summary>
    /// §5.13: a reservation ends with the start of a transaction of its tag, or of its group, on its connector. A
    /// station names it (§4.8); one that does not is understood by the tag.
    /// </summary>
    public static void Use(Decision decision, TransactionStarted message, Session session)
    {
        var group = decision.Known.Token?.Group;
        var atMs = message.At.Or(decision.NowMs);
        var used = Named(decision, message.ReservationId, atMs) ?? decision.Station.Reservations.FirstOrDefault(r =>
            r.IsOpen && (r.Connector is null || r.Connector == session.Connector) && r.IsFor(message.IdTag, group)
            && atMs >= r.CreatedAtMs - StationTime.ToleranceMs);
        if (used is not null)
        {
            // Where the station did not name it, it may keep the place on.
            End(
                decision, used with { Session = session.Id, Failure = null }, ReservationStatus.Used,
                EventTypes.ReservationUsed, null, owes: message.ReservationId != used.Number);
            return;
        }

        // A start from an offline queue was over, perhaps, before the place was kept.
        if (decision.NowMs - atMs > StationTime.ToleranceMs) return;
        foreach (var broken in decision.Station.Reservations)
            if (broken.Keeps(session.Connector) && broken.Status == ReservationStatus.Active)
                End(
                    decision, broken, ReservationStatus.Cancelled, EventTypes.ReservationCancelled,
                    new Failure("connector_busy", "The station let somebody else begin on the reserved connector."),
                    owes: true);
    }

    /// <summary>§5.13: it ends where the connector, or the station, becomes Faulted or Unavailable.</summary>
    public static void Follow(Decision decision, string? connector, ConnectorStatus status)
    {
        if (status is not (ConnectorStatus.Faulted or ConnectorStatus.Unavailable)) return;
        foreach (var reservation in decision.Station.Reservations)
            if (reservation.Status == ReservationStatus.Active
                && (connector is null || reservation.Connector == connector))
                End(
                    decision, reservation, ReservationStatus.Cancelled, EventTypes.ReservationCancelled,
                    new Failure("connector_unavailable", $"The place became {status}; reserve another one."),
                    owes: true);
    }

    /// <summary>
    /// The one that the station names: an open one, or one that expired while a start lay in its queue.
    /// </summary>
    private static Reservation? Named(Decision decision, int? number, long atMs)
    {
        if (number is not { } named) return null;
        if (decision.Station.Reservations.FirstOrDefault(r => r.Number == named && r.IsOpen) is { } open) return open;
        return decision.Known.Lapsed is { Status: ReservationStatus.Expired } late
            && late.Number == named && atMs < late.ExpiresAtMs
                ? late
                : null;
    }

    private static void GiveUp(Decision decision, Reservation reservation, bool owes) => End(
        decision, reservation, ReservationStatus.Refused, EventTypes.ReservationRefused,
        decision.Station.Online
            ? new Failure("timeout", "The station did not answer in time; reserve again, or another connector.")
            : new Failure("chargestation_offline", "The station's connection broke before it answered."),
        owes);

    private static void Expire(Decision decision, Reservation reservation)
    {
        End(decision, reservation, ReservationStatus.Expired, EventTypes.ReservationExpired, null, owes: false);
        // The station's clock may be behind: nobody shall wait for it.
        if (decision.Station.Online && reservation.Connector is { } id
            && decision.Station.ConnectorById(id)?.Status == ConnectorStatus.Reserved)
            decision.Tell(new Errand(ErrandKind.Release, reservation.Id), new ReleasePlace(reservation.Number));
    }

    private static Reservation End(
        Decision decision, Reservation reservation, ReservationStatus status, string happened, Failure? failure,
        bool owes)
    {
        var ended = decision.Keep(
            reservation with
            {
                Status = status,
                Failure = failure,
                OwesRelease = owes,
                DueAtMs = owes ? reservation.ExpiresAtMs : null,
            },
            happened);
        if (owes && decision.Station.Online) Release(decision, ended);
        return ended;
    }

    private static void Release(Decision decision, Reservation owing)
    {
        if (!decision.Station.Online)
        {
            decision.Keep(owing with { DueAtMs = owing.ExpiresAtMs });
            return;
        }

        var retryAtMs = Math.Min(decision.NowMs + decision.Known.Rules.CommandTimeoutMs + RetryMs, owing.ExpiresAtMs);
        decision.Keep(owing with { DueAtMs = retryAtMs });
        decision.Tell(new Errand(ErrandKind.Release, owing.Id), new ReleasePlace(owing.Number), owing.ExpiresAtMs);
    }

    /// <summary>One that is said again may be told Occupied because of itself.</summary>
    private static bool IsKept(ChargeStation station, Reservation reservation, Receipt receipt) =>
        receipt.Status == "Occupied"
        && (reservation.Connector is null
            || station.ConnectorById(reservation.Connector)?.Status == ConnectorStatus.Reserved);

    /// <summary>§7.42 ReservationStatus, in words for a driver.</summary>
    private static Failure WhyNot(Receipt receipt) => (receipt.Answer, receipt.Status) switch
    {
        (Answer.Unsupported, _) => new(
            "unsupported", "The station takes no reservations, or not for a token this long; choose another one."),
        (_, "Faulted") => new("connector_faulted", "The connector is out of order; reserve another one."),
        (_, "Occupied") => new(
            "connector_occupied", "The connector is in use, or reserved already; reserve another one, or try later."),
        (_, "Unavailable") => new(
            "connector_unavailable", "The connector is out of service; reserve another one."),
        (_, "Rejected") => new(
            "rejected", "The station is not set up to take reservations there; reserve another connector."),
        _ => new("rejected", $"The station answered {receipt.Status}."),
    };
}
