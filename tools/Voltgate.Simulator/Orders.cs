using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>What a well-behaved station does when the platform commands.</summary>
internal static class Orders
{
    /// <param name="number">The remote start's own number (2.x).</param>
    /// <param name="kind">The token's kind (2.x); null: nobody said.</param>
    /// <param name="group">The token's group, where the platform tells it.</param>
    public static RemoteStartTransactionResponse RemoteStart(
        Turn turn, RemoteStartTransactionRequest request, int? number = null, string? kind = null,
        string? group = null)
    {
        var target = turn.State.Connectors.FirstOrDefault(c =>
            (request.ConnectorId is null || request.ConnectorId == c.Number) && IsFree(turn, c)
            && (Places.NeedsParent(turn.State, c.Number, request.IdTag)
                || Places.IsOpenTo(turn.State, c.Number, request.IdTag, group)));
        if (target is null || turn.State.Restarting || turn.Has(Mishaps.Rejects))
            return new(RemoteStartStopStatus.Rejected);
        var wait = turn.Seconds(Configuration.ConnectionTimeOut, 120) * 1000L;
        if (turn.Flag(Configuration.AuthorizeRemoteTxRequests)
            || Places.NeedsParent(turn.State, target.Number, request.IdTag))
            turn.Later(turn.Words.Authorize(request.IdTag, target.Number, kind));
        else
        {
            var grant = new Grant(request.IdTag, turn.NowMs + wait) { Parent = group, Kind = kind };
            target = target with { Grant = grant };
        }

        turn.Set(target with { Promised = request.ChargingProfile, Requested = number });
        return new(RemoteStartStopStatus.Accepted);
    }

    private static bool IsFree(Turn turn, ConnectorState c) =>
        c is { Local: 0, Grant: null, Operative: true } && turn.State.StationOperative;

    public static RemoteStopTransactionResponse RemoteStop(Turn turn, RemoteStopTransactionRequest request)
    {
        var charge = turn.State.Charges.FindLast(c => c.Number == request.TransactionId && c.EndedAtMs is null);
        return new(charge is not null && RemoteStop(turn, charge)
            ? RemoteStartStopStatus.Accepted
            : RemoteStartStopStatus.Rejected);
    }

    /// <summary>False: it is left running.</summary>
    public static bool RemoteStop(Turn turn, Charge charge)
    {
        if (turn.Has(Mishaps.Rejects)) return false;
        turn.Later(new Saying("", new StopSoon(charge.Connector)));
        return true;
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

    /// <summary>What the meter shows now.</summary>
    public static Saying Triggered(Turn turn, int number) =>
        turn.Words.Metered(turn, number, ReadingNow(turn, number));

    /// <summary>How the charge stands that runs there.</summary>
    public static void TellCharge(Turn turn, int number)
    {
        if (turn.State.Connector(number) is not { Local: > 0 and var local }) return;
        var reading = ReadingNow(turn, number);
        turn.Enqueue(turn.Words.Sampled(turn, turn.State.ChargeOf(local)!, reading, asked: true));
    }

    private static MeterValue ReadingNow(Turn turn, int number)
    {
        Meters.Advance(turn, number, turn.NowMs);
        var connector = turn.State.Connector(number)!;
        if (turn.State.ChargeOf(connector.Local) is { } charge)
            turn.Set(charge with { Registers = charge.Registers.Add(connector.MeterWh) });
        return Meters.Read(turn, connector, turn.NowMs, "Trigger");
    }
}

/// <summary>What a command causes beside words.</summary>
internal sealed record StopSoon(int Connector, Reason Reason = Reason.Remote);

internal sealed record ResetSoon(ResetType Type);

/// <summary>The charge that runs there tells how it stands.</summary>
internal sealed record TellSoon(int Connector);
