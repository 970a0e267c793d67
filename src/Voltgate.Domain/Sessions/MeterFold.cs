using Voltgate.Domain.Rates;
using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>
/// What a register reading adds to a session. A register that falls begins a new segment, one that leaps is capped by
/// physics; both are flagged, neither makes a bill negative or absurd (reliability D16).
/// </summary>
public static class MeterFold
{
    /// <summary>Where a connector's power is not known: no public charger exceeds this.</summary>
    private const long LimitW = 1_000_000;

    /// <summary>A reading's clock may be off by this much against the energy's.</summary>
    private const long SlackMs = StationTime.ToleranceMs;

    private const long DayMs = 86_400_000;

    private const long YearMs = 366 * DayMs;

    public static Session Take(Session session, EnergyReport report, MeterReading reading, long? connectorPowerW)
    {
        var meter = report.Meter ?? ByInterval(session, reading, report.AtMs);
        // Of two registers at one instant the higher one counts (quirk 42).
        var isLate = report.AtMs < session.LastMeterAtMs
            || report.AtMs == session.LastMeterAtMs && meter < session.LastMeter;
        if (meter is { } register && !isLate && !IsBeginNoise(session, reading, register))
        {
            if (UnitDoubt.Contradicts(session, report, register)) session = Flag(session, "unit");
            // What intervals add is counted from nothing.
            if (report.Meter is null && session.LastMeter is null)
                session = session with { MeterStart = Energy.Zero, LastMeter = Energy.Zero };
            session = Advance(session, register, report.AtMs, connectorPowerW);
            if (report.Meter is not null) report = report with { Meter = session.LastMeter };
        }

        if (isLate && (session.Report is not null || report.AtMs < session.StartedAtMs))
            return session; // stored, but not news

        session = session with
        {
            Report = Merge(session.Report, report, session.LastMeter),
            PeakPowerMilliW = Math.Max(session.PeakPowerMilliW, report.PowerMilliW ?? 0),
        };
        return Watch(session, report);
    }

    /// <summary>The register at the end of the transaction.</summary>
    public static Session Advance(Session session, Energy register, long atMs, long? connectorPowerW)
    {
        // Without a clock nobody knows how long it took: a queue of a day is played back in a second.
        var elapsedMs = atMs - session.LastMeterAtMs;
        var cap = Cap(session.Review.Contains("clock") ? Math.Max(elapsedMs, DayMs) : elapsedMs, connectorPowerW);
        if (session.MeterStart is null) session = Begin(session, register, atMs, cap);
        var from = session.LastMeter ?? register;
        if (session.MeterBeforeDrop is { } before && register >= before) from = before; // quirk 37: a drop-out
        if (UnitDoubt.Reading(from, register, cap) is var meant && meant != register)
            (session, register) = (Flag(session, "unit"), meant);
        var delta = register - from;
        if (delta < Energy.Zero)
        {
            session = Flag(session, "meter_rollback") with { MeterBeforeDrop = session.MeterBeforeDrop ?? from };
            delta = Energy.Zero;
        }
        else if (register > session.LastMeter)
        {
            session = session with { MeterBeforeDrop = null };
        }

        if (delta > cap)
        {
            session = Flag(session, "meter_jump");
            delta = cap;
        }

        session = ActivityFold.Book(session, atMs, delta > Energy.Zero);
        return session with
        {
            LastMeter = register,
            LastMeterAtMs = Math.Max(session.LastMeterAtMs, atMs),
            Consumed = session.Consumed + delta,
            Usage = delta == Energy.Zero ? session.Usage : Rates.Usage.AddEnergy(
                Tariffing.PlanOf(session), Tariffing.ZoneOf(session), session.Usage, session.LastMeterAtMs,
                Math.Max(session.LastMeterAtMs, atMs), delta),
        };
    }

    /// <summary>
    /// The first register of a session that began without one. One that can have flowed since then counts from nothing;
    /// of any other nobody knows what flowed before it.
    /// </summary>
    private static Session Begin(Session session, Energy register, long atMs, Energy cap)
    {
        if (register <= cap) return session with { MeterStart = Energy.Zero, LastMeter = Energy.Zero };
        session = session with { MeterStart = register, LastMeter = register };
        return atMs - session.StartedAtMs > SlackMs ? Flag(session, "start_register_missing") : session;
    }

    public static Session Flag(Session session, string why) => session.Review.Contains(why)
        ? session
        : ActivityFold.WithoutDoubtfulIdle(session with { Review = session.Review.Add(why) });

    private static Energy Cap(long elapsedMs, long? connectorPowerW)
    {
        var watts = (connectorPowerW is > 0 and { } known ? known : LimitW) * 11 / 10;
        var ms = Math.Min(Math.Max(elapsedMs, 0), YearMs) + SlackMs;
        return new Energy((long)((Int128)watts * ms / 3600)); // W x ms / 3600 = milli-Wh
    }

    // Quirk 37: some registers drop to 0 in the reading at Transaction.Begin.
    private static bool IsBeginNoise(Session session, MeterReading reading, Energy register) =>
        session.LastMeter is { } last && register < last
        && reading.Samples.Any(
            s => s.Measurand == Measurand.EnergyActiveImportRegister && s.Context == ReadingContext.Begin);

    // An interval ends after the last reading; one that does not was counted before.
    private static Energy? ByInterval(Session session, MeterReading reading, long atMs) =>
        atMs > session.LastMeterAtMs && ReadingFold.Interval(reading) is { } interval
            ? (session.LastMeter ?? Energy.Zero) + interval
            : null;

    private static EnergyReport Merge(EnergyReport? before, EnergyReport now, Energy? register) => now with
    {
        CurrentMilliA = now.CurrentMilliA ?? before?.CurrentMilliA,
        PowerMilliW = now.PowerMilliW ?? before?.PowerMilliW,
        VoltageMilliV = now.VoltageMilliV ?? before?.VoltageMilliV,
        Meter = now.Meter ?? register,
        StateOfCharge = now.StateOfCharge ?? before?.StateOfCharge,
    };

    /// <summary>Since when the power has been under 2 % of the session's peak.</summary>
    private static Session Watch(Session session, EnergyReport report)
    {
        if (report.PowerMilliW is not { } power) return session;
        var isLow = session.PeakPowerMilliW > 0 && power * 50 < session.PeakPowerMilliW;
        if (!isLow) return session.LowPowerSinceMs is null ? session : session with { LowPowerSinceMs = null };
        return session.LowPowerSinceMs is null ? session with { LowPowerSinceMs = report.AtMs } : session;
    }
}
