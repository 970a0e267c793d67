using Voltgate.Server.Stations;

namespace Voltgate.Server.Hosting;

/// <summary>
/// The drain: unready at once, then the sockets are closed, spread over <c>Server:DrainSeconds</c>, then the listener
/// (requests inside finish), then the other parts, and the committer last.
/// </summary>
internal sealed class Closing(
    Readiness readiness, IHostApplicationLifetime lifetime, LocalStations stations, ServerOptions options)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(readiness.StartDraining);
        return Task.CompletedTask;
    }

    /// <remarks>Runs before any part is stopped, so that everything that a closing socket needs still works.</remarks>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.StartDraining();
        return stations.Drain(TimeSpan.FromSeconds(options.Server.DrainSeconds), cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
