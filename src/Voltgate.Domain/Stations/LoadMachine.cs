using Voltgate.Domain.Sessions;

namespace Voltgate.Domain.Stations;

/// <summary>
/// Tells a station what its connectors may draw as members of a load group: a default for whoever plugs in, and a
/// profile for the session that runs (OCPP 1.6 §3.13.1 TxDefaultProfile, TxProfile). What people allow stays above it.
/// </summary>
internal static class LoadMachine
{
    private const long RefusedRetryMs = 15 * 60_000;
    private const long SilentRetryMs = 60_000;

    public static void Turn(Decision decision, LoadTurned turned)
    {
        if (!decision.Station.Online || decision.Station.ConnectorById(turned.Connector) is not { } connector) return;
        var load = connector.Load ?? new ConnectorLoad();
        if (turned.StartW is { } start) load = load with { Start = Tell(decision, connector, load.Start, start) };
        if (turned.ShareW is { } share && Running(decision, connector, turned.Number) is { } session)
            load = load with
            {
                Number = session.Number,
                Share = Tell(decision, connector, session, load.ShareOf(session.Number), share),
            };
        else if (turned.Number is null) load = load with { Number = null, Share = null };
        if (load != connector.Load) decision.Keep(connector with { Load = load });
    }

    /// <summary>The connector has left its group: what people allowed holds again, or nothing.</summary>
    public static void Release(Decision decision, string id)
    {
        if (!decision.Station.Online || decision.Station.ConnectorById(id) is not { Load: { } load } connector) return;
        decision.Keep(connector with { Load = null });
        if (load.Start is not null)
            decision.Tell(
                new Errand(ErrandKind.Load, id),
                connector.Limit is { } limit
                && PowerLimits.OfConnector(decision.Station, connector, limit, decision.NowMs) is { } profile
                    ? new SetProfile(connector.Place, profile)
                    : PowerLimits.Clear(connector));
        if (load.Share is null || Running(decision, connector, load.Number) is not { } session) return;
        decision.Tell(
            new Errand(ErrandKind.Load, id),
            session.Limit is { } own
            && PowerLimits.OfSession(decision.Station, connector, session, own, decision.NowMs) is { } kept
                ? new SetProfile(connector.Place, kept)
                : PowerLimits.ClearSession(decision.Station, session, decision.NowMs));
    }

    public static void StartAnswered(Decision decision, string id, Receipt receipt)
    {
        if (decision.Station.ConnectorById(id) is not { Load.Start: { } start } connector) return;
        decision.Keep(connector with { Load = connector.Load with { Start = Settle(start, receipt, decision.NowMs) } });
    }

    public static void ShareAnswered(Decision decision, string id, Receipt receipt)
    {
        var session = decision.Station.Sessions.FirstOrDefault(s => s.Id == id);
        if (session is null || decision.Station.ConnectorById(session.Connector) is not { Load: { } load } connector
            || load.ShareOf(session.Number) is not { } share) return;
        decision.Keep(connector with { Load = load with { Share = Settle(share, receipt, decision.NowMs) } });
    }

    /// <summary>
    /// Whoever wrote profiles past the group, or restarted the station, may have undone what it was told: it is told
    /// again.
    /// </summary>
    public static void Doubt(Decision decision)
    {
        foreach (var connector in decision.Station.Connectors)
            if (connector.Load is { } load)
                decision.Keep(connector with
                {
                    Load = load with { Start = Doubted(load.Start), Share = Doubted(load.Share) },
                });
    }

    /// <summary>Somebody wrote, or took away, the connector's default: what holds now nobody can tell.</summary>
    public static void DoubtStart(Decision decision, string id)
    {
        if (decision.Station.ConnectorById(id) is { Load: { } load } connector)
            decision.Keep(connector with { Load = load with { Start = Doubted(load.Start) } });
    }

    /// <summary>
    /// Somebody put a limit of the session, no higher than its share, in the share's place, or took both away.
    /// </summary>
    public static void DoubtShare(Decision decision, string id)
    {
        if (decision.Station.ConnectorById(id) is not { Load: { Share: { } share } load } connector) return;
        var doubted = share with { RetryAtMs = null, Fault = "another limit took its place" };
        decision.Keep(connector with { Load = load with { Share = doubted } });
    }

    /// <summary>What is on its way comes after whatever undid the others.</summary>
    private static Grant? Doubted(Grant? grant) =>
        grant is null ? null : new Grant(AskedW: grant.AskedW) { WasW = grant.ToldW ?? grant.WasW };

    /// <summary>A link has ended: nobody knows whether what was on its way has been heard.</summary>
    public static void Break(Decision decision)
    {
        var lost = new Receipt(Answer.Offline, "ConnectionLost");
        foreach (var connector in decision.Station.Connectors)
        {
            if (connector.Load is not { } load) continue;
            var next = load with
            {
                Start = load.Start is { AskedW: not null } start ? Settle(start, lost, decision.NowMs) : load.Start,
                Share = load.Share is { AskedW: not null } share ? Settle(share, lost, decision.NowMs) : load.Share,
            };
            if (next != load) decision.Keep(connector with { Load = next });
        }
    }

    private static Grant Tell(Decision decision, Connector connector, Grant? before, long watts)
    {
        var grant = before ?? new Grant();
        if (grant.IsKnown(watts) || !grant.CanTell(decision.NowMs)) return grant;
        return Send(
            decision, grant, watts, new Errand(ErrandKind.LoadStart, connector.Id), connector.Place,
            PowerLimits.OfConnector(decision.Station, connector, InWatts(watts), decision.NowMs));
    }

    private static Grant Tell(Decision decision, Connector connector, Session session, Grant? before, long watts)
    {
        // Until it has a share of its own, the default holds for it too.
        var grant = before ?? new Grant(connector.Load?.Start?.BoundW);
        if ((before is not null && grant.IsKnown(watts)) || !grant.CanTell(decision.NowMs)) return grant;
        return Send(
            decision, grant, watts, new Errand(ErrandKind.LoadShare, session.Id), connector.Place,
            PowerLimits.OfSession(decision.Station, connector, session, InWatts(watts), decision.NowMs));
    }

    private static Grant Send(
        Decision decision, Grant grant, long watts, Errand errand, Place place, ChargingProfile? profile)
    {
        if (profile is null)
            return grant with
            {
                Fault = "takes amperes only, and what they are in watts is not known",
                RetryAtMs = decision.NowMs + RefusedRetryMs,
            };
        decision.Tell(errand, new SetProfile(place, profile));
        return grant with { AskedW = watts, RetryAtMs = null, AtMs = decision.NowMs };
    }

    private static Grant Settle(Grant grant, Receipt receipt, long nowMs) => receipt.Answer switch
    {
        Answer.Accepted => new Grant(grant.AskedW) { AtMs = nowMs },
        Answer.Rejected or Answer.Unsupported => grant with
        {
            AskedW = null,
            RetryAtMs = nowMs + RefusedRetryMs,
            Fault = receipt.Status,
        },
        // It may have heard it, and may not: both are reckoned with.
        _ => grant with
        {
            ToldW = grant.BoundW,
            AskedW = null,
            Fault = receipt.Status,
            RetryAtMs = receipt.Answer == Answer.Offline ? null : nowMs + SilentRetryMs,
        },
    };

    private static Session? Running(Decision decision, Connector connector, int? number) =>
        decision.Station.Sessions.FirstOrDefault(s =>
            s.Status == SessionStatus.Started && s.Connector == connector.Id && s.Number == number);

    private static PowerLimit InWatts(long watts) => new(RateUnit.W, watts);
}
