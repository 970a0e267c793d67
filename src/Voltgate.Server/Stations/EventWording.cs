using Voltgate.Domain.Events;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>Words what happened on a station as the events that are stored and sent.</summary>
internal sealed class EventWording(Entropy entropy, PublicAddress address)
{
    /// <param name="rates">Rates of the station's connectors as GET shows them; needed for station events only.</param>
    public StoredEvent Word(
        DomainEvent happened, ChargeStation station, long seq, IReadOnlyDictionary<string, string> rates)
    {
        var (kind, resource, data) = happened switch
        {
            SessionEvent e => ("session", e.Session.Id, StationJson.Utf8(SessionResource.Of(e.Session))),
            PaymentEvent e => (
                "payment", e.Session.Payment!.Id, StationJson.Utf8(PaymentResource.Of(e.Session)!)),
            StationEvent e => ("chargestation", e.Station.Id, StationJson.Utf8(
                ChargestationResource.Of(e.Station, rates, address.SocketsFor, e.Connectors))),
            ConnectorEvent e => ("connector", e.Connector.Id, StationJson.Utf8(
                ConnectorResource.Of(e.Station.Id, e.Connector, rates))),
            ActionEvent e => ("action", e.Action.Id, StationJson.Utf8(ActionResource.Of(e.Action))),
            ReservationEvent e => (
                "reservation", e.Reservation.Id, StationJson.Utf8(ReservationResource.Of(e.Reservation))),
            FiledEvent e => ("chargestation", station.Id, StationJson.Utf8(
                new FiledResource(station.Id, e.Action, new WireJson(e.Json)))),
            UnknownTokenEvent e => ("token", station.Id, StationJson.Utf8(
                new UnknownTokenResource(e.PhysicalId, station.Id))),
            SecurityNotice e => ("chargestation", e.Station.Id, StationJson.Utf8(
                ChargestationResource.Of(e.Station, rates, address.SocketsFor) with
                {
                    SecurityEvent = SecurityEventResource.Of(e),
                })),
            _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "An event without words."),
        };
        return EventBody.Of(
            entropy, station.Organization, station.Id, seq, happened.Type, kind, resource, data);
    }

    /// <summary>An event that keeps its session's state, and is worded from that when somebody wants it.</summary>
    public StoredEvent Keep(SessionEvent told, ChargeStation station, long seq) => new(
        entropy.NewId(), station.Organization, station.Id, seq, told.Type, "session", told.Session.Id, entropy.NowMs,
        Body: null)
    {
        State = DomainJson.Write(told.Session),
    };

    /// <summary>Whether the event shows connectors, which embed their rates.</summary>
    public static bool ShowsRates(DomainEvent happened) => happened is StationEvent or ConnectorEvent or SecurityNotice;
}
