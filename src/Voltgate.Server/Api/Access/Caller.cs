using System.Collections.Immutable;

namespace Voltgate.Server.Api;

/// <summary>Who asks: the tenant, the key or operator, and what it allows.</summary>
/// <param name="IsRoot">The organisation is the root one, which may make others.</param>
internal sealed record Caller(
    string Organization, bool IsRoot, string Key, string KeyName, ImmutableArray<string> Scopes)
{
    /// <summary>On routes that ask for no credential.</summary>
    public static readonly Caller Nobody = new("", IsRoot: false, "", "", []);

    /// <summary>For whatever is counted or written down of one caller: the operator's id, else the key's.</summary>
    public string Id => Operator?.Id ?? Key;

    /// <summary>The public id of the secret that was presented: during a rotation a key has two.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>An operator who signed in; null: a key.</summary>
    public SignedIn? Operator { get; init; }

    public bool May(string scope) => Domain.Access.Scopes.Allow(Scopes, scope);

    /// <summary>The operator's access is the role's.</summary>
    public static Caller Of(string organization, bool isRoot, SignedIn signedIn) =>
        new(organization, isRoot, "", "", Domain.Access.Roles.ScopesOf(signedIn.Role)) { Operator = signedIn };
}

/// <summary>An operator behind a session. Session: its <c>_id</c>; empty while there is none yet.</summary>
internal sealed record SignedIn(string Id, string Email, string Role, string Session);
