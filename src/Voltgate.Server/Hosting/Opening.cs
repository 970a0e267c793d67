using Voltgate.Server.Api;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Hosting;

/// <summary>
/// What must be done before anything else starts and before the listener opens: schema, keys, first tenant.
/// </summary>
internal sealed class Opening(
    Database database, TimeProvider clock, Readiness readiness, Keyring keyring, FirstKey firstKey) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Migrations.Run(database, clock, cancellationToken);
        await keyring.Load(cancellationToken);
        await firstKey.Run(cancellationToken);
        readiness.SchemaIsReady();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
