using System.Collections.Immutable;

namespace Voltgate.Server.Api;

/// <summary>Who asks: the tenant, the key that was used, and what it allows.</summary>
/// <param name="IsRoot">The organisation is the root one, which may make others.</param>
internal sealed record Caller(
    string Organization, bool IsRoot, string Key, string KeyName, ImmutableArray<string> Scopes)
{
    /// <summary>On routes that ask for no credential.</summary>
    public static readonly Caller Nobody = new("", IsRoot: false, "", "", []);

    public bool May(string scope) => Domain.Access.Scopes.Allow(Scopes, scope);
}
