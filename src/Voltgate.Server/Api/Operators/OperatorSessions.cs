using Dapper;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Operators' sessions. Each is a row that is asked for with every request, so that an end holds at once and in every
/// process; the cookie holds a secret and the row its hash.
/// </summary>
internal sealed class OperatorSessions(
    Database database, Committer committer, SessionCookie cookie, Entropy entropy, ServerOptions options)
{
    private const long MinuteMs = 60_000;
    private const long KeptMs = 30L * 24 * 3_600_000;
    private const int LongestAgent = 300;

    private const string Living =
        "s.ended_at is null and s.expires_at > @now and s.last_seen_at > @idle";

    private static readonly Refusal Over = Refusal.Unauthenticated("You are signed out; sign in again.");

    public SessionCookie Cookie => cookie;

    /// <summary>Who is behind the request's cookie; null: it has none.</summary>
    public async Task<Outcome<Caller>?> Identify(HttpContext http, ApiRoute route)
    {
        if (cookie.Read(http) is not { Length: > 0 } secret) return null;
        if (route.Writes && cookie.Unmeant(http) is { } unmeant) return unmeant;
        var now = entropy.NowMs;
        await using var connection = await database.Open(http.RequestAborted);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "select s.id as Session, s.last_seen_at as LastSeenAt, o.id as Admin, o.email as Email, o.role as Role, "
            + "o.organization as Organization, g.root as Root from operator_sessions s "
            + "join operators o on o.id = s.admin join organizations g on g.id = o.organization "
            + "where s.secret_hash = @hash and o.active and " + Living,
            new { hash = Authentication.HashOf(secret), now, idle = now - IdleMs });
        if (row is null) return Over;
        if (now - row.LastSeenAt >= MinuteMs) await Touch(row.Session, now);
        return Caller.Of(row.Organization, row.Root, new SignedIn(row.Admin, row.Email, row.Role, row.Session));
    }

    /// <summary>Adds a new session to the commit and sets its cookie; one that the browser had before ends.</summary>
    public WireTime Start(HttpContext http, List<Statement> unit, string admin, string session)
    {
        var (now, secret) = (entropy.NowMs, Logins.NewSecret());
        var until = now + (options.Operators.SessionHours * 3_600_000L);
        var agent = http.Request.Headers.UserAgent.ToString();
        if (cookie.Read(http) is { Length: > 0 } old)
            unit.Add(Statement.Of(
                "update operator_sessions set ended_at = $2 where secret_hash = $1 and ended_at is null",
                Authentication.HashOf(old), now));
        unit.Add(Statement.Of(
            "insert into operator_sessions (id, organization, admin, secret_hash, address, user_agent, created_at, "
            + "last_seen_at, expires_at) select $1, organization, id, $3, $4, $5, $6, $6, $7 from operators "
            + "where id = $2",
            session, admin, Authentication.HashOf(secret), AddressOf(http),
            agent.Length > LongestAgent ? agent[..LongestAgent] : agent, now, until));
        unit.Add(Statement.Of("update operators set last_login_at = $2 where id = $1", admin, now));
        unit.Add(Statement.Of(
            "delete from operator_sessions where admin = $1 and created_at < $2", admin, now - KeptMs));
        cookie.Set(http, secret, TimeSpan.FromHours(options.Operators.SessionHours));
        return new WireTime(until);
    }

    /// <summary>Ends one session, or with a null all of them.</summary>
    public Statement End(string admin, string? session) => session is null
        ? Statement.Of(
            "update operator_sessions set ended_at = $2 where admin = $1 and ended_at is null", admin, entropy.NowMs)
        : Statement.Of(
            "update operator_sessions set ended_at = $3 where admin = $1 and id = $2 and ended_at is null",
            admin, session, entropy.NowMs);

    public async Task<IReadOnlyList<AdminSessionResource>> Of(SignedIn admin, CancellationToken cancel)
    {
        var now = entropy.NowMs;
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<ListedSession>(
            "select s.id as Id, s.address as Address, s.user_agent as UserAgent, s.created_at as CreatedAt, "
            + "s.last_seen_at as LastSeenAt, s.expires_at as ExpiresAt from operator_sessions s "
            + "where s.admin = @admin and " + Living + " order by s.created_at desc, s.id desc limit 1000",
            new { admin = admin.Id, now, idle = now - IdleMs });
        return [.. rows.Select(r => new AdminSessionResource
        {
            Id = r.Id, Current = r.Id == admin.Session, Address = r.Address, UserAgent = r.UserAgent,
            LastSeenAt = new WireTime(r.LastSeenAt), ExpiresAt = new WireTime(r.ExpiresAt),
            CreatedAt = new WireTime(r.CreatedAt),
        })];
    }

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    private long IdleMs => options.Operators.SessionIdleMinutes * MinuteMs;

    private async Task Touch(string session, long now)
    {
        try
        {
            await committer.Commit(
            [
                Statement.Of(
                    "update operator_sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2", session, now),
            ]);
        }
        catch (StoreUnavailableException)
        {
            // Reading goes on while the store takes no writes; the session then only seems idle for longer.
        }
    }

    private sealed class Row
    {
        public string Session { get; init; } = "";

        public long LastSeenAt { get; init; }

        public string Admin { get; init; } = "";

        public string Email { get; init; } = "";

        public string Role { get; init; } = "";

        public string Organization { get; init; } = "";

        public bool Root { get; init; }
    }

    private sealed class ListedSession
    {
        public string Id { get; init; } = "";

        public string Address { get; init; } = "";

        public string UserAgent { get; init; } = "";

        public long CreatedAt { get; init; }

        public long LastSeenAt { get; init; }

        public long ExpiresAt { get; init; }
    }
}
