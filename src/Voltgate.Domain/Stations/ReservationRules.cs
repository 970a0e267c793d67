using Voltgate.Domain.Access;

namespace Voltgate.Domain.Stations;

/// <summary>What stands in the way of a reservation, and what a reservation stands in the way of.</summary>
internal static class ReservationRules
{
    public static OrderRefused? RefusalOf(Decision decision, MakeReservation order)
    {
        var station = decision.Station;
        if (order.Connector is null) return OfStation(station, order);
        if (station.ConnectorById(order.Connector) is not { } connector)
            return new("not_found", "There is no such connector.");
        if (!connector.Settings.Active || !station.Settings.Active)
            return new("connector_inactive", "The connector or its chargestation is switched off (active: false).");
        if (station.Sessions.Any(s => s.Connector == connector.Id))
            return new("connector_busy", "A session is open on this connector; reserve another one.");
        if (station.Reservations.Any(r => r.Keeps(connector.Id)))
            return new("connector_reserved", "The connector is reserved already; choose another one, or wait.");
        if (!station.Online)
            return new("chargestation_offline", "The chargestation is not connected; try again when it is online.");
        if (IsOut(connector))
            return new("connector_unavailable", $"The connector reports {Word(connector)}; choose another one.");
        return IsLastOfOthers(station, connector, Asker.Of(order.Token))
            ? new("connector_reserved", "The last free connector is kept for somebody else; choose another station.")
            : null;
    }

    /// <summary>Why somebody may not start there, where a reservation is the reason; null: they may.</summary>
    public static string? Against(ChargeStation station, Connector connector, StartSession order)
    {
        var asker = Asker.Of(order);
        if (station.Reservations.Any(r => r.Keeps(connector.Id) && !asker.Holds(r)))
            return "The connector is reserved for somebody else; choose another one.";
        return IsLastOfOthers(station, connector, asker)
            ? "The last free connector is reserved for somebody else; choose another station."
            : null;
    }

    /// <summary>The reservation with which somebody begins there; null: they have none.</summary>
    public static Reservation? Of(ChargeStation station, Connector connector, StartSession order)
    {
        var asker = Asker.Of(order);
        return station.Reservations.FirstOrDefault(r => r.Keeps(connector.Id) && asker.Holds(r))
            ?? station.Reservations.FirstOrDefault(r => r is { IsOpen: true, Connector: null } && asker.Holds(r));
    }

    /// <summary>§5.13: for connector 0 the station keeps one of its connectors free, whichever.</summary>
    private static bool IsLastOfOthers(ChargeStation station, Connector connector, Asker asker)
    {
        var promised = station.Reservations.Count(r => r is { IsOpen: true, Connector: null } && !asker.Holds(r));
        return promised > 0 && Free(station).Count(c => c.Id != connector.Id) < promised;
    }

    private readonly record struct Asker(string? User, string IdTag, string? Group)
    {
        public static Asker Of(StartSession order) => new(order.User, order.IdTag, order.Token.Group);

        public static Asker Of(TokenFacts token) => new(token.User, token.PhysicalId, token.Group);

        public bool Holds(Reservation reservation) =>
            (User is not null && reservation.User == User) || reservation.IsFor(IdTag, Group);
    }

    private static OrderRefused? OfStation(ChargeStation station, MakeReservation order)
    {
        if (!station.Settings.Active)
            return new("connector_inactive", "The chargestation is switched off (active: false).");
        if (!station.Online)
            return new("chargestation_offline", "The chargestation is not connected; try again when it is online.");
        var promised = station.Reservations.Count(r => r.IsOpen && r.Connector is null);
        return Free(station).Count() <= promised
            ? new("connector_unavailable", "The station has no free connector that could be kept; choose another one.")
            : null;
    }

    private static IEnumerable<Connector> Free(ChargeStation station) => station.Connectors.Where(c =>
        c.Settings.Active && !IsOut(c) && !station.Sessions.Any(s => s.Connector == c.Id)
        && !station.Reservations.Any(r => r.Keeps(c.Id)));

    private static bool IsOut(Connector connector) =>
        connector.Closed || connector.Status is ConnectorStatus.Faulted or ConnectorStatus.Unavailable;

    private static string Word(Connector connector) =>
        connector.Closed ? "that its location is closed" : connector.Status.ToString()!;
}
