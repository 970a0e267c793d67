using System.Collections.Immutable;

namespace Voltgate.Domain.Access;

/// <summary>
/// What a key may do: <c>read:users</c>, <c>write:sessions</c>, …, <c>read:*</c>, <c>write:*</c>, or <c>*</c>.
/// </summary>
public static class Scopes
{
    public const string All = "*";

    public static readonly ImmutableArray<string> Resources =
    [
        "actions", "admins", "api_keys", "audit_log", "chargestations", "connectors", "events", "load_groups",
        "locations", "organizations", "payments", "rates", "reservations", "sessions", "tokens", "top_ups", "users",
        "wallets", "webhooks",
    ];

    public static bool IsKnown(string scope)
    {
        if (scope == All) return true;
        var colon = scope.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || scope[..colon] is not ("read" or "write")) return false;
        var resource = scope[(colon + 1)..];
        return resource == "*" || Resources.Contains(resource);
    }

    /// <summary>Whether who holds the first may hand on the second: nobody gives what they do not have.</summary>
    public static bool Cover(ImmutableArray<string> granted, string asked) =>
        asked == All ? granted.Contains(All) : Allow(granted, asked);

    /// <param name="needed">"read:users", …</param>
    public static bool Allow(ImmutableArray<string> granted, string needed)
    {
        var verb = needed[..needed.IndexOf(':', StringComparison.Ordinal)];
        return granted.Contains(All) || granted.Contains(needed) || granted.Contains(verb + ":*");
    }
}
