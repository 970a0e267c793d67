using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Operators' own doors: signing in and out, their sessions, their password.</summary>
internal sealed class AuthApi(
    SigningIn signingIn, OperatorSessions sessions, Logins logins, PasswordDesk passwords, Committer committer)
{
    private static readonly Shape LoginShape = new(
        "LoginBody",
        Field.Text("email", "As it was invited.", max: 254, min: 1).Must,
        Field.Text("password", max: 200, min: 1).Must);

    private static readonly Shape AcceptShape = new(
        "InvitationBody",
        Field.Text("invitation", "The token of the invitation.", max: 100, min: 1).Must,
        Invitations.Password("password"),
        Field.Text("name", "What the person is called.", max: 200));

    private static readonly Shape PasswordShape = new(
        "PasswordBody",
        Field.Text("current_password", max: 200, min: 1).Must,
        Invitations.Password("new_password"));

    private static readonly (int, string)[] Guarded = [(403, "cross_site"), (429, "too_many_attempts")];

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("POST", "/auth/login", null, signingIn.Login)
        {
            Summary = "Sign an operator in; the answer sets the session's cookie.", Open = true, Creates = false,
            Body = LoginShape, Answer = typeof(SignInResource),
            Refusals = [(401, "unauthenticated"), .. Guarded],
        },
        new("POST", "/auth/accept", null, signingIn.Accept)
        {
            Summary = "Accept an invitation: sets the password and signs in.", Open = true, Creates = false,
            Body = AcceptShape, Answer = typeof(SignInResource), Refusals = Guarded,
        },
        new("POST", "/auth/logout", null, Logout)
        {
            Summary = "Sign out: the session ends on the server and the cookie goes.", OperatorsOnly = true,
            Creates = false,
        },
        new("POST", "/auth/password", null, ChangePassword)
        {
            Summary = "Change your password; every other session ends.", OperatorsOnly = true, Creates = false,
            Body = PasswordShape, Answer = typeof(SignInResource), Refusals = Guarded,
        },
        new("GET", "/auth/sessions", null, ListSessions)
        {
            Summary = "List where you are signed in.", OperatorsOnly = true, Answer = typeof(AdminSessionResource),
            IsList = true,
        },
        new("DELETE", "/auth/sessions/{id}", null, EndSession)
        {
            Summary = "Sign out elsewhere: ends one of your sessions.", OperatorsOnly = true,
            Answer = typeof(AdminSessionResource),
        },
    ];

    private async Task<IResult> Logout(Call call)
    {
        var me = call.Caller.Operator!;
        sessions.Cookie.Clear(call.Http);
        await Commit(call, [sessions.End(me.Id, me.Session)], new AuditChange("admin_session", me.Session, null, null));
        return Success.Ok("You are signed out", "null");
    }

    private async Task<IResult> ListSessions(Call call)
    {
        var mine = await sessions.Of(call.Caller.Operator!, call.Cancel);
        return new Listing(
            $"{mine.Count} of {mine.Count}", [.. mine.Select(Worded)], Page: 1, Limit: 1_000, mine.Count);
    }

    private async Task<IResult> EndSession(Call call)
    {
        var me = call.Caller.Operator!;
        var session = (await sessions.Of(me, call.Cancel)).FirstOrDefault(s => s.Id == call.Id);
        if (session is null) return Refusal.NotFound;
        await Commit(
            call, [sessions.End(me.Id, session.Id)],
            new AuditChange("admin_session", session.Id, Worded(session), null));
        return Success.Ok("Session ended", Worded(session));
    }

    private async Task<IResult> ChangePassword(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var (me, words) = (call.Caller.Operator!, body.Value);
        if (signingIn.Throttle.TakeSource(call.Http) is { } tooMany) return tooMany;
        if (await logins.ById(me.Id, call.Cancel) is not { } login) return Refusal.NotFound;
        var fits = await passwords.Fits((string)words["current_password"]!, login.PasswordHash);
        if (fits is false) return Refusal.Invalid("current_password", "This is not your present password.");
        if (fits is null || await passwords.Hash((string)words["new_password"]!) is not { } hash)
            return SigningIn.Busy;

        signingIn.Throttle.Forgive(call.Http, login.Email);
        var unit = new List<Statement>
        {
            Statement.Of("update operators set password_hash = $2 where id = $1", me.Id, hash),
            sessions.End(me.Id, null),
        };
        var (answer, change) = signingIn.Open(call, login, unit);
        await Commit(call, unit, change);
        return Success.Ok("Password changed; your other sessions have ended", answer);
    }

    private async Task Commit(Call call, List<Statement> unit, AuditChange change)
    {
        unit.AddRange(call.Audit.Rows(change));
        await committer.Commit(unit);
        call.Audit.Kept();
    }

    private static string Worded(AdminSessionResource session) =>
        Wire.Write(session, WireContext.Default.AdminSessionResource);
}
