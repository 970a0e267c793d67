using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Load;

/// <summary>A connector of the group, at its station.</summary>
public readonly record struct LoadSeat(ChargeStation Station, Connector Connector);

public enum LoadState
{
    /// <summary>No session runs on it.</summary>
    Idle,
    Charging,

    /// <summary>The supply is used up by sessions that began before.</summary>
    Waiting,

    /// <summary>Its station is not connected: what it may draw is set aside.</summary>
    Offline,

    /// <summary>Its station did not take the limit: what it may draw is set aside.</summary>
    Refused,
}

/// <summary>How a connector of a group stands.</summary>
/// <param name="Session">The one that runs; null: none.</param>
/// <param name="BoundW">The most that it may draw now; null: no session runs.</param>
/// <param name="ShareW">What it is to have.</param>
/// <param name="DrawnW">What it last reported to draw; null: not known.</param>
/// <param name="Fault">What the station said instead of taking its limit.</param>
public sealed record LoadStand(
    LoadSeat Seat, LoadState State, Session? Session, long? BoundW, long? ShareW, long? DrawnW, string? Fault);

/// <summary>One look at a group: how its connectors stand, and what their stations are to be told now.</summary>
public sealed record LoadRound(IReadOnlyList<LoadStand> Stands, IReadOnlyList<(LoadSeat Seat, LoadTurned Turn)> Turns)
{
    private const long FreshMs = 5 * 60_000;
    private const long SettleMs = 30_000;

    public static LoadRound Of(LoadGroup group, IReadOnlyList<LoadSeat> seats, long nowMs)
    {
        var running = seats.Select(s => Running.Of(group, s, nowMs)).OfType<Running>().ToList();
        var shares = LoadPlan.Shares(group.SharedW, group.MinimumW, [.. running.Select(r => r.Load)]);
        var steps = LoadSteps.Next(
            group.SharedW, [.. running.Select((r, i) => r.Step(group, shares[i]))]);
        var told = steps.ToDictionary(s => running[s.Index].Seat.Connector.Id, s => s.Watts, StringComparer.Ordinal);

        var stands = new List<LoadStand>(seats.Count);
        var turns = new List<(LoadSeat, LoadTurned)>();
        foreach (var seat in seats)
        {
            var at = running.FindIndex(r => r.Seat.Connector.Id == seat.Connector.Id);
            stands.Add(at < 0 ? Free(seat) : running[at].Stand(shares[at]));
            var start = StartOf(group, seat, nowMs);
            long? share = told.TryGetValue(seat.Connector.Id, out var watts) ? watts
                : at >= 0 && running[at].IsLost(shares[at]) ? shares[at] : null;
            var number = at < 0 ? null : (int?)running[at].Session.Number;
            var isStale = number is null && seat.Connector.Load?.Share is not null;
            if (seat.Station.Online && (start is not null || share is not null || isStale))
                turns.Add((seat, new LoadTurned(seat.Connector.Id, start, number, share)));
        }

        return new LoadRound(stands, turns);
    }

    private static LoadStand Free(LoadSeat seat) => new(
        seat, seat.Station.Online ? LoadState.Idle : LoadState.Offline, null, null, null, null,
        seat.Connector.Load?.Start?.Fault);

    /// <summary>The default that the station is to be told; null: it knows, or cannot be told.</summary>
    private static long? StartOf(LoadGroup group, LoadSeat seat, long nowMs)
    {
        var limit = seat.Connector.Limit is { } own ? PowerLimits.Watts(own, seat.Connector) : null;
        var watts = Math.Min(group.StartW, limit ?? group.StartW);
        var grant = seat.Connector.Load?.Start;
        return grant?.IsKnown(watts) == true || grant?.CanTell(nowMs) == false ? null : watts;
    }

    /// <summary>A session that runs, as the plan must see it.</summary>
    private sealed record Running(
        LoadSeat Seat, Session Session, Grant Grant, long MostW, long BoundW, Load Load, bool CanTell)
    {
        public static Running? Of(LoadGroup group, LoadSeat seat, long nowMs)
        {
            var session = seat.Station.Sessions.FirstOrDefault(
                s => s.Status == SessionStatus.Started && s.Connector == seat.Connector.Id);
            if (session is null) return null;
            // One that has just begun charges by the connector's default.
            var grant = seat.Connector.Load?.ShareOf(session.Number) ?? new Grant(seat.Connector.Load?.Start?.BoundW);
            var most = MostOf(group, seat, session);
            if (IsBypassed(seat)) grant = grant with { ToldW = null };
            var bound = Math.Min(grant.BoundW ?? long.MaxValue, RatedOf(group, seat));
            var isFixed = !seat.Station.Online || grant.RetryAtMs > nowMs;
            var wants = WantsOf(seat.Connector, session, grant, most, nowMs);
            return new Running(
                seat, session, grant, most, bound,
                new Load(session.StartedAtMs ?? session.CreatedAtMs, most, wants, isFixed ? bound : null),
                seat.Station.Online && grant.CanTell(nowMs));
        }

        /// <summary>Where nothing is known it may flow freely, or hardly: it begins as a newcomer does.</summary>
        public LoadStep Step(LoadGroup group, long share) =>
            new(BoundW, Grant.BoundW is null ? Math.Min(share, group.StartW) : share, CanTell);

        /// <summary>It may have its share or less, since an answer was lost: it is told once more.</summary>
        public bool IsLost(long share) => CanTell && Grant.Fault is not null && Grant.BoundW == share;

        public LoadStand Stand(long share) => new(
            Seat,
            !Seat.Station.Online ? LoadState.Offline
            : Load.FixedW is not null ? LoadState.Refused
            : share == 0 && MostW > 0 ? LoadState.Waiting : LoadState.Charging,
            Session, BoundW, share, Session.Report?.PowerMilliW / 1_000, Grant.Fault);
    }

    /// <summary>A profile that somebody writes past the group is on its way: what holds nobody can tell.</summary>
    private static bool IsBypassed(LoadSeat seat) => seat.Station.Actions.Any(
        a => a.Type.EndsWith(".set_charging_profile", StringComparison.Ordinal));

    private static long RatedOf(LoadGroup group, LoadSeat seat) => seat.Connector.Settings.PowerW ?? group.MaximumW;

    private static long MostOf(LoadGroup group, LoadSeat seat, Session session)
    {
        var most = RatedOf(group, seat);
        foreach (var limit in new[] { seat.Station.Limit, session.Limit ?? seat.Connector.Limit })
            if (limit is { } own && PowerLimits.Watts(own, seat.Connector) is { } watts) most = Math.Min(most, watts);
        return most;
    }

    /// <summary>
    /// A vehicle that leaves some of its share gets a little more than it draws; one that uses it up gets half as much
    /// again, until it leaves some. In between, and until the meter has shown the last step, all stays as it is.
    /// </summary>
    private static long WantsOf(Connector connector, Session session, Grant grant, long most, long nowMs)
    {
        if (connector.Status == ConnectorStatus.SuspendedEV) return 0;
        if (grant.ToldW is not (> 0 and var told)) return most;
        if (session.Report is not { PowerMilliW: { } milliwatts } report || nowMs - report.AtMs > FreshMs) return most;
        var drawn = milliwatts / 1_000;
        if (report.AtMs < grant.AtMs + SettleMs) return told;
        return drawn * 10 >= told * 9 ? told * 3 / 2
            : drawn * 10 < told * 7 ? drawn * 5 / 4
            : told;
    }
}
