using System.Diagnostics;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Server.Storage;
using Route = Voltgate.Ocpp.Route;

namespace Voltgate.Server.Stations;

/// <summary>
/// Where the calls of one socket are answered: read by the dialect, decided by the actor, worded again.
/// </summary>
internal sealed partial class StationDesk(
    StationActor actor, IContractProvider contracts, TimeProvider clock, ILogger log)
{
    private static readonly byte[] NoPayload = "null"u8.ToArray();

    public TimeProvider Clock => clock;

    public QuirkTraits Quirks => actor.Station.Quirks;

    /// <summary>It has said what it is, on this link or an earlier one.</summary>
    public bool HasBooted => actor.Station.BootInfo is not null;

    public RpcObserver Observer => new() { OnIncident = Watch };

    public ValueTask<OutboundAnswer> Serve(StationLink link, Call call)
    {
        var beganAt = Stopwatch.GetTimestamp();
        var understanding = link.Dialect.Read(call.Action, call.Payload);
        if (understanding is Refused refused)
        {
            Note(new StoredMessage("in", call.IsSend ? InFrame.Send : null, call.Action, call.Id, call.Payload.Utf8)
            {
                Verdict = StoredMessage.Hard,
                Reasons = $"{link.Dialect.Rules.Spell(refused.Code)}: {refused.Description}",
                TookUs = Since(beganAt),
            });
            return ValueTask.FromResult(OutboundAnswer.Error(refused.Code, refused.Description));
        }

        var understood = (Understood)understanding;
        return understood.Message is Consulted or TokenPresented { Contract: not null }
            ? Consult(understood, call, beganAt)
            : Take(understood, call, beganAt);
    }

    /// <summary>The provider is asked before the station's one writer is: nobody else waits for it.</summary>
    private async ValueTask<OutboundAnswer> Consult(Understood understood, Call call, long beganAt)
    {
        StationMessage message = understood.Message switch
        {
            TokenPresented p => p with { Advice = await contracts.Ask(actor.Station.Id, p.Contract!) },
            Consulted c => c with { Advice = await contracts.Ask(actor.Station.Id, c.Question) },
            var other => other,
        };
        return await Take(understood with { Message = message }, call, beganAt);
    }

    private ValueTask<OutboundAnswer> Take(Understood understood, Call call, long beganAt)
    {
        var (route, message, _) = understood;
        var work = new StationWork(new Said(message, call.Payload.Utf8))
        {
            Frame = new InFrame(call.IsSend ? InFrame.Send : InFrame.Call, call.Action, call.Id, call.Payload.Utf8)
            {
                Route = route,
                Remarks = RemarksOf(understood),
            },
            AlsoCommit = message is CertificateWanted wanted
                ? outcome => SigningRequest.RowsOf(wanted, actor.Station, outcome, clock)
                : null,
        };
        return Answer(work.Frame, actor.Ask(work), beganAt);
    }

    private async ValueTask<OutboundAnswer> Answer(InFrame frame, Task<Outcome> asked, long beganAt)
    {
        var outcome = await asked;
        var answer = OutboundAnswer.Result(frame.Answer(outcome.Reply!));
        var tookUs = Since(beganAt);
        if (frame.IsKept && frame.Kind == InFrame.Call) actor.Frames.Answered(tookUs);
        else if (!frame.IsKept) Note(FrameWording.Loose(frame, outcome, tookUs));
        return answer;
    }

    /// <summary>A farewell of the station is no news; any other end has a reason that somebody may seek.</summary>
    public void Note(RpcEnd end)
    {
        if (end.Kind != RpcEndKind.ClosedByPeer)
            LogEnd(log, actor.Station.Id, end.Kind, (int?)end.Status, end.Reason);
    }

    private void Watch(RpcIncident incident)
    {
        if (incident.Exception is { } failure) LogFailure(log, actor.Station.Id, incident.Detail, failure);
        else LogIncident(log, actor.Station.Id, incident.Kind, incident.Detail);
        var id = incident.MessageId ?? "";
        if (incident.Kind == IncidentKind.BadFrame)
            Note(Odd("INVALID", "", id, incident.Detail));
        else if (incident.Kind is IncidentKind.LateAnswer)
            Note(Odd(InFrame.Result, "", id, "late_answer") with { Verdict = StoredMessage.Soft });
        else if (incident.Kind is IncidentKind.UnknownAnswer)
            Note(Odd(InFrame.Result, "", id, "unknown_answer"));
        else if (incident.Kind is IncidentKind.HandlerFailed)
            Note(Odd(null, incident.Detail, id, "InternalError"));
    }

    private static StoredMessage Odd(string? kind, string action, string id, string reason) =>
        new("in", kind, action, id, NoPayload) { Verdict = StoredMessage.Hard, Reasons = reason };

    private void Note(StoredMessage frame) =>
        actor.Frames.Loose.Note(frame, clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static IReadOnlyList<string> RemarksOf(Understood understood) => understood switch
    {
        { ExtraFields: 0, Doubt: null } => [],
        { Doubt: { } doubt, ExtraFields: 0 } => [doubt],
        { Doubt: { } doubt } => [doubt, "unknown_fields"],
        _ => ["unknown_fields"],
    };

    private static long Since(long beganAt) => (long)Stopwatch.GetElapsedTime(beganAt).TotalMicroseconds;

    [LoggerMessage(LogLevel.Error, "Station {Station}: its {Action} could not be served.")]
    private static partial void LogFailure(ILogger log, string station, string action, Exception failure);

    [LoggerMessage(LogLevel.Information, "Station {Station}: {Kind} {Detail}")]
    private static partial void LogIncident(ILogger log, string station, IncidentKind kind, string detail);

    [LoggerMessage(LogLevel.Information, "Station {Station}: disconnected, {Kind} {Status} {Reason}")]
    private static partial void LogEnd(ILogger log, string station, RpcEndKind kind, int? status, string reason);
}
