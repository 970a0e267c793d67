using System.Collections.Immutable;

namespace Voltgate.Domain.Access;

/// <summary>
/// What operators may do, in the words that bind keys too. Admin does everything; Support runs stations and sessions
/// and helps drivers; Viewer reads. A resource that is not named here is the Admin's alone.
/// </summary>
public static class Roles
{
    public const string Admin = "Admin";
    public const string Support = "Support";
    public const string Viewer = "Viewer";

    public static readonly ImmutableArray<string> All = [Admin, Support, Viewer];

    private static readonly ImmutableArray<string> Reads =
    [
        "read:actions", "read:chargestations", "read:connectors", "read:events", "read:load_groups",
        "read:locations", "read:organizations", "read:payments", "read:rates", "read:reservations", "read:sessions",
        "read:tokens", "read:top_ups", "read:users", "read:wallets", "read:webhooks",
    ];

    private static readonly ImmutableArray<string> Runs =
    [
        .. Reads, "write:chargestations", "write:connectors", "write:reservations", "write:sessions",
        "write:tokens", "write:top_ups", "write:users",
    ];

    /// <summary>The scopes of a role; a word that is none has none.</summary>
    public static ImmutableArray<string> ScopesOf(string role) => role switch
    {
        Admin => [Scopes.All],
        Support => Runs,
        Viewer => Reads,
        _ => [],
    };
}
