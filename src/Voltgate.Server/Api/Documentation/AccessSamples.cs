using Voltgate.Domain.Access;
using Voltgate.Server.Resources;

namespace Voltgate.Server.Api;

/// <summary>Tenant, keys, operators, drivers and their cards in the documentation's examples.</summary>
internal static class AccessSamples
{
    private static readonly WireTime Made = Samples.At("2026-01-01T12:00:00.000Z");
    private static readonly WireJson MetaData = new("""{"order":"A-1001"}""");
    private static readonly MeOrganization Tenant = new(SampleIds.Organization, "Example Charging");
    private static readonly MeAdmin Grace = new(
        SampleIds.Admin, "grace@example.org", Roles.Support, ["read:sessions", "write:sessions"]);

    public static readonly OrganizationResource Organization = new()
    {
        Id = SampleIds.Organization, Name = "Example Charging", MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly ApiKeyResource ApiKey = new()
    {
        Id = SampleIds.ApiKey, Name = "Mobile app", Prefix = Samples.KeyText[..18], Active = true,
        Scopes = ["read:sessions", "write:sessions"], ExpiresAt = Samples.At("2035-01-01T00:00:00.000Z"),
        LastUsedAt = Samples.At("2026-01-02T08:00:00.000Z"), MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly MeResource Me = new(Tenant, new MeApiKey(ApiKey.Id, ApiKey.Name, ApiKey.Scopes));

    public static readonly AccessTokenResource AccessToken = new(
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI2OTU2ZTIifQ.3q2-7wAAAAAAAAAA", AccessTokens.LifetimeSeconds, "Bearer",
        "read:sessions write:sessions");

    public static readonly InvitationResource Invitation = new(
        Samples.InvitationToken, $"https://voltgate.example.org/invitation#{Samples.InvitationToken}",
        Samples.At("2026-01-04T12:00:00.000Z"));

    public static readonly AdminResource Admin = new()
    {
        Id = SampleIds.Admin, Email = Grace.Email, Name = "Grace Hopper", Role = Grace.Role, Active = true,
        LastLoginAt = Samples.At("2026-01-02T07:55:00.000Z"), MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly SignInResource SignIn = new(Grace, Tenant, Samples.At("2026-01-02T19:55:00.000Z"));

    public static readonly AdminSessionResource AdminSession = new()
    {
        Id = SampleIds.SignIn, Current = true, Address = "192.0.2.7", UserAgent = "Mozilla/5.0",
        LastSeenAt = Samples.At("2026-01-02T08:00:00.000Z"), ExpiresAt = SignIn.ExpiresAt,
        CreatedAt = Samples.At("2026-01-02T07:55:00.000Z"),
    };

    public static readonly UserResource User = new()
    {
        Id = SampleIds.User, Firstname = "Ada", Lastname = "Byron", Email = "ada@example.org", Active = true,
        Address = new UserAddress { City = "Berlin", PostalCode = "10117", Country = "DE" },
        Phone = new UserPhone { Mobile = "+49 170 0000000" }, Role = "user",
        FavoriteChargestations = [SampleIds.Station], MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly TokenResource Token = new()
    {
        Id = SampleIds.Token, PhysicalId = "04A1B2C3D4E5F6", Type = "ISO14443", User = SampleIds.User,
        Group = "FAMILY-7", Active = true, MetaData = MetaData, CreatedAt = Made, UpdatedAt = Made,
    };

    public static readonly UnknownCardResource UnknownCard = new(
        "04FFEE11223344", SampleIds.Station, 2, Made, Samples.At("2026-01-02T07:59:00.000Z"));

    public static readonly AuditEntryResource AuditEntry = new()
    {
        Id = SampleIds.AuditEntry, Actor = new AuditActorResource("api_key", SampleIds.ApiKey, ApiKey.Name),
        Address = "192.0.2.7", RequestId = RefusalExamples.RequestId, Method = "PATCH", Route = "/users/{id}",
        Object = "user", Resource = SampleIds.User, Result = "done", Before = new WireJson("""{"active":false}"""),
        After = new WireJson("""{"active":true}"""), Seq = 42,
        Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", CreatedAt = Made,
    };
}
