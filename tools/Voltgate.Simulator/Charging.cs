using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>What a charge is made of at the station: cable, card, start, samples, stop (OCPP 1.6 §3.4, §4).</summary>
internal static class Charging
{
    public static void PlugIn(Turn turn, int number, Vehicle vehicle)
    {
        if (turn.State.Connector(number) is not { Vehicle: null } connector) return;
        turn.Set(connector with { Vehicle = vehicle, MeterAtMs = turn.NowMs });
        Show(turn, number);
        Begin(turn, number);
    }

    public static void Present(Turn turn, int number, string idTag)
    {
        if (turn.State.Connector(number) is not { } connector) return;
        if (turn.State.ChargeOf(connector.Local) is { } charge)
        {
            if (charge.IdTag == idTag) Stop(turn, number, Reason.Local);
            return;
        }

        if (!turn.CanSpeak && TokenLists.TurnsAway(turn, idTag))
            turn.Remark($"connector {number}: the local list turns {idTag} away");
        else if (turn.CanSpeak) turn.Say(new Saying("Authorize", new AuthorizeRequest(idTag), -number));
        else if (turn.Flag(Configuration.LocalAuthorizeOffline)) Allow(turn, number, idTag);
        else turn.Remark($"connector {number}: no platform to ask about {idTag}");
    }

    /// <summary>Someone may charge here: at once where a cable is in, else when it comes.</summary>
    public static void Allow(Turn turn, int number, string idTag, string? parent = null)
    {
        if (turn.State.Connector(number) is not { Local: 0 } connector) return;
        if (!Places.IsOpenTo(turn.State, number, idTag, parent))
        {
            turn.Remark($"connector {number} is kept for somebody else than {idTag}");
            return;
        }

        var wait = turn.Seconds(Configuration.ConnectionTimeOut, 120) * 1000L;
        turn.Set(connector with { Grant = new Grant(idTag, turn.NowMs + wait) { Parent = parent } });
        Show(turn, number);
        Begin(turn, number);
    }

    public static void Begin(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Vehicle: not null, Grant: { } grant, Local: 0 } connector) return;
        if (turn.State.Restarting || !IsOperative(turn.State, connector)) return;
        var local = turn.State.Charges.Count + 1;
        var charge = new Charge(local, number, grant.IdTag, turn.NowMs)
        {
            Registers = [connector.MeterWh],
            NextSampleAtMs = turn.NowMs + SampleMs(turn),
        };
        turn.State = turn.State with { Charges = turn.State.Charges.Add(charge) };
        var kept = Places.Use(turn, number, grant);
        turn.Set(connector with { Grant = null, Promised = null, Local = local, MeterAtMs = turn.NowMs });
        if (connector.Promised is { } profile) Profiles.Install(turn, new InstalledProfile(number, profile));
        turn.Enqueue(new Saying(
            "StartTransaction",
            new StartTransactionRequest(number, grant.IdTag, connector.MeterWh, turn.Stamp(turn.NowMs), kept),
            local));
        Show(turn, number);
    }

    /// <summary>Takes the samples that are due by now, each at its own time.</summary>
    public static void Measure(Turn turn, int number)
    {
        while (turn.State.Connector(number) is { Local: > 0 } connector
            && turn.State.ChargeOf(connector.Local) is { } charge
            && charge.NextSampleAtMs <= turn.NowMs && SampleMs(turn) > 0)
        {
            Meters.Advance(turn, number, charge.NextSampleAtMs);
            Sample(turn, number, charge, "Sample.Periodic");
            Troubles.Strike(turn, number);
        }

        Meters.Advance(turn, number, turn.NowMs);
        Show(turn, number);
    }

    private static void Sample(Turn turn, int number, Charge charge, string context)
    {
        var connector = turn.State.Connector(number)!;
        var reading = Meters.Read(turn, connector, charge.NextSampleAtMs, context);
        turn.Set(charge with
        {
            NextSampleAtMs = charge.NextSampleAtMs + SampleMs(turn),
            Samples = charge.Samples + 1,
            Registers = charge.Registers.Add(connector.MeterWh),
        });
        turn.Enqueue(new Saying("MeterValues", new MeterValuesRequest(number, [reading]), charge.Local));
    }

    public static void Stop(Turn turn, int number, Reason reason)
    {
        if (turn.State.Connector(number) is not { Local: > 0 } connector) return;
        Meters.Advance(turn, number, turn.NowMs);
        connector = turn.State.Connector(number)!;
        var charge = turn.State.ChargeOf(connector.Local)!;
        turn.Set(charge with
        {
            EndedAtMs = turn.NowMs,
            Reason = reason,
            Registers = turn.Has(Mishaps.NeverStops) ? charge.Registers : charge.Registers.Add(connector.MeterWh),
        });
        turn.Set(connector with { Local = 0, PowerW = 0 });
        Profiles.End(turn, number);
        if (!turn.Has(Mishaps.NeverStops))
            turn.Enqueue(new Saying(
                "StopTransaction",
                new StopTransactionRequest(
                    0, connector.MeterWh, turn.Stamp(turn.NowMs), IdTagOf(charge, reason), reason),
                charge.Local));
        Show(turn, number);
    }

    public static void Unplug(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Vehicle: not null }) return;
        Stop(turn, number, Reason.EVDisconnected);
        turn.Set(turn.State.Connector(number)! with { Vehicle = null });
        Show(turn, number);
    }

    /// <summary>Reports the connector's status where it has changed (§4.9).</summary>
    public static void Show(Turn turn, int number)
    {
        var connector = turn.State.Connector(number)!;
        var status = StatusOf(turn.State, connector);
        if (status == connector.Status) return;
        turn.Set(connector with { Status = status });
        if (turn.CanSpeak) turn.Say(Reports.Status(turn, number));
    }

    /// <summary>Nobody plugged in: the connector is free again.</summary>
    public static void Expire(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Grant: { } grant } connector || grant.UntilMs > turn.NowMs) return;
        turn.Set(connector with { Grant = null, Promised = null });
        Show(turn, number);
    }

    private static ChargePointStatus StatusOf(StationState state, ConnectorState c)
    {
        if (c.Local > 0)
            return Schedules.LimitW(state, c, c.MeterAtMs) <= 0 ? ChargePointStatus.SuspendedEVSE
                : c.Vehicle is { IsFull: true } ? ChargePointStatus.SuspendedEV : ChargePointStatus.Charging;
        if (!IsOperative(state, c)) return ChargePointStatus.Unavailable;
        if (c.Vehicle is null)
            return c.Grant is not null ? ChargePointStatus.Preparing
                : Places.IsKept(state, c.Number) ? ChargePointStatus.Reserved
                : ChargePointStatus.Available;
        var hasCharged = c.Status is ChargePointStatus.Charging or ChargePointStatus.SuspendedEV
            or ChargePointStatus.SuspendedEVSE or ChargePointStatus.Finishing;
        return hasCharged && c.Grant is null ? ChargePointStatus.Finishing : ChargePointStatus.Preparing;
    }

    private static bool IsOperative(StationState state, ConnectorState c) => state.StationOperative && c.Operative;

    private static long SampleMs(Turn turn) => turn.Seconds(Configuration.MeterValueSampleInterval, 60) * 1000L;

    // §6.47: omitted where nobody presented a card to stop.
    private static string? IdTagOf(Charge charge, Reason reason) => reason == Reason.Local ? charge.IdTag : null;
}
