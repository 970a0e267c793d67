using System.Collections.Immutable;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>
/// Everything a simulated station decides: a state and an input give a state and effects, and nothing else.
/// </summary>
internal static class StationMachine
{
    /// <summary>How long a reset waits for the last stops to be taken.</summary>
    private const long MostFarewellMs = 5_000;

    public static StationState First(StationOptions options, long nowMs) => new()
    {
        Connectors =
        [
            .. options.Connectors.Select((spec, i) => new ConnectorState(i + 1, spec)
            {
                MeterMilliWh = (options.MeterWh + (i * 7_000)) * 1000, MeterAtMs = nowMs,
            }),
        ],
        Configuration = Wording.Of(options.Version).Settings
            .SetItem("NumberOfConnectors", $"{options.Connectors.Count}")
            .SetItems(options.Configuration),
    };

    public static Turn Step(StationState state, Input input, StationOptions options, long nowMs, long realMs)
    {
        var turn = new Turn(state, options, nowMs, realMs);
        switch (input)
        {
            case LinkUp: Connect(turn); break;
            case LinkDown: Disconnect(turn); break;
            case Tick: Pass(turn); break;
            case Ordered order: turn.Reply = turn.Words.Obey(turn, order); break;
            case Answered { FromQueue: true } answered: Outbox.Settle(turn, answered); break;
            case Answered { Outcome: CallAnswered taken } answered:
                turn.Words.Hear(turn, answered.Saying, taken.Payload);
                break;
            case PluggedIn { } plug: Charging.PlugIn(turn, plug.Connector, plug.Vehicle); break;
            case CardPresented card: Charging.Present(turn, card.Connector, card.IdTag); break;
            case Unplugged plug: Charging.Unplug(turn, plug.Connector); break;
            case Uploaded uploaded: Files.Sent(turn, uploaded); break;
            case Fetched fetched: Files.Fetched(turn, fetched); break;
            case PowerFailed: Fail(turn); break;
            default: break; // nobody answered a status or a heartbeat: the next one will do
        }

        return turn;
    }

    /// <summary>
    /// The power fails: what runs ends, is queued, and is reported after the next boot (§4.10, PowerLoss).
    /// </summary>
    public static void Fail(Turn turn) => GoDown(turn, Reason.PowerLoss);

    /// <summary>The boot is answered: Accepted sets the heartbeat, anything else the next attempt (§4.2).</summary>
    public static void Enter(Turn turn, RegistrationStatus status, int interval)
    {
        if (interval <= 0) interval = 60;
        if (status != RegistrationStatus.Accepted)
        {
            turn.Remark($"boot is {status}");
            turn.State = turn.State with { Booted = false, NextBootAtMs = turn.RealMs + (interval * 1000L) };
            return;
        }

        turn.State = turn.State with
        {
            Booted = true,
            NextHeartbeatAtMs = turn.RealMs + (interval * 1000L),
            Configuration = turn.State.Configuration.SetItem(Configuration.HeartbeatInterval, $"{interval}"),
        };
        ReportAll(turn);
        Outbox.Pump(turn);
    }

    private static void Connect(Turn turn)
    {
        turn.State = turn.State with
        {
            Online = true,
            Restarting = false,
            LastId = turn.Has(Mishaps.RepeatsIds) ? 0 : turn.State.LastId,
        };
        if (turn.State.Booted)
        {
            ReportAll(turn);
            Outbox.Pump(turn);
        }
        else turn.Say(turn.Words.Boot(turn));
    }

    private static void Disconnect(Turn turn)
    {
        turn.State = turn.State with { Online = false };
        Outbox.Interrupt(turn);
    }

    private static void Pass(Turn turn)
    {
        foreach (var saying in Emptied(turn)) Follow(turn, saying);
        Places.Expire(turn);
        Files.Pass(turn);
        foreach (var connector in turn.State.Connectors)
        {
            Charging.Expire(turn, connector.Number);
            Charging.Begin(turn, connector.Number);
            Charging.Measure(turn, connector.Number);
        }

        if (turn.State.ResetsWhenIdle && turn.State.Connectors.All(c => c.Local == 0)) GoDown(turn, Reason.SoftReset);
        Outbox.Pump(turn);
        if (turn.State.DownAtMs is > 0 and var due && (turn.State.Queue.IsEmpty || turn.RealMs >= due)) Leave(turn);
        else if (turn.State.Online) Pulse(turn);
    }

    private static void Pulse(Turn turn)
    {
        if (!turn.State.Booted && turn.RealMs >= turn.State.NextBootAtMs && turn.State.NextBootAtMs > 0)
        {
            turn.State = turn.State with { NextBootAtMs = 0 };
            turn.Say(turn.Words.Boot(turn));
        }

        if (!turn.CanSpeak || turn.RealMs < turn.State.NextHeartbeatAtMs) return;
        turn.State = turn.State with { NextHeartbeatAtMs = turn.RealMs + HeartbeatMs(turn) };
        turn.Say(turn.Words.Heartbeat());
    }

    private static ImmutableList<Saying> Emptied(Turn turn)
    {
        var soon = turn.State.Soon;
        turn.State = turn.State with { Soon = [] };
        return soon;
    }

    private static void Follow(Turn turn, Saying saying)
    {
        switch (saying.Request)
        {
            case StopSoon stop:
                Charging.Stop(turn, stop.Connector, stop.Reason);
                break;
            case TellSoon tell:
                Orders.TellCharge(turn, tell.Connector);
                break;
            case ResetSoon reset:
                GoDown(turn, reset.Type == ResetType.Hard ? Reason.HardReset : Reason.SoftReset);
                break;
            default:
                if (saying.Local > 0) turn.Enqueue(saying);
                else turn.Say(saying);
                break;
        }
    }

    private static void GoDown(Turn turn, Reason reason)
    {
        turn.Remark($"goes down ({reason})");
        if (reason == Reason.PowerLoss) turn.State = turn.State with { Booted = false };
        turn.State = turn.State with
        {
            Restarting = true,
            ResetsWhenIdle = false,
            WentDown = reason,
            DownAtMs = turn.RealMs + MostFarewellMs,
        };
        foreach (var connector in turn.State.Connectors) Charging.Stop(turn, connector.Number, reason);
        foreach (var connector in turn.State.Connectors) turn.Set(connector with { Grant = null });
        if (reason == Reason.PowerLoss) Leave(turn);
    }

    private static void Leave(Turn turn)
    {
        turn.State = turn.State with { Booted = false, NextBootAtMs = 0, DownAtMs = 0 };
        turn.Effects.Add(new GoDown());
    }

    /// <summary>The station's status, where there is one, and then each connector's.</summary>
    private static void ReportAll(Turn turn)
    {
        for (var number = 0; number <= turn.State.Connectors.Length; number++)
            if (turn.Words.Status(turn, number) is { } status) turn.Say(status);
    }

    private static long HeartbeatMs(Turn turn) =>
        Math.Max(1, turn.Seconds(Configuration.HeartbeatInterval, 300)) * 1000L;
}
