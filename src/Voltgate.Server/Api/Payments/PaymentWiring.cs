using System.Net;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Plugs wallets into the server; after the committer and the schema. A provider is one line here.</summary>
internal static class PaymentWiring
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<ITopUpProvider, ManualProvider>()
        .AddSingleton<ITopUpProvider>(s => new StripeProvider(Outside(), s.GetRequiredService<ServerOptions>()))
        .AddSingleton<ProviderAccounts>()
        .AddSingleton<WalletStore>()
        .AddSingleton<TopUpBook>().AddSingleton<TopUpTools>()
        .AddSingleton<WalletHolds>()
        .AddSingleton<WalletsApi>()
        .AddSingleton<TopUpsApi>()
        .AddSingleton<PaymentProviderApi>()
        .AddSingleton<WalletPulse>()
        .AddHostedService<WalletKeeper>();

    // Stripe's address is the operator's setting, no tenant's word: nothing to guard against.
    private static HttpMessageInvoker Outside() => new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });
}
