using System.Text.Json.Nodes;
using Voltgate.Domain.Access;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Operators: invited, listed, changed, deleted. What they may do is their role's.</summary>
internal sealed class AdminsApi(
    ResourceStore store, ListReader lists, Invitations invitations, OperatorSessions sessions)
{
    private static readonly ResourceTable Table = new("operators", "email", "role", "active");
    private static readonly ResourceTable Whole = new("operators", "email", "role", "active", "password_hash");

    public static readonly ResourceKind<AdminResource> Kind = new(
        "admin", Table, WireContext.Default.AdminResource, a => [a.Email, a.Role, a.Active]);

    private static readonly Field Role = Field.Word(
        "role", Roles.All, "Admin does everything, Support runs stations and sessions, Viewer reads.");

    private static readonly Shape NewShape = new(
        "AdminBody", Fields.Email.Must, Field.Text("name", max: 200), Role.Must, Field.MetaData);

    private static readonly Shape Shape = new(
        "AdminChange", Field.Text("name", max: 200), Role,
        Field.Flag("active", "False ends every session and refuses new ones."), Field.MetaData);

    private static readonly ListSpec List = new(
        "operators", Filter.Text("email"), Filter.Word("role", Roles.All), Filter.Flag("active"))
    {
        Sorts = new Dictionary<string, string> { ["email"] = "email", ["lastLoginAt"] = "last_login_at" },
        Select = "t.id as Id, t.body as Body, t.created_at as CreatedAt, t.updated_at as UpdatedAt, "
            + "t.last_login_at as LastLoginAt",
    };

    private static readonly Refusal Own = Refusal.Conflict(
        "own_account", "Nobody takes away their own access; ask another Admin.");

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/admins", "read:admins", ListAll)
        {
            Summary = "List operators.", List = List, Answer = typeof(AdminResource),
        },
        new("POST", "/admins", "write:admins", Create)
        {
            Summary = "Invite an operator, by mail where mail is set up; the link in invitation is shown this once.",
            Body = NewShape, Answer = typeof(AdminResource), Refusals = [(409, "admin_exists")],
        },
        new("GET", "/admins/{id}", "read:admins", Get)
        {
            Summary = "Read an operator.", Answer = typeof(AdminResource),
        },
        new("PATCH", "/admins/{id}", "write:admins", Update)
        {
            Summary = "Change an operator; a new role holds at once.", Body = Shape, Answer = typeof(AdminResource),
            Refusals = [(409, "own_account")],
        },
        new("DELETE", "/admins/{id}", "write:admins", Delete)
        {
            Summary = "Delete an operator; every session ends.", Answer = typeof(AdminResource),
            Refusals = [(409, "own_account")],
        },
        new("POST", "/admins/{id}/invite", "write:admins", Invite)
        {
            Summary = "Invite once more: for a link that ran out or a password that was forgotten.",
            Answer = typeof(AdminResource), Fresh = true, Refusals = [(409, "conflict")],
        },
    ];

    private Task<IResult> ListAll(Call call) => lists.Read<Row>(
        call, List, (rows, _) => Task.FromResult<IReadOnlyList<string>>([.. rows.Select(Worded)]));

    private async Task<IResult> Create(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = body.Value;
        if (Beyond(call, (string)fields["role"]!) is { } refusal) return refusal;
        fields["email"] = ((string)fields["email"]!).ToLowerInvariant();
        (fields["active"], fields["invited"]) = (true, true);

        var invitation = invitations.New();
        call.Audit.Shows("invitation");
        var made = await store.Create(
            Kind, call.Organization, fields, call.Audit,
            also: (admin, unit) =>
            {
                invitations.Add(unit, admin, invitation);
                return Task.FromResult<Refusal?>(null);
            },
            insert: a => Whole.Insert(a.Row, a.Resource.Email, a.Resource.Role, a.Resource.Active, ""));
        return made.Holds
            ? Success.Created(
                "Operator invited; hand over the link, it is not shown again", Shown(made.Value.Resource, invitation))
            : made.Refusal;
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        var (row, last) = (found.Value.Row, await store.Scalar(
            call, "select last_login_at from operators", call.Id));
        var updated = await store.Scalar(call, "select updated_at from operators", call.Id);
        return Success.Ok("Operator", Worded(new Row
        {
            Body = row.Body, CreatedAt = row.CreatedAt, UpdatedAt = updated ?? row.CreatedAt, LastLoginAt = last,
        }));
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var fields = body.Value;
        if (await Judge(call, (string?)fields["role"]) is { } refusal) return refusal;
        var losesAccess = fields.ContainsKey("role") || (bool?)fields["active"] == false;
        if (losesAccess && call.Caller.Operator?.Id == call.Id) return Own;
        var changed = await store.Update(Kind, call, call.Id, fields, (admin, unit) =>
        {
            if (!admin.Resource.Active) unit.Add(sessions.End(admin.Row.Id, null));
            return Task.FromResult<Refusal?>(null);
        });
        return changed.Holds ? Success.Ok("Operator updated", changed.Value.Body) : changed.Refusal;
    }

    private async Task<IResult> Delete(Call call)
    {
        if (await Judge(call, null) is { } refusal) return refusal;
        if (call.Caller.Operator?.Id == call.Id) return Own;
        var gone = await store.Delete(Kind, call, call.Id, (admin, unit) =>
        {
            unit.Add(sessions.End(admin.Row.Id, null));
            return Task.FromResult<Refusal?>(null);
        });
        return gone.Holds ? Success.Ok("Operator deleted", gone.Value.Body) : gone.Refusal;
    }

    private async Task<IResult> Invite(Call call)
    {
        if (await Judge(call, null) is { } refusal) return refusal;
        var invitation = invitations.New();
        call.Audit.Shows("invitation");
        var changed = await store.Update(Kind, call, call.Id, [], (admin, unit) =>
        {
            invitations.Add(unit, admin, invitation);
            return Task.FromResult<Refusal?>(null);
        });
        return changed.Holds
            ? Success.Ok(
                "Operator invited; hand over the link, it is not shown again",
                Shown(changed.Value.Resource, invitation))
            : changed.Refusal;
    }

    /// <summary>Who may do less than the other is or shall be, cannot change the other.</summary>
    private async Task<Refusal?> Judge(Call call, string? role)
    {
        var found = await store.Find(Kind, call, call.Id);
        if (!found.Holds) return found.Refusal;
        return Beyond(call, found.Value.Resource.Role) ?? (role is null ? null : Beyond(call, role));
    }

    private static Refusal? Beyond(Call call, string role)
    {
        foreach (var scope in Roles.ScopesOf(role))
            if (!Scopes.Cover(call.Caller.Scopes, scope)) return Refusal.Forbidden(scope);
        return null;
    }

    private static string Shown(AdminResource admin, InvitationResource invitation) =>
        Wire.Write(admin with { Invitation = invitation }, Kind.Json);

    private static string Worded(Row row) => Wire.Write(
        Wire.Read(row.Body, Kind.Json) with
        {
            LastLoginAt = WireTime.Of(row.LastLoginAt),
            CreatedAt = new WireTime(row.CreatedAt),
            UpdatedAt = new WireTime(row.UpdatedAt),
        },
        Kind.Json);

    private sealed class Row
    {
        public string Body { get; init; } = "";

        public long CreatedAt { get; init; }

        public long UpdatedAt { get; init; }

        public long? LastLoginAt { get; init; }
    }
}
