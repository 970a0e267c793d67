using System.Security.Cryptography;
using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>What signing in needs of an operator's row.</summary>
internal sealed class LoginRow
{
    public string Id { get; init; } = "";

    public string Organization { get; init; } = "";

    public string OrganizationName { get; init; } = "";

    public bool Root { get; init; }

    public string Email { get; init; } = "";

    public string Role { get; init; } = "";

    public string PasswordHash { get; init; } = "";

    public Caller CallerWith(string session) =>
        Caller.Of(Organization, Root, new SignedIn(Id, Email, Role, session));
}

/// <summary>Operators as signing in sees them: by e-mail, by invitation, across organisations.</summary>
internal sealed class Logins(Database database, Entropy entropy)
{
    private const long RememberedMs = 30L * 24 * 3_600_000;

    private const string Select =
        "select o.id as Id, o.organization as Organization, g.name as OrganizationName, g.root as Root, "
        + "o.email as Email, o.role as Role, o.password_hash as PasswordHash "
        + "from operators o join organizations g on g.id = o.organization where o.active and ";

    /// <summary>An active operator, or null.</summary>
    public Task<LoginRow?> ByEmail(string email, CancellationToken cancel) =>
        Find("o.email = @value", email, cancel);

    public Task<LoginRow?> ById(string id, CancellationToken cancel) => Find("o.id = @value", id, cancel);

    /// <summary>Whose open invitation this is, or null.</summary>
    public Task<LoginRow?> ByInvitation(string token, CancellationToken cancel) =>
        Find("o.invitation_hash = @value and o.invitation_until > @now", Authentication.HashOf(token), cancel);

    /// <summary>Whether that account has signed in from there within a month.</summary>
    public async Task<bool> HasComeFrom(string email, string address, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from operators o join operator_sessions s on s.admin = o.id "
            + "where o.email = @email and s.address = @address and s.created_at > @since",
            new { email, address, since = entropy.NowMs - RememberedMs }) > 0;
    }

    /// <summary>Who holds the platform: sign-ins that concern no account are told to it.</summary>
    public async Task<string> RootOrganization(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<string>("select id from organizations where root") ?? "";
    }

    /// <summary>256 random bits for a cookie or an invitation; the store keeps their SHA-256.</summary>
    public static string NewSecret() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private async Task<LoginRow?> Find(string where, string value, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<LoginRow>(
            Select + where, new { value, now = entropy.NowMs });
    }
}
