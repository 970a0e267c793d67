using System.Data.Common;
using System.Threading.Channels;
using Voltgate.Domain.Stations;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Shares each load group's supply out among the sessions that run (ADR 0016). What a station was told lies with its
/// connectors, so a restart, a station that was away, or a group that was changed need nothing of their own.
/// </summary>
internal sealed partial class LoadKeeper(
    LoadGroups groups, LocalStations stations, TimeProvider clock, ILogger<LoadKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or DbException or ChannelClosedException)
            {
                LogAway(e); // the store is away, or a station was deleted meanwhile: the next beat looks again
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, rules) in await groups.All(cancel))
        {
            var round = await groups.Look(id, rules, cancel);
            members.UnionWith(round.Stands.Select(s => s.Seat.Connector.Id));
            foreach (var (seat, turn) in round.Turns)
                if (await stations.Of(seat.Station.Id) is { } actor) await actor.Post(new StationWork(turn));
        }

        foreach (var (_, station) in stations.Links)
        {
            if (await stations.Of(station) is not { } actor) continue;
            foreach (var connector in actor.Station.Connectors)
                if (connector.Load is not null && !members.Contains(connector.Id))
                    await actor.Post(new StationWork(new LoadReleased(connector.Id)));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Load groups could not be looked at; it is tried again.")]
    private partial void LogAway(Exception e);
}
