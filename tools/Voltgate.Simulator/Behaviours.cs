using System.Collections.Immutable;

namespace Voltgate.Simulator;

/// <summary>The names of what a station may do wrong, as people write them.</summary>
public static class Behaviours
{
    public const string Good = "good";
    public const string Mixed = "mixed";

    /// <summary>Each name and what it means, in the order in which they are explained.</summary>
    public static readonly ImmutableArray<(string Name, Mishaps Mishaps, string Meaning)> All =
    [
        (Good, Mishaps.None, "does everything right"),
        ("drops", Mishaps.DropsLink, "loses the connection in mid-session and queues meanwhile"),
        ("lost-answers", Mishaps.LosesAnswers, "never hears the first answers to its start and its stop"),
        ("duplicates", Mishaps.Duplicates, "sends each transaction message twice"),
        ("new-ids", Mishaps.LosesAnswers | Mishaps.NewIdsOnRetry, "retries under new message ids"),
        ("repeated-ids", Mishaps.RepeatsIds | Mishaps.DropsLink, "counts message ids from 1 on each connection"),
        ("restarts", Mishaps.Restarts, "loses power in mid-session"),
        ("rollback", Mishaps.MeterRollsBack, "has a meter that falls back"),
        ("clock-1970", Mishaps.Clock1970, "believes that it is 1970"),
        ("never-stops", Mishaps.NeverStops, "forgets the StopTransaction"),
        ("rejects", Mishaps.Rejects, "answers every command Rejected"),
        ("silent", Mishaps.Silent, "answers no command"),
    ];

    /// <summary>What this name, or these names with commas between them, mean; null: a name is unknown.</summary>
    /// <param name="station">Which station of a fleet, from 1: mixed deals out one behaviour after the other.</param>
    public static Mishaps? Parse(string names, int station)
    {
        var sum = Mishaps.None;
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == Mixed) sum |= MixedFor(station);
            else if (All.FirstOrDefault(b => b.Name == name) is { Name: not null } known) sum |= known.Mishaps;
            else return null;
        }

        return sum;
    }

    // Every second station is good, the others take turns.
    private static Mishaps MixedFor(int station) =>
        station % 2 == 1 ? Mishaps.None : All[1 + (((station / 2) - 1) % (All.Length - 1))].Mishaps;
}
