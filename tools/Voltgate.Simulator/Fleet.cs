namespace Voltgate.Simulator;

/// <summary>Stations and the people at them, all at once.</summary>
public sealed class Fleet
{
    private readonly List<(SimulatedStation Station, Driver Driver)> _members;

    public Fleet(
        IEnumerable<StationOptions> stations, DriverHabits habits, TimeProvider time, StationObserver? observer = null)
    {
        _members = [.. stations.Select(o => new SimulatedStation(o, time, observer))
            .Select(s => (s, new Driver(s, habits, time)))];
        Stations = [.. _members.Select(m => m.Station)];
    }

    public IReadOnlyList<SimulatedStation> Stations { get; }

    /// <summary>Lives until cancelled; every station has said goodbye then.</summary>
    public async Task Run(CancellationToken cancel) =>
        await Task.WhenAll(_members.Select(m => Task.WhenAll(m.Station.Run(cancel), m.Driver.Run(cancel))));

    /// <summary>One line of figures.</summary>
    public FleetCount Count()
    {
        var states = Stations.Select(s => s.State).ToList();
        return new FleetCount(
            states.Count,
            states.Count(s => s.Online),
            states.Sum(s => s.Connectors.Count(c => c.Local > 0)),
            states.Sum(s => s.Charges.Count(c => c.EndedAtMs is not null)),
            states.Sum(s => s.Queue.Count),
            states.Sum(s => s.Charges.Sum(c => c.MeteredWh)));
    }
}

/// <summary>Where a fleet stands. Queued: transaction messages not taken yet. MeteredWh: of all charges.</summary>
public sealed record FleetCount(int Stations, int Online, int Charging, int Ended, int Queued, long MeteredWh);
