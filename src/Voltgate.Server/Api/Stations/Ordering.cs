using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Gives orders to the caller's stations, and turns what came of them into answers.</summary>
internal sealed class Ordering(LocalStations stations, StationViews views)
{
    /// <summary>The station as its one writer sees it, or null: unknown, or somebody else's.</summary>
    public async Task<ChargeStation?> Station(Call call, string id)
    {
        if (!Domain.ObjectId.IsWellFormed(id)) return null;
        return await stations.Of(id) is { } actor && actor.Station.Organization == call.Organization ? actor.Station
            : null;
    }

    /// <summary>Gives the order; what came of it, or the refusal.</summary>
    public async Task<(OrderResult? Result, Refusal? Refusal)> Give(
        Call call, string station, Order order, Func<OrderResult, IEnumerable<Statement>>? alsoCommit = null)
    {
        if (await Station(call, station) is not { } before) return (null, Refusal.NotFound);
        var ordered = await stations.Order(station, order, result =>
        [
            .. alsoCommit?.Invoke(result) ?? [],
            .. call.Audit.Rows(ChangeOf(before, result), (result as OrderRefused)?.Code ?? AuditTrail.Done),
        ]);
        if (ordered is not (null or OrderRefused { Code: StationActor.TakenCode })) call.Audit.Kept();
        return ordered switch
        {
            null => (null, Refusal.NotFound),
            OrderRefused { Code: "not_found" } => (null, Refusal.NotFound),
            OrderRefused refused => (null, Refusal.Conflict(refused.Code, refused.Message)),
            var result => (result, null),
        };
    }

    private AuditChange ChangeOf(ChargeStation before, OrderResult result) => result switch
    {
        SessionOrdered { Session: var session } => new(
            "session", session.Id,
            before.Sessions.FirstOrDefault(s => s.Id == session.Id) is { } was
                ? StationJson.Write(SessionResource.Of(was))
                : null,
            StationJson.Write(SessionResource.Of(session))),
        ReservationOrdered { Reservation: var reservation } => new(
            "reservation", reservation.Id,
            before.Reservations.FirstOrDefault(r => r.Id == reservation.Id) is { } was
                ? StationJson.Write(ReservationResource.Of(was))
                : null,
            StationJson.Write(ReservationResource.Of(reservation))),
        ActionOrdered { Action: var action } => new(
            "action", action.Id, null, StationJson.Write(ActionResource.Of(action))),
        StationOrdered { Connector: { } connector, Station: var after } => new(
            "connector", connector.Id, Bare(before, connector.Id), Bare(after, connector.Id)),
        StationOrdered { Station: var after } => new("chargestation", before.Id, views.Bare(before), views.Bare(after)),
        _ => new("chargestation", before.Id, null, null),
    };

    private static string? Bare(ChargeStation station, string connector) =>
        station.ConnectorById(connector) is { } found
            ? StationJson.Write(ConnectorResource.Of(station.Id, found, new Dictionary<string, string>()))
            : null;

    /// <summary>A command to a station: answers its Action at once.</summary>
    public async Task<IResult> Command(
        Call call, string station, Order command, Func<StationAction, IEnumerable<Statement>>? alsoCommit = null)
    {
        var (result, refusal) = await Give(
            call, station, command,
            alsoCommit is null ? null : r => r is ActionOrdered ordered ? alsoCommit(ordered.Action) : []);
        if (refusal is not null) return refusal;
        var action = ((ActionOrdered)result!).Action;
        return Success.Ok(
            "Command accepted; its action tells what comes of it", StationJson.Write(ActionResource.Of(action)));
    }

    public async Task<IResult> Show(
        Call call, OrderResult result, string message, int status = 200, string? password = null)
    {
        var ordered = (StationOrdered)result;
        var body = ordered.Connector is { } connector
            ? await views.Connector(ordered.Station.Id, connector, call.Cancel)
            : await views.Station(ordered.Station, password, call.Cancel);
        return new Success(status, message, body);
    }
}
