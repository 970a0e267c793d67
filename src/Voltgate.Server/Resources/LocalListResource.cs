using System.ComponentModel;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Resources;

/// <summary>A station's list of tokens: what it has confirmed, and what it is to have.</summary>
/// <param name="Status">none, current, pending, unknown (its version is asked for, or not known), failed.</param>
/// <param name="Version">What the station has confirmed; null: not known.</param>
/// <param name="Failure">What the station answered last, where it did not take the list.</param>
internal sealed record LocalListResource(
    string Status,
    int? Version,
    int? WantedVersion,
    [property: Description("Items that the station is to hold.")] int Tokens,
    string? Failure)
{
    public static LocalListResource Of(TokenList? list) => list is null
        ? new("none", null, null, 0, null)
        : new(StatusOf(list), list.Version, list.WantedVersion, list.Wanted.Length, list.Fault);

    private static string StatusOf(TokenList list) =>
        list.Fault is not null ? "failed"
        : list.IsCurrent && list.Sent is null ? "current"
        : list.IsInDoubt || list.IsAsked || list.Held is null && list.Sent is null ? "unknown"
        : "pending";
}
