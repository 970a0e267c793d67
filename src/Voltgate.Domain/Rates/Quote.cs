using System.Collections.Immutable;

namespace Voltgate.Domain.Rates;

/// <summary>A stretch of a charge that somebody wants to know the price of; energy flows evenly over it.</summary>
/// <param name="Drawing">The vehicle draws energy; else it is plugged in and does not.</param>
public sealed record Stretch(long FromMs, long ToMs, Energy Energy, bool Drawing);

/// <summary>What a charge would cost that never was: booked and billed as a session is.</summary>
public static class Quote
{
    /// <param name="stretches">At least one, in the order of time, each beginning where the one before ended.</param>
    public static Bill Of(RatePlan plan, TimeZoneInfo zone, ImmutableArray<Stretch> stretches)
    {
        var usage = Usage.Begin(plan, zone, stretches[0].FromMs);
        foreach (var (fromMs, toMs, energy, drawing) in stretches)
        {
            usage = Usage.AddTime(plan, zone, usage, fromMs, toMs, drawing);
            usage = Usage.AddEnergy(plan, zone, usage, fromMs, toMs, energy);
        }

        return Cost.Of(plan, usage, stretches[0].FromMs, stretches[^1].ToMs);
    }
}
