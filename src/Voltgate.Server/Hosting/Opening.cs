using Voltgate.Server.Storage;

namespace Voltgate.Server.Hosting;

/// <summary>
/// What must be done before anything else starts and before the listener opens: schema, keys, first start.
/// </summary>
internal sealed class Opening(
    Database database, TimeProvider clock, Readiness readiness, Keyring keyring, Bootstrap bootstrap) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Migrations.Run(database, clock, cancellationToken);
        await keyring.Load(cancellationToken);
        await bootstrap.Run(cancellationToken);
        readiness.SchemaIsReady();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
