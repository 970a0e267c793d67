namespace Voltgate.Simulator;

/// <summary>When mishaps in mid-session strike: after which sample of a charge, each once.</summary>
internal static class Troubles
{
    private const int SamplesBefore = 2;

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
            // A register that loses what it counted since the last full 100 kWh.
            turn.Set(connector with { MeterMilliWh = connector.MeterMilliWh / 100_000_000 * 100_000_000 });
            turn.Remark($"connector {number}: the meter falls back");
        }

        if (struck.HasFlag(Mishaps.DropsLink)) turn.Effects.Add(new BreakLink());
        if (struck.HasFlag(Mishaps.Restarts)) StationMachine.Fail(turn);
    }
}
