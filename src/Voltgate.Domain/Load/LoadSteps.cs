namespace Voltgate.Domain.Load;

/// <summary>Where a running session stands on the way to its share.</summary>
/// <param name="BoundW">It may draw that much now, by all that the station may have heard.</param>
/// <param name="ShareW">What the plan gives it.</param>
/// <param name="CanTell">The station can be told now; false: an answer is awaited, or it is away.</param>
public readonly record struct LoadStep(long BoundW, long ShareW, bool CanTell);

/// <summary>
/// The order of the steps: less first, and more only as far as those who got less have confirmed it. What may be drawn
/// together never grows beyond the capacity on the way from one plan to the next.
/// </summary>
public static class LoadSteps
{
    private const long SmallestW = 100;
    private const long SmallestPercent = 5;

    /// <summary>What to tell whom now: index and watts.</summary>
    public static IReadOnlyList<(int Index, long Watts)> Next(long capacityW, IReadOnlyList<LoadStep> steps)
    {
        var next = new List<(int, long)>();
        var room = capacityW - steps.Sum(s => s.BoundW);
        for (var i = 0; i < steps.Count; i++)
            if (steps[i].CanTell && steps[i].ShareW < steps[i].BoundW
                && (room < 0 || steps[i].ShareW == 0 || IsWorthIt(steps[i].BoundW, steps[i].ShareW)))
                next.Add((i, steps[i].ShareW));
        for (var i = 0; i < steps.Count && room > 0; i++)
        {
            if (!steps[i].CanTell || steps[i].ShareW <= steps[i].BoundW) continue;
            var watts = Math.Min(steps[i].ShareW, steps[i].BoundW + room);
            if (!IsWorthIt(steps[i].BoundW, watts)) continue;
            next.Add((i, watts));
            room -= watts - steps[i].BoundW;
        }

        return next;
    }

    /// <summary>A station is not written to, and a vehicle not disturbed, for a few watts.</summary>
    private static bool IsWorthIt(long from, long to) =>
        Math.Abs(to - from) >= Math.Max(SmallestW, from * SmallestPercent / 100);
}
