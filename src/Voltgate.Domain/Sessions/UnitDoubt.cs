using Voltgate.Domain.Stations;

namespace Voltgate.Domain.Sessions;

/// <summary>
/// Registers in kWh that are labelled Wh, and the other way round: a thousand times too little or too much.
/// </summary>
internal static class UnitDoubt
{
    private const int Factor = 1_000;

    /// <summary>A register below this is soon reached by one that was reset: nothing is read into it.</summary>
    private static readonly Energy Telling = new(10_000_000);

    /// <summary>Registers are cut to whole kWh by some; a misread one may lie this much below the last.</summary>
    private static readonly Energy Coarseness = new(1_000_000);

    /// <summary>The register as it must have been meant, given the last one and what can have flowed since.</summary>
    public static Energy Reading(Energy last, Energy register, Energy mostSince)
    {
        if (last >= Telling && register < last)
        {
            var larger = new Energy(register.MilliWh > long.MaxValue / Factor ? 0 : register.MilliWh * Factor);
            if (larger >= last - Coarseness && larger <= last + mostSince) return larger < last ? last : larger;
        }

        if (register - last <= mostSince) return register;
        var smaller = new Energy(register.MilliWh / Factor);
        return smaller >= last && smaller <= last + mostSince ? smaller : register;
    }

    /// <summary>
    /// Between two readings with power, the register rose by about a thousandth, or a thousandfold, of what the power
    /// says. Which of the two is mislabelled nobody can tell: a person looks.
    /// </summary>
    public static bool Contradicts(Session before, EnergyReport now, Energy register)
    {
        if (before.Report?.PowerMilliW is not { } from || now.PowerMilliW is not { } to) return false;
        if (before.LastMeter is not { } last || before.LastMeterAtMs != before.Report.AtMs) return false;
        var ms = now.AtMs - before.LastMeterAtMs;
        if (from <= 0 || to <= 0 || register <= last || ms < 30_000) return false;
        var byPower = ((Int128)from + to) / 2 * ms / 3_600_000; // mW x ms / 3 600 000 = milli-Wh
        var told = (Int128)(register - last).MilliWh;
        return told * (2 * Factor) >= byPower && told * (Factor / 2) <= byPower
            || told >= byPower * (Factor / 2) && told <= byPower * (2 * Factor);
    }
}
