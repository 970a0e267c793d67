using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Voltgate.Domain.Stations;

/// <summary>
/// The tokens that a station takes by itself (OCPP 1.6 §3.5.2, §5.15): what it is to hold, and what it has confirmed.
/// </summary>
/// <param name="WantedVersion">The list's version once the station holds all of it.</param>
public sealed record TokenList(int WantedVersion, ImmutableArray<ListedToken> Wanted)
{
    /// <summary>Of the actions that bring it to a station.</summary>
    public const string ActionType = "chargestation.local_list";

    /// <summary>What the station has said to hold; null: not known.</summary>
    public int? Version { get; init; }

    /// <summary>The content of that version; null: not known, and the whole list is to be sent.</summary>
    public ImmutableArray<ListedToken>? Held { get; init; }

    /// <summary>What it was told and has not confirmed.</summary>
    public TokenListPart? Sent { get; init; }

    /// <summary>Nobody knows what it has heard, or kept: its version tells, before anything is sent.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>It has been asked for its version.</summary>
    public bool IsAsked { get; init; }

    /// <summary>The action that ends with the list's arrival.</summary>
    public string? Action { get; init; }

    /// <summary>Why it is not told again before its next boot.</summary>
    public string? Fault { get; init; }

    [JsonIgnore]
    public bool IsCurrent => Version == WantedVersion && Held is { } held && Changes(held, Wanted).IsEmpty;

    /// <summary>The list with some changes: a token without a verdict leaves it.</summary>
    public static ImmutableArray<ListedToken> Changed(
        ImmutableArray<ListedToken> list, IEnumerable<ListedToken> changes)
    {
        var byTag = list.ToDictionary(t => t.IdTag, StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes)
            if (change.Verdict is null) byTag.Remove(change.IdTag);
            else byTag[change.IdTag] = change;
        return [.. byTag.Values];
    }

    /// <summary>What makes one list of the other, those that leave first: a full list has no room for more.</summary>
    public static ImmutableArray<ListedToken> Changes(
        ImmutableArray<ListedToken> from, ImmutableArray<ListedToken> to)
    {
        var had = from.ToDictionary(t => t.IdTag, StringComparer.OrdinalIgnoreCase);
        var stays = to.Select(t => t.IdTag).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. from.Where(t => !stays.Contains(t.IdTag)).Select(
                t => new ListedToken(t.IdTag, null) { Type = t.Type }),
            .. to.Where(t => !had.TryGetValue(t.IdTag, out var was) || was with { IdTag = t.IdTag } != t),
        ];
    }
}

/// <summary>One message of a list.</summary>
/// <param name="Version">
/// The list's after it; 0: what it held has been erased here, so nothing is known after it.
/// </param>
public sealed record TokenListPart(int Version, bool IsFull, ImmutableArray<ListedToken> Tokens);
