using Microsoft.AspNetCore.Server.Kestrel.Core;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Plugs the API into a host: its parts with <see cref="AddApi"/>, its paths with <see cref="Map"/>.</summary>
internal static class ApiRoutes
{
    public const string Base = "/v1.1";

    /// <summary>Register after the store, so that what was noted can still be written when the process stops.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<AuditSealer>().AddHostedService(s => s.GetRequiredService<AuditSealer>());
        services.AddSingleton<AuditBook>().AddSingleton<AuditLogApi>();
        services.AddSingleton<SessionCookie>().AddSingleton<SignInThrottle>().AddSingleton<PasswordDesk>();
        services.AddSingleton<OperatorSessions>().AddSingleton<Logins>().AddSingleton<SigningIn>();
        services.AddSingleton<Invitations>().AddSingleton<AdminsApi>().AddSingleton<AuthApi>();
        services.AddSingleton<KeyCache>().AddSingleton<AccessTokens>().AddSingleton<Authentication>();
        services.AddSingleton<RateLimits>().AddSingleton<Gate>();
        services.AddSingleton<KeyUsage>().AddHostedService(s => s.GetRequiredService<KeyUsage>());
        services.AddSingleton<ListReader>().AddSingleton<PageEdges>();
        services.AddSingleton<ResourceStore>().AddSingleton<Idempotency>();
        services.AddSingleton<EventTail>().AddHostedService(s => s.GetRequiredService<EventTail>());
        services.AddSingleton<StreamLife>().AddSingleton<EventStreams>().AddSingleton<EventsApi>();
        services.AddSingleton<SessionExports>().AddSingleton<StatisticsApi>();
        services.AddSingleton<Importer>().AddSingleton<ImportsApi>();
        services.AddSingleton<ApiKeyIssue>().AddSingleton<FirstKey>();
        services.AddSingleton<OAuthApi>();
        services.AddSingleton<KeyRotation>().AddSingleton<ApiKeysApi>().AddSingleton<OrganizationsApi>();
        services.AddSingleton<Expansion>().AddSingleton<Erasure>().AddSingleton<CardTraces>();
        services.AddSingleton<UserExports>();
        services.AddSingleton<UsersApi>().AddSingleton<TokensApi>().AddSingleton<LocationsApi>();
        services.AddSingleton<LoadMembers>().AddSingleton<LoadGroupsApi>();
        services.AddSingleton<RateReferences>().AddSingleton<RatesApi>();
        services.AddSingleton<RateVersions>().AddSingleton<PricingApi>();
        services.AddSingleton<WebhookSecrets>().AddSingleton<WebhooksApi>().AddSingleton<DeliveriesApi>();

        services.AddSingleton<References>().AddSingleton<Ordering>();
        services.AddSingleton<Credentials>().AddSingleton<NewStations>();
        services.AddSingleton<StartingSessions>().AddSingleton<SessionHistory>().AddSingleton<SessionViews>();
        services.AddSingleton<AttemptsApi>().AddSingleton<FramesApi>().AddSingleton<QuirksApi>();
        services.AddSingleton<ChargestationsApi>().AddSingleton<ConnectorsApi>();
        services.AddSingleton<CommandBudget>().AddSingleton<CommandDesk>().AddSingleton<CommandsApi>()
            .AddSingleton<RequestsApi>();
        services.AddSingleton<FirmwareApi>().AddSingleton<CertificatesApi>();
        services.AddSingleton<ClientCertificatesApi>().AddSingleton<PostureApi>().AddSingleton<UnknownStationsApi>();
        services.AddSingleton<CredentialCommandsApi>();
        services.AddSingleton<PowerLimitsApi>().AddSingleton<ProfilesApi>().AddSingleton<LocalListApi>();
        services.AddSingleton<UploadStore>().AddSingleton<DiagnosticsApi>().AddSingleton<Uploads>();
        services.AddSingleton<Reserving>().AddSingleton<ReservationsApi>();
        services.AddSingleton<SessionsApi>().AddSingleton<ActionsApi>().AddSingleton<V1Api>();

