using System.Buffers.Binary;
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
        Begin(turn, number, byCable: true);
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
        else if (turn.CanSpeak) turn.Say(turn.Words.Authorize(idTag, number, kind: null));
        else if (turn.Flag(Configuration.LocalAuthorizeOffline)) Allow(turn, number, idTag);
        else turn.Remark($"connector {number}: no platform to ask about {idTag}");
    }

    /// <summary>Someone may charge here: at once where a cable is in, else when it comes.</summary>
    public static void Allow(
        Turn turn, int number, string idTag, string? parent = null, string? kind = null)
    {
        if (turn.State.Connector(number) is not { Local: 0 } connector) return;
        if (!Places.IsOpenTo(turn.State, number, idTag, parent))
        {
            turn.Remark($"connector {number} is kept for somebody else than {idTag}");
            return;
        }

        var wait = turn.Seconds(Configuration.ConnectionTimeOut, 120) * 1000L;
        turn.Set(connector with { Grant = new Grant(idTag, turn.NowMs + wait) { Parent = parent, Kind = kind } });
        Show(turn, number);
        Begin(turn, number);
    }

    /// <summary>The platform has said whether someone may charge here; null: nothing that can be read.</summary>
    public static void Judge(Turn turn, int number, string idTag, IdTagInfo? verdict, string? kind = null)
    {
        if (verdict is { Status: AuthorizationStatus.Accepted })
        {
            Allow(turn, number, idTag, verdict.ParentIdTag, kind);
            return;
        }

        turn.Remark($"connector {number}: {idTag} is {verdict?.Status}");
        if (turn.State.Connector(number) is { Grant: null } connector)
            turn.Set(connector with { Promised = null, Requested = null });
    }

    /// <summary>The platform has said what it thinks of the token of a charge that has begun.</summary>
    public static void Judge(Turn turn, int local, AuthorizationStatus verdict)
    {
        var charge = turn.State.ChargeOf(local)! with { Verdict = verdict };
        turn.Set(charge);
        if (verdict == AuthorizationStatus.Accepted || charge.EndedAtMs is not null) return;
        turn.Remark($"the platform says {verdict} to {charge.IdTag}");
        if (turn.Flag(Configuration.StopTransactionOnInvalidId)) Stop(turn, charge.Connector, Reason.DeAuthorized);
    }

    public static void Begin(Turn turn, int number, bool byCable = false)
    {
        if (turn.State.Connector(number) is not { Vehicle: not null, Grant: { } grant, Local: 0 } connector) return;
        if (turn.State.Restarting || !IsOperative(turn.State, connector)) return;
        var local = turn.State.Charges.Count + 1;
        var charge = new Charge(local, number, grant.IdTag, turn.NowMs)
        {
            Id = NameOf(turn, local),
            Requested = connector.Requested,
            Kind = grant.Kind,
            Registers = [connector.MeterWh],
            NextSampleAtMs = turn.NowMs + SampleMs(turn),
        };
        turn.State = turn.State with { Charges = turn.State.Charges.Add(charge) };
        var kept = Places.Use(turn, number, grant);
        turn.Set(connector with
        {
            Grant = null,
            Promised = null,
            Requested = null,
            Local = local,
            MeterAtMs = turn.NowMs,
        });
        if (connector.Promised is { } profile) Profiles.Install(turn, new InstalledProfile(number, profile));
        turn.Enqueue(turn.Words.Started(turn, charge, kept, byCable));
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
        charge = charge with
        {
            NextSampleAtMs = charge.NextSampleAtMs + SampleMs(turn),
            Samples = charge.Samples + 1,
            Registers = charge.Registers.Add(connector.MeterWh),
        };
        turn.Set(charge);
        turn.Enqueue(turn.Words.Sampled(turn, charge, reading, asked: false));
    }

    public static void Stop(Turn turn, int number, Reason reason)
    {
        if (turn.State.Connector(number) is not { Local: > 0 } connector) return;
        Meters.Advance(turn, number, turn.NowMs);
        connector = turn.State.Connector(number)!;
        var charge = turn.State.ChargeOf(connector.Local)!;
        charge = charge with
        {
            EndedAtMs = turn.NowMs,
            Reason = reason,
            Registers = turn.Has(Mishaps.NeverStops) ? charge.Registers : charge.Registers.Add(connector.MeterWh),
        };
        turn.Set(charge);
        turn.Set(connector with { Local = 0, PowerW = 0 });
        Profiles.End(turn, number);
        if (!turn.Has(Mishaps.NeverStops)) turn.Enqueue(turn.Words.Ended(turn, charge));
        Show(turn, number);
    }

    public static void Unplug(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Vehicle: not null }) return;
        Stop(turn, number, Reason.EVDisconnected);
        turn.Set(turn.State.Connector(number)! with { Vehicle = null });
        Show(turn, number);
    }

    /// <summary>Reports what has changed of the connector's status (§4.9).</summary>
    public static void Show(Turn turn, int number)
    {
        var connector = turn.State.Connector(number)!;
        var status = StatusOf(turn.State, connector);
        if (status == connector.Status) return;
        turn.Set(connector with { Status = status });
        turn.Words.Shown(turn, number, connector.Status);
    }

    /// <summary>Nobody plugged in: the connector is free again.</summary>
    public static void Expire(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Grant: { } grant } connector || grant.UntilMs > turn.NowMs) return;
        turn.Set(connector with { Grant = null, Promised = null, Requested = null });
        Show(turn, number);
    }

    public static ChargePointStatus StatusOf(StationState state, ConnectorState c)
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

    /// <summary>Like a GUID, of the seed and the time: a station that is started again has new ones.</summary>
    private static string NameOf(Turn turn, int local)
    {
        var dice = new Dice((turn.Options.Seed * 0x1_0000_0001UL) ^ (ulong)turn.NowMs ^ ((ulong)local << 44));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, dice.Next());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], dice.Next());
        return new Guid(bytes).ToString();
    }

    private static bool IsOperative(StationState state, ConnectorState c) => state.StationOperative && c.Operative;

    private static long SampleMs(Turn turn) => turn.Seconds(Configuration.MeterValueSampleInterval, 60) * 1000L;
}
