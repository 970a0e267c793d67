using Voltgate.Server.Storage;

namespace Voltgate.Server.Webhooks;

/// <summary>Plugs webhooks into the server; after the committer and the schema.</summary>
internal static class WebhookWiring
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton(s => GuardOf(s.GetRequiredService<ServerOptions>()))
        .AddSingleton(CourierOf)
        .AddSingleton<Unseal>(s => s.GetRequiredService<Keyring>().Unseal)
        .AddSingleton<EndpointStore>()
        .AddSingleton<LaneClaims>()
        .AddSingleton<Ledger>()
        .AddSingleton<WebhookAlerts>()
        .AddSingleton<WebhookSwitch>()
        .AddSingleton<Exhaustion>()
        .AddSingleton<Visitor>()
        .AddSingleton<DeliveryLog>()
        .AddSingleton<TestPing>()
        .AddSingleton<Replay>()
        .AddSingleton(s => DispatchPace.Of(
            s.GetRequiredService<ServerOptions>().Webhooks,
            s.GetRequiredService<Database>(),
            s.GetRequiredService<Committer>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<Dispatcher>>()))
        .AddHostedService<Dispatcher>()
        .AddHostedService<ReplayRunner>()
        .AddHostedService<Retention>();

    private static DialGuard GuardOf(ServerOptions options) => new(
        AddressRules.Of(options.Webhooks.AllowedPrivateNetworks), OwnHost(options.Server.PublicUrl),
        DialGuard.SystemResolver);

    private static Courier CourierOf(IServiceProvider services) => new(
        GuardedHttp.Create(services.GetRequiredService<DialGuard>()),
        TimeSpan.FromSeconds(services.GetRequiredService<ServerOptions>().Webhooks.TimeoutSeconds),
        services.GetRequiredService<TimeProvider>());

    private static string OwnHost(string publicUrl) =>
        Uri.TryCreate(publicUrl, UriKind.Absolute, out var url) ? UrlRules.HostOf(url) : "";
}