        // Wider than what the Edge allows, so that a head that is too large is answered with the envelope.
        services.PostConfigure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024;
        });
        return services.AddPayments().AddDocumentation();
    }

    /// <summary>Everything under /v1.1 and /v1, and /oauth/token, which is documented at both places.</summary>
    public static void Map(WebApplication app)
    {
        app.UseWhen(http => Owns(http.Request.Path), api => api.UseMiddleware<Edge>());
        app.MapDocumentation();
        var services = app.Services;
        var options = services.GetRequiredService<ServerOptions>().Api;
        var gate = services.GetRequiredService<Gate>();
        var committer = services.GetRequiredService<Committer>();
        var audit = services.GetRequiredService<AuditBook>();
        var oauth = services.GetRequiredService<OAuthApi>();

        new ApiTable(app, gate, committer, audit, options.MaxBodyBytes).Add(
            [.. oauth.Routes, .. services.GetRequiredService<Uploads>().Routes]);
        IReadOnlyList<ApiRoute> ours = Routes(services);
        new ApiTable(app.MapGroup(Base), gate, committer, audit, options.MaxBodyBytes).Add(ours);
        new ApiTable(app.MapGroup(V1Api.Base), gate, committer, audit, options.MaxBodyBytes).Add(
            services.GetRequiredService<V1Api>().Routes(ours));
    }

    /// <summary>Whether the API answers there, if only that there is nothing.</summary>
    public static bool Owns(PathString path) => path.StartsWithSegments(Base) || path.StartsWithSegments(V1Api.Base)
        || path.StartsWithSegments("/oauth") || path.StartsWithSegments(Uploads.Path);

    private static IReadOnlyList<ApiRoute> Routes(IServiceProvider services) =>
        [
            .. services.GetRequiredService<OAuthApi>().Routes,
            .. services.GetRequiredService<AuthApi>().Routes,
            .. services.GetRequiredService<OrganizationsApi>().Routes,
            .. services.GetRequiredService<AdminsApi>().Routes,
            .. services.GetRequiredService<ApiKeysApi>().Routes,
            .. services.GetRequiredService<ChargestationsApi>().Routes,
            .. services.GetRequiredService<AttemptsApi>().Routes,
            .. services.GetRequiredService<QuirksApi>().Routes,
            .. services.GetRequiredService<FramesApi>().Routes,
            .. services.GetRequiredService<CommandsApi>().Routes,
            .. services.GetRequiredService<RequestsApi>().Routes,
            .. services.GetRequiredService<FirmwareApi>().Routes,
            .. services.GetRequiredService<CertificatesApi>().Routes,
            .. services.GetRequiredService<ClientCertificatesApi>().Routes,
            .. services.GetRequiredService<PostureApi>().Routes,
            .. services.GetRequiredService<UnknownStationsApi>().Routes,
            .. services.GetRequiredService<CredentialCommandsApi>().Routes,
            .. services.GetRequiredService<PowerLimitsApi>().Routes,
            .. services.GetRequiredService<ProfilesApi>().Routes,
            .. services.GetRequiredService<LocalListApi>().Routes,
            .. services.GetRequiredService<DiagnosticsApi>().Routes,
            .. services.GetRequiredService<ConnectorsApi>().Routes,
            .. services.GetRequiredService<SessionsApi>().Routes,
            .. services.GetRequiredService<ReservationsApi>().Routes,
            .. services.GetRequiredService<ActionsApi>().Routes,
            .. services.GetRequiredService<UsersApi>().Routes,
            .. services.GetRequiredService<UserExports>().Routes,
            .. services.GetRequiredService<WalletsApi>().Routes,
            .. services.GetRequiredService<TopUpsApi>().Routes,
            .. services.GetRequiredService<PaymentProviderApi>().Routes,
            .. services.GetRequiredService<TokensApi>().Routes,
            .. services.GetRequiredService<LocationsApi>().Routes,
            .. services.GetRequiredService<LoadGroupsApi>().Routes,
            .. services.GetRequiredService<RatesApi>().Routes,
            .. services.GetRequiredService<EventsApi>().Routes,
            .. services.GetRequiredService<ImportsApi>().Routes,
            .. services.GetRequiredService<SessionExports>().Routes,
            .. services.GetRequiredService<PricingApi>().Routes,
            .. services.GetRequiredService<WebhooksApi>().Routes,
            .. services.GetRequiredService<DeliveriesApi>().Routes,
            .. services.GetRequiredService<AuditLogApi>().Routes,
            .. services.GetRequiredService<StatisticsApi>().Routes,
        ];
}
