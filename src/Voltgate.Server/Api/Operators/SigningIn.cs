using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>
/// Opens sessions: for a password, or for an invitation that sets one. An unknown account, a wrong password and one
/// that was never set are answered alike and cost alike (reliability A08).
/// </summary>
internal sealed class SigningIn(
    ResourceStore store, SignInThrottle throttle, Logins logins, PasswordDesk passwords, OperatorSessions sessions)
{
    public static readonly Refusal Busy = SignInThrottle.TooMany(TimeSpan.FromSeconds(5));

    private static readonly Refusal Wrong = Refusal.Unauthenticated("The e-mail address or the password is wrong.");

    public SignInThrottle Throttle => throttle;

    public async Task<IResult> Login(Call call)
    {
        if (sessions.Cookie.FromElsewhere(call.Http) is { } foreign) return foreign;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var email = ((string)body.Value["email"]!).ToLowerInvariant();
        if (throttle.TakeSource(call.Http) is { } tooMany) return tooMany;
        var isFamiliar = await logins.HasComeFrom(email, OperatorSessions.AddressOf(call.Http), call.Cancel);
        if (!isFamiliar && throttle.TakeAccount(email) is { } tooManyOfIt) return tooManyOfIt;

        var login = await logins.ByEmail(email, call.Cancel);
        var fits = await passwords.Fits((string)body.Value["password"]!, login?.PasswordHash);
        if (fits is null) return Busy;
        if (!fits.Value) return await Refuse(call, login);
        throttle.Forgive(call.Http, email);
        return await Welcome(call, login!);
    }

    public async Task<IResult> Accept(Call call)
    {
        if (sessions.Cookie.FromElsewhere(call.Http) is { } foreign) return foreign;
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        if (throttle.TakeSource(call.Http) is { } tooMany) return tooMany;
        var token = (string)body.Value["invitation"]!;
        if (await logins.ByInvitation(token, call.Cancel) is not { } login) return Invitations.Void;
        if (await passwords.Hash((string)body.Value["password"]!) is not { } hash) return Busy;

        throttle.Forgive(call.Http, login.Email);
        call.Become(login.CallerWith(""));
        var fields = new JsonObject { ["invited"] = false };
        if (body.Value["name"] is { } name) fields["name"] = name.DeepClone();
        var answer = "";
        var changed = await store.Update(AdminsApi.Kind, call, login.Id, fields, (_, unit) =>
        {
            unit.Insert(0, Invitations.Use(login.Id, token, hash));
            unit.Add(sessions.End(login.Id, null));
            answer = Open(call, login, unit).Answer;
            return Task.FromResult<Refusal?>(null);
        });
        if (changed.Holds) return Success.Ok("Welcome; your password is set", answer);
        sessions.Cookie.Clear(call.Http);
        return ReferenceEquals(changed.Refusal, Refusal.Raced) ? Invitations.Void : changed.Refusal;
    }

    /// <summary>Adds a session to the commit; the answer that tells of it, and what the audit log says.</summary>
    public (string Answer, AuditChange Change) Open(Call call, LoginRow login, List<Statement> unit)
    {
        var session = store.NewId();
        var until = sessions.Start(call.Http, unit, login.Id, session);
        var caller = login.CallerWith(session);
        var answer = Wire.Write(
            new SignInResource(
                new MeAdmin(login.Id, login.Email, login.Role, caller.Scopes),
                new MeOrganization(login.Organization, login.OrganizationName), until),
            WireContext.Default.SignInResource);
        return (answer, new AuditChange("admin_session", session, null, answer));
    }

    private async Task<IResult> Welcome(Call call, LoginRow login)
    {
        call.Become(login.CallerWith(""));
        var unit = new List<Statement>();
        var (answer, change) = Open(call, login, unit);
        unit.AddRange(call.Audit.Rows(change));
        await store.Commit(call, unit);
        return Success.Ok("You are signed in", answer);
    }

    /// <summary>
    /// Both kinds of failure write a row: of the account in its organisation, of none in the root one. Else the time of
    /// the answer would tell which it was. What was typed is not kept: it may be a password.
    /// </summary>
    private async Task<IResult> Refuse(Call call, LoginRow? login)
    {
        var root = await logins.RootOrganization(call.Cancel);
        call.Become(login?.CallerWith("") ?? Caller.Nobody with { Organization = root });
        await store.Commit(call, [.. call.Audit.Rows(new AuditChange("admin", login?.Id, null, null), Wrong.Code)]);
        return Wrong;
    }
}
