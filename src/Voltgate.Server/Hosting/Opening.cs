using Voltgate.Server.Storage;

namespace Voltgate.Server.Hosting;

/// <summary>What must be done before anything else starts and before the listener opens: the schema.</summary>
internal sealed class Opening(Database database, TimeProvider clock, Readiness readiness) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Migrations.Run(database, clock, cancellationToken);
        readiness.SchemaIsReady();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
