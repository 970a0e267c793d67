namespace Voltgate.Simulator;

/// <summary>When mishaps in mid-session strike: after which sample of a charge, each once.</summary>
internal static class Troubles
{
    private const int SamplesBefore = 2;
    private const long RollbackMilliWh = 100_000_000;

    public static void Strike(Turn turn, int number)
    {
        var connector = turn.State.Connector(number)!;
        if (turn.State.ChargeOf(connector.Local) is not { Samples: >= SamplesBefore } charge) return;
        var struck = turn.Options.Mishaps & ~charge.Suffered
            & (Mishaps.DropsLink | Mishaps.MeterRollsBack | Mishaps.Restarts);
        if (struck == Mishaps.None) return;
        turn.Set(charge with { Suffered = charge.Suffered | struck });

        if (struck.HasFlag(Mishaps.MeterRollsBack))
        {
            // So far that no session climbs up again: that would be a drop-out, not a rollback (quirk 37).
            turn.Set(connector with { MeterMilliWh = Math.Max(0, connector.MeterMilliWh - RollbackMilliWh) });
            turn.Remark($"connector {number}: the meter falls back");
        }

        if (struck.HasFlag(Mishaps.DropsLink)) turn.Effects.Add(new BreakLink());
        if (struck.HasFlag(Mishaps.Restarts)) StationMachine.Fail(turn);
    }
}
