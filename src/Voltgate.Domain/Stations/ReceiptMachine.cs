using Voltgate.Domain.Events;
using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>What the station's answer, or its silence, makes of a command.</summary>
internal static class ReceiptMachine
{
    /// <summary>Of a command that gave way to a newer one.</summary>
    public const string Superseded = "Superseded";

    public static void Hand(Decision decision, Errand errand)
    {
        // A list goes out in several messages: the first one counts.
        if (Find(decision, errand.Id) is not { Status: ActionStatus.APIRequested } action) return;
        decision.Keep(
            action with { Status = ActionStatus.Requested, UpdatedAtMs = decision.NowMs }, EventTypes.Requested);
    }

    public static void Take(Decision decision, Errand errand, Receipt receipt)
    {
        if (errand.Kind is ErrandKind.Start or ErrandKind.Stop or ErrandKind.LoadShare or ErrandKind.Standing
            or ErrandKind.Cost or ErrandKind.Vehicle)
            decision.Subject = errand.Id;
        switch (errand.Kind)
        {
            case ErrandKind.Start:
                Started(decision, errand.Id, receipt);
                break;
            case ErrandKind.Stop:
                Stopped(decision, errand.Id, receipt);
                break;
            case ErrandKind.Hours:
                HoursMachine.Answered(decision, errand.Id, receipt);
                break;
            case ErrandKind.LoadStart:
                LoadMachine.StartAnswered(decision, errand.Id, receipt);
                break;
            case ErrandKind.LoadShare:
                LoadMachine.ShareAnswered(decision, errand.Id, receipt);
                break;
            case ErrandKind.Standing:
                EventMachine.Stood(decision, errand.Id, receipt);
                break;
            case ErrandKind.TokenList:
                TokenListMachine.Told(decision, receipt);
                break;
            case ErrandKind.TokenListVersion:
                TokenListMachine.VersionTold(decision, receipt);
                break;
            case ErrandKind.Reserve:
                ReservationMachine.Answered(decision, errand.Id, receipt);
                break;
            case ErrandKind.Release:
                ReservationMachine.ReleaseAnswered(decision, errand.Id, receipt);
                break;
            case ErrandKind.Action when Find(decision, errand.Id) is { } action:
                Settle(decision, action, receipt);
                break;
            default:
                break; // a probe, or an action that the clock has settled already
        }
    }

    /// <summary>
    /// A command lives on one link. What is open when the link ends, or another one begins, is not awaited any more and
    /// never said again: a station may have obeyed, and a reset or an unlocked cable is not to happen twice.
    /// </summary>
    public static void Break(Decision decision)
    {
        foreach (var action in decision.Station.Actions)
            Settle(decision, action, new Receipt(Answer.Offline, "ConnectionLost"));
        LoadMachine.Break(decision);
    }

    public static void Settle(Decision decision, StationAction action, Receipt receipt)
    {
        var isDone = receipt.Answer == Answer.Accepted;
        if (isDone && receipt.Configuration is { } configuration)
            decision.Station = decision.Station with
            {
                Configuration = decision.Station.Configuration.SetItems(configuration),
                UpdatedAtMs = decision.NowMs,
            };
        decision.Keep(
            action with
            {
                Status = isDone ? ActionStatus.Completed : ActionStatus.Failed,
                Response = receipt.Payload,
                Failure = isDone ? null : FailureOf(action, receipt),
                DueAtMs = null,
                UpdatedAtMs = decision.NowMs,
            },
            isDone ? EventTypes.Accepted : EventTypes.Rejected);
        if (isDone) LimitMachine.Keep(decision, action);
        if (receipt.ListVersion is { } version) TokenListMachine.Hear(decision, version);
        CredentialMachine.Settle(decision, action, receipt);
    }

    private static void Started(Decision decision, string id, Receipt receipt)
    {
        var session = decision.Station.Sessions.FirstOrDefault(s => s.Id == id);
        if (session is not { Status: SessionStatus.Created }) return; // it began, or was withdrawn, meanwhile
        // The link broke on the way: the station may have heard us. The wait for the driver decides.
        if (receipt.Answer is Answer.Accepted or Answer.Offline) return;
        // What was said twice may be refused because it was heard the first time.
        if (decision.Known.Unheard.Contains(id)) return;
        decision.Keep(
            session with
            {
                Status = SessionStatus.Cancelled,
                Failure = FailureOf(receipt),
                DueAtMs = null,
            },
            EventTypes.SessionStartFailure);
    }

    private static void Stopped(Decision decision, string id, Receipt receipt)
    {
        var session = decision.Station.Sessions.FirstOrDefault(s => s.Id == id);
        if (session is not { Status: SessionStatus.Started } || receipt.Answer == Answer.Accepted) return;
        session = session with
        {
            Failure = FailureOf(receipt),
            StopRequested = session.TargetReached ? session.StopRequested : null,
        };
        decision.Keep(Deadlines.Set(session, decision.NowMs), EventTypes.SessionStopFailure); // its targets hold again
    }

    private static StationAction? Find(Decision decision, string id) =>
        decision.Station.Actions.FirstOrDefault(a => a.Id == id);

    private static Failure FailureOf(StationAction action, Receipt receipt) => (receipt.Answer, action.Status) switch
    {
        (Answer.Offline, ActionStatus.Requested) => new Failure(
            "chargestation_offline",
            "The connection ended before the station answered; it may have obeyed all the same."),
        (Answer.Offline, _) => new Failure(
            "chargestation_offline",
            "The connection ended before the command went out, as far as is known; give it again."),
        (Answer.TimedOut, ActionStatus.APIRequested) => new Failure(
            "timeout", "The command did not go out in time: the station left those before it unanswered."),
        _ => FailureOf(receipt),
    };

    private static Failure FailureOf(Receipt receipt) => receipt.Answer switch
    {
        Answer.Unsupported => new Failure("unsupported", "The station does not support this command."),
        Answer.TimedOut => new Failure("timeout", "The station did not answer in time."),
        Answer.Offline => new Failure("chargestation_offline", "The station's connection broke before it answered."),
        _ when receipt.Status == Superseded => new Failure("superseded", "A newer command took its place."),
        _ => new Failure("rejected", $"The station answered {receipt.Status}."),
    };
}
