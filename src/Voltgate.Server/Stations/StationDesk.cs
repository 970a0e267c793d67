using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Route = Voltgate.Ocpp.Route;

namespace Voltgate.Server.Stations;

/// <summary>
/// Where the calls of one socket are answered: read by the dialect, decided by the actor, worded again.
/// </summary>
internal sealed partial class StationDesk(StationActor actor, TimeProvider clock, ILogger log)
{
    public TimeProvider Clock => clock;

    public RpcObserver Observer =>
        new() { OnIncident = incident => LogIncident(log, actor.Station.Id, incident.Kind, incident.Detail) };

    public ValueTask<OutboundAnswer> Serve(StationLink link, Call call)
    {
        var understanding = link.Dialect.Read(call.Action, call.Payload);
        if (understanding is Refused refused)
            return ValueTask.FromResult(OutboundAnswer.Error(refused.Code, refused.Description));
        var (route, message, _) = (Understood)understanding;
        var work = new StationWork(new Said(message, RawOf(message, call.Payload)))
        {
            Frame = new InFrame(call.Action, call.Id, call.Payload.Utf8),
        };
        return Answer(route, actor.Ask(work));
    }

    private static async ValueTask<OutboundAnswer> Answer(Route route, Task<Outcome> asked) =>
        OutboundAnswer.Result(route.Answer((await asked).Reply!));

    /// <summary>A farewell of the station is no news; any other end has a reason that somebody may seek.</summary>
    public void Note(RpcEnd end)
    {
        if (end.Kind != RpcEndKind.ClosedByPeer)
            LogEnd(log, actor.Station.Id, end.Kind, (int?)end.Status, end.Reason);
    }

    // Only a connector keeps what was said of it (api-contract: raw_message).
    private static string RawOf(StationMessage message, WireValue payload) =>
        message is ConnectorReported ? payload.ToString() : "";

    [LoggerMessage(LogLevel.Information, "Station {Station}: {Kind} {Detail}")]
    private static partial void LogIncident(ILogger log, string station, IncidentKind kind, string detail);

    [LoggerMessage(LogLevel.Information, "Station {Station}: disconnected, {Kind} {Status} {Reason}")]
    private static partial void LogEnd(ILogger log, string station, RpcEndKind kind, int? status, string reason);
}
