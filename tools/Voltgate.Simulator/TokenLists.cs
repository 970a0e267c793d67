using System.Collections.Immutable;
using Voltgate.Ocpp.V16;

namespace Voltgate.Simulator;

/// <summary>The list of tokens that the station takes by itself (OCPP 1.6 §3.5.2, §5.10, §5.15).</summary>
internal static class TokenLists
{
    public static readonly ImmutableDictionary<string, IdTagInfo> None =
        ImmutableDictionary.Create<string, IdTagInfo>(StringComparer.OrdinalIgnoreCase);

    public static SendLocalListResponse Take(Turn turn, SendLocalListRequest request)
    {
        var state = turn.State;
        var isFull = request.UpdateType == UpdateType.Full;
        var changes = request.LocalAuthorizationList ?? [];
        if (turn.Has(Mishaps.Rejects) || request.ListVersion <= 0
            || changes.Count > turn.Seconds(Configuration.SendLocalListMaxLength, 50)
            || (isFull && changes.Any(c => c.IdTagInfo is null))) return new(UpdateStatus.Failed);
        if (!isFull && request.ListVersion <= state.ListVersion) return new(UpdateStatus.VersionMismatch);
        var list = changes.Aggregate(
            isFull ? None : state.List,
            (had, c) => c.IdTagInfo is { } told ? had.SetItem(c.IdTag, told) : had.Remove(c.IdTag));
        if (list.Count > turn.Seconds(Configuration.LocalAuthListMaxLength, 1_000)) return new(UpdateStatus.Failed);
        turn.State = state with { List = list, ListVersion = request.ListVersion };
        return new(UpdateStatus.Accepted);
    }

    /// <summary>Whether the list turns a tag away; one that is not on it is no business of the list.</summary>
    public static bool TurnsAway(Turn turn, string idTag) =>
        turn.Flag(Configuration.LocalAuthListEnabled) && turn.State.List.TryGetValue(idTag, out var told)
        && (told.Status != AuthorizationStatus.Accepted || told.ExpiryDate?.AtMs <= turn.NowMs);
}
