using Voltgate.Ocpp.Rpc;

namespace Voltgate.Simulator;

/// <summary>The queue of transaction messages: in order, one at a time, until taken (OCPP 1.6 §3.7).</summary>
internal static class Outbox
{
    public static void Pump(Turn turn)
    {
        var state = turn.State;
        if (!turn.CanSpeak || state.HeadIsUnderWay || state.Queue.IsEmpty || turn.RealMs < state.HeadDueAtMs) return;
        var head = state.Queue[0];
        turn.State = state with { HeadIsUnderWay = true };
        turn.Effects.Add(new Send(
            head.Saying, head.Id, turn.Words.Write(head.Saying, state), FromQueue: true,
            Twice: turn.Has(Mishaps.Duplicates), LoseAnswer: LosesAnswer(turn, head)));
    }

    public static void Settle(Turn turn, Answered answered)
    {
        if (turn.State.Queue.IsEmpty) return;
        turn.State = turn.State with
        {
            HeadIsUnderWay = false,
            Online = turn.State.Online && answered.Outcome is not (CallCutOff or CallUnsent),
        };
        if (answered.Outcome is CallAnswered taken)
        {
            // First it leaves the queue: what it is answered may add to it.
            turn.State = turn.State with { Queue = turn.State.Queue.RemoveAt(0), HeadDueAtMs = 0 };
            turn.Words.Hear(turn, answered.Saying, taken.Payload);
        }
        else
        {
            Retry(turn, turn.State.Queue[0], answered.Outcome);
        }

        Pump(turn);
    }

    /// <summary>The link is gone: what was under way is sent again on the next one.</summary>
    public static void Interrupt(Turn turn)
    {
        if (turn.State is { HeadIsUnderWay: false } or { Queue.IsEmpty: true }) return;
        var head = Again(turn);
        turn.State = turn.State with { HeadIsUnderWay = false, Queue = turn.State.Queue.SetItem(0, head) };
    }

    // §3.7.1: after the n-th refusal wait n intervals; a lost connection or silence is not counted.
    private static void Retry(Turn turn, QueuedSaying head, CallOutcome outcome)
    {
        head = Again(turn);
        if (outcome is CallRefused refused)
        {
            head = head with { Attempts = head.Attempts + 1 };
            if (head.Attempts >= turn.Seconds(Configuration.TransactionMessageAttempts, 3))
            {
                turn.Remark($"gives up {head.Saying.Action}: {refused.Word}");
                turn.State = turn.State with { Queue = turn.State.Queue.RemoveAt(0), HeadDueAtMs = 0 };
                return;
            }
        }

        var wait = turn.Seconds(Configuration.TransactionMessageRetryInterval, 60) * 1000L * Math.Max(1, head.Attempts);
        turn.State = turn.State with
        {
            Queue = turn.State.Queue.SetItem(0, head),
            HeadDueAtMs = outcome is CallRefused ? turn.RealMs + wait : 0,
        };
    }

    private static QueuedSaying Again(Turn turn) =>
        turn.Has(Mishaps.NewIdsOnRetry) ? turn.State.Queue[0] with { Id = turn.NewId() } : turn.State.Queue[0];

    private static bool LosesAnswer(Turn turn, QueuedSaying head)
    {
        if (!turn.Has(Mishaps.LosesAnswers) || turn.State.ChargeOf(head.Saying.Local) is not { } charge) return false;
        // Once for the start, once for the stop: else it would never be taken.
        var loss = head.Saying.Moment switch { ChargeMoment.Start => 1, ChargeMoment.Stop => 2, _ => 0 };
        if (charge.LastAnswerLost >= loss) return false;
        turn.Set(charge with { LastAnswerLost = loss });
        return true;
    }
}
