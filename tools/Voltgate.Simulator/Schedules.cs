using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>A charging profile as the station keeps it. Connector 0: the whole station.</summary>
public sealed record InstalledProfile(int Connector, ChargingProfile Profile);

/// <summary>
/// What all profiles together allow (OCPP 1.6 §3.13): of each purpose the highest stack level that says something at
/// that moment; a TxProfile overrules the default; the station's maximum is a ceiling over both. In watts.
/// </summary>
internal static class Schedules
{
    private const int Volts = 230;

    /// <summary>Null: no profile says anything.</summary>
    public static decimal? LimitW(StationState state, ConnectorState connector, long atMs)
    {
        if (state.Profiles.IsEmpty) return null;
        var startedAtMs = state.ChargeOf(connector.Local)?.StartedAtMs;
        var of = Limits(state, connector.Spec.Phases, atMs, startedAtMs);
        var session = of(connector.Number, ChargingProfilePurposeType.TxProfile)
            ?? of(connector.Number, ChargingProfilePurposeType.TxDefaultProfile)
            ?? of(0, ChargingProfilePurposeType.TxDefaultProfile);
        var most = of(0, ChargingProfilePurposeType.ChargePointMaxProfile);
        return session is { } s && most is { } m ? Math.Min(s, m) : session ?? most;
    }

    /// <summary>The ceiling of the whole station; null: no profile says anything.</summary>
    public static decimal? StationLimitW(StationState state, long atMs) =>
        Limits(state, 3, atMs, null)(0, ChargingProfilePurposeType.ChargePointMaxProfile);

    /// <summary>§5.7 GetCompositeSchedule.</summary>
    public static GetCompositeScheduleResponse Composite(Turn turn, GetCompositeScheduleRequest request)
    {
        var (state, nowMs) = (turn.State, turn.NowMs);
        if (turn.Has(Mishaps.Rejects) || request.Duration <= 0 || request.ConnectorId > state.Connectors.Length)
            return new(GetCompositeScheduleStatus.Rejected);
        var connector = state.Connector(request.ConnectorId);
        var given = connector?.Spec.PowerW ?? state.Connectors.Sum(c => (long)c.Spec.PowerW);
        var phases = connector is { Spec.Phases: > 0 } ? connector.Spec.Phases : 3;
        var unit = request.ChargingRateUnit ?? ChargingRateUnitType.W;
        var periods = new List<ChargingSchedulePeriod>();
        foreach (var atMs in Turns(state, nowMs, nowMs + (request.Duration * 1000L)))
        {
            var limit = connector is null ? StationLimitW(state, atMs) : LimitW(state, connector, atMs);
            var watts = Math.Min(limit ?? given, given);
            var worded = decimal.Round(unit == ChargingRateUnitType.W ? watts : watts / (Volts * phases), 1);
            if (periods.Count == 0 || periods[^1].Limit != worded)
                periods.Add(new ChargingSchedulePeriod((int)((atMs - nowMs + 999) / 1000), worded));
        }

        return new(
            GetCompositeScheduleStatus.Accepted, request.ConnectorId, turn.Stamp(nowMs),
            new ChargingSchedule(unit, periods, request.Duration, turn.Stamp(nowMs)));
    }

    private static Func<int, ChargingProfilePurposeType, decimal?> Limits(
        StationState state, int phases, long atMs, long? startedAtMs) => (connector, purpose) => state.Profiles
            .Where(p => p.Connector == connector && p.Profile.ChargingProfilePurpose == purpose)
            .OrderByDescending(p => p.Profile.StackLevel)
            .Select(p => LimitAt(p.Profile, phases == 0 ? 3 : phases, atMs, startedAtMs))
            .FirstOrDefault(limit => limit is not null);

    /// <summary>Null: it says nothing at that moment, so that the next stack level does.</summary>
    private static decimal? LimitAt(ChargingProfile profile, int phases, long atMs, long? startedAtMs)
    {
        var schedule = profile.ChargingSchedule;
        if (profile.ValidFrom?.AtMs > atMs || profile.ValidTo?.AtMs <= atMs) return null;
        if (StartOf(profile, atMs, startedAtMs) is not { } start || start > atMs) return null;
        var elapsed = (atMs - start) / 1000;
        if (elapsed >= schedule.Duration) return null;
        var period = schedule.ChargingSchedulePeriod.LastOrDefault(p => p.StartPeriod <= elapsed);
        if (period is null) return null;
        return schedule.ChargingRateUnit == ChargingRateUnitType.W
            ? period.Limit
            : period.Limit * Volts * (period.NumberPhases ?? phases);
    }

    private static long? StartOf(ChargingProfile profile, long atMs, long? startedAtMs)
    {
        var start = profile.ChargingSchedule.StartSchedule?.AtMs;
        return profile.ChargingProfileKind switch
        {
            ChargingProfileKindType.Relative => startedAtMs ?? atMs, // §7.9: from the transaction's start
            ChargingProfileKindType.Recurring when start is { } first && first <= atMs =>
                atMs - ((atMs - first) % CycleMs(profile)),
            _ => start ?? startedAtMs ?? atMs,
        };
    }

    private static long CycleMs(ChargingProfile profile) =>
        (profile.RecurrencyKind == RecurrencyKindType.Weekly ? 7 : 1) * 86_400_000L;

    /// <summary>Every moment of a time at which the limit may change.</summary>
    private static SortedSet<long> Turns(StationState state, long fromMs, long toMs)
    {
        var turns = new SortedSet<long> { fromMs };
        foreach (var (_, profile) in state.Profiles)
        {
            foreach (var bound in new[] { profile.ValidFrom?.AtMs, profile.ValidTo?.AtMs }) Add(bound);
            var starts = state.Charges.Where(c => c.EndedAtMs is null).Select(c => (long?)c.StartedAtMs)
                .Append(fromMs).Append(null);
            foreach (var start in starts.SelectMany(s => Starts(profile, s)))
            {
                Add(start);
                Add(start + (profile.ChargingSchedule.Duration * 1000L));
                foreach (var period in profile.ChargingSchedule.ChargingSchedulePeriod)
                    Add(start + (period.StartPeriod * 1000L));
            }
        }

        return turns;

        void Add(long? atMs)
        {
            if (atMs is { } at && at > fromMs && at < toMs) turns.Add(at);
        }

        IEnumerable<long> Starts(ChargingProfile profile, long? startedAtMs)
        {
            if (StartOf(profile, fromMs, startedAtMs) is not { } start) yield break;
            yield return start;
            if (profile.ChargingProfileKind != ChargingProfileKindType.Recurring) yield break;
            for (var next = start + CycleMs(profile); next < toMs; next += CycleMs(profile)) yield return next;
        }
    }
}
