using System.Text.Json.Nodes;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Tenants: /organizations, and /me, which tells a caller who it is.</summary>
internal sealed class OrganizationsApi(ResourceStore store, ApiKeyIssue keys, StationStore stations)
{
    public static readonly ResourceKind<OrganizationResource> Kind = new(
        "organization", new ResourceTable("organizations", "name"), WireContext.Default.OrganizationResource,
        o => [o.Name]);

    public static readonly Shape Shape = new(
        "OrganizationBody",
        Field.Text("name", "What the organisation is called.", max: 200, min: 1).Must,
        Field.Flag("reveal_station_passwords", "GET of a station shows its password.", standard: false),
        Field.Flag(
            "raw_energy_reports",
            "Sessions carry raw_energy_report, what the newest report was made of, as the station said it; and of OCPP "
                + "2.x raw_transction_event, the newest TransactionEvent.",
            standard: false),
        Field.Word(
            "late_billing", ["bill", "review", "waive"],
            "Sessions whose end is reported late: billed as any other, billed and put up for review, or not billed. "
            + "Default review."),
        Field.Whole("late_after_days", "From how many days after its end on a session is late. Default 30.", 1, 3_650),
        WalletsApi.Currency with { Name = "wallet_currency", Description = "Of new wallets; USD unless said." },
        Field.Whole(
            "minimum_balance_to_start_session",
            "What a wallet must have free to start a session, in minor units of its currency. Default 2000.", 0,
            WalletsApi.MostMinor),
        Field.MetaData);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/me", null, Me)
        {
            Summary = "The organisation, key or operator, and scopes in use: the call to verify that a token works.",
            Answer = typeof(MeResource),
        },
        new("POST", "/organizations", "write:organizations", Create)
        {
            Summary = "Create a tenant, with its first API key in api_key; for the root organisation.",
            Body = Shape, Answer = typeof(OrganizationResource),
        },
        new("GET", "/organizations/{id}", "read:organizations", Get)
        {
            Summary = "Read your organisation.", Answer = typeof(OrganizationResource),
        },
        new("PATCH", "/organizations/{id}", "write:organizations", Update)
        {
            Summary = "Change your organisation.", Body = Shape, Answer = typeof(OrganizationResource),
        },
    ];

    private async Task<IResult> Me(Call call)
    {
        var organization = await store.Find(Kind, call, call.Organization);
        if (!organization.Holds) return organization.Refusal;
        var caller = call.Caller;
        var tenant = new MeOrganization(caller.Organization, organization.Value.Resource.Name);
        var (told, me) = caller.Operator is { } o
            ? ("You are signed in", new MeResource(tenant, null, new MeAdmin(o.Id, o.Email, o.Role, caller.Scopes)))
            : ("Your key works", new MeResource(tenant, new MeApiKey(caller.Key, caller.KeyName, caller.Scopes)));
        return Success.Ok(told, Wire.Write(me, WireContext.Default.MeResource));
    }

    private async Task<IResult> Create(Call call)
    {
        if (!call.Caller.IsRoot)
            return new Refusal(
                403, "forbidden", "Only the root organisation makes others; use the first key of this server.");
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;

        var key = NewKey.Make(live: true);
        call.Audit.Shows("api_key");
        var made = await Create(body.Value, key, root: false, call.Audit);
        if (!made.Holds) return made.Refusal;
        return Success.Created(
            "Organization created; keep its api_key, it is not shown again",
            Wire.Write(made.Value.Resource with { ApiKey = key.Text }, Kind.Json));
    }

    /// <summary>An organisation and its first key, in one commit.</summary>
    public Task<Outcome<Stored<OrganizationResource>>> Create(
        JsonObject fields, NewKey key, bool root, AuditTrail? audit = null, string? id = null)
    {
        var organization = id ?? store.NewId();
        return store.Create(
            Kind, organization, fields, audit, id: organization, also: (made, unit) =>
            {
                if (root) unit.Add(
                    Statement.Of("update organizations set root = $2 where id = $1", organization, true));
                keys.Add(unit, organization, "First key", key, Domain.Access.Scopes.All);
                return Task.FromResult<Refusal?>(null);
            });
    }

    private async Task<IResult> Get(Call call)
    {
        var found = await store.Find(Kind, call, call.Id);
        return found.Holds ? Success.Ok("Organization", found.Value.Body) : found.Refusal;
    }

    private async Task<IResult> Update(Call call)
    {
        var body = await call.Body();
        if (!body.Holds) return body.Refusal;
        var changed = await store.Update(Kind, call, call.Id, body.Value);
        if (changed.Holds) stations.Forget(call.Organization);
        return changed.Holds ? Success.Ok("Organization updated", changed.Value.Body) : changed.Refusal;
    }
}
