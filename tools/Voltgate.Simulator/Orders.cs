using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>What a well-behaved station does when the platform commands.</summary>
internal static class Orders
{
    public static RemoteStartTransactionResponse RemoteStart(Turn turn, RemoteStartTransactionRequest request)
    {
        var target = turn.State.Connectors.FirstOrDefault(c =>
            (request.ConnectorId is null || request.ConnectorId == c.Number) && IsFree(turn, c)
            && (Places.NeedsParent(turn.State, c.Number, request.IdTag)
                || Places.IsOpenTo(turn.State, c.Number, request.IdTag, null)));
        if (target is null || turn.State.Restarting || turn.Has(Mishaps.Rejects))
            return new(RemoteStartStopStatus.Rejected);
        var wait = turn.Seconds(Configuration.ConnectionTimeOut, 120) * 1000L;
        if (turn.Flag(Configuration.AuthorizeRemoteTxRequests)
            || Places.NeedsParent(turn.State, target.Number, request.IdTag))
            turn.Later(turn.Words.Authorize(request.IdTag, target.Number));
        else target = target with { Grant = new Grant(request.IdTag, turn.NowMs + wait) };
        turn.Set(target with { Promised = request.ChargingProfile });
        return new(RemoteStartStopStatus.Accepted);
    }

    private static bool IsFree(Turn turn, ConnectorState c) =>
        c is { Local: 0, Grant: null, Operative: true } && turn.State.StationOperative;

    public static RemoteStopTransactionResponse RemoteStop(Turn turn, RemoteStopTransactionRequest request)
    {
        var charge = turn.State.Charges.FindLast(c => c.Number == request.TransactionId && c.EndedAtMs is null);
        if (charge is null || turn.Has(Mishaps.Rejects)) return new(RemoteStartStopStatus.Rejected);
        turn.Later(new Saying("", new StopSoon(charge.Connector)));
        return new(RemoteStartStopStatus.Accepted);
    }

    public static ResetResponse Reset(Turn turn, ResetRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(ResetStatus.Rejected);
        turn.State = turn.State with { Restarting = true };
        turn.Later(new Saying("", new ResetSoon(request.Type)));
        return new(ResetStatus.Accepted);
    }

    public static UnlockConnectorResponse Unlock(Turn turn, UnlockConnectorRequest request)
    {
        if (turn.State.Connector(request.ConnectorId) is not { } connector) return new(UnlockStatus.NotSupported);
        if (turn.Has(Mishaps.Rejects)) return new(UnlockStatus.UnlockFailed);
        if (connector.Local > 0) turn.Later(new Saying("", new StopSoon(connector.Number, Reason.UnlockCommand)));
        return new(UnlockStatus.Unlocked);
    }

    public static ChangeAvailabilityResponse ChangeAvailability(Turn turn, ChangeAvailabilityRequest request)
    {
        var all = request.ConnectorId == 0;
        if (turn.Has(Mishaps.Rejects) || (!all && turn.State.Connector(request.ConnectorId) is null))
            return new(AvailabilityStatus.Rejected);
        var operative = request.Type == AvailabilityType.Operative;
        if (all) turn.State = turn.State with { StationOperative = operative };
        var concerned = turn.State.Connectors.Where(c => all || c.Number == request.ConnectorId).ToList();
        foreach (var connector in concerned) turn.Set(connector with { Operative = operative });
        if (all && turn.Words.Status(turn, 0) is { } status) turn.Later(status);
        // §5.2: a running transaction finishes first.
        var isBusy = !operative && concerned.Exists(c => c.Local > 0);
        return new(isBusy ? AvailabilityStatus.Scheduled : AvailabilityStatus.Accepted);
    }

    public static Saying Triggered(Turn turn, int number)
    {
        Meters.Advance(turn, number, turn.NowMs);
        var connector = turn.State.Connector(number)!;
        var reading = Meters.Read(turn, connector, turn.NowMs, "Trigger");
        if (turn.State.ChargeOf(connector.Local) is { } charge)
            turn.Set(charge with { Registers = charge.Registers.Add(connector.MeterWh) });
        return turn.Words.Metered(turn, number, reading);
    }
}

/// <summary>What a command causes beside words.</summary>
internal sealed record StopSoon(int Connector, Reason Reason = Reason.Remote);

internal sealed record ResetSoon(ResetType Type);
