using System.Threading.Channels;

namespace Voltgate.Simulator;

/// <summary>How the people at a station behave. Times are real time.</summary>
public sealed record DriverHabits
{
    /// <summary>How long they take for anything; jitter is half of it.</summary>
    public TimeSpan Reaction { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A card that starts charges by itself; null: they only follow what an application started.</summary>
    public string? Card { get; init; }

    /// <summary>How long a charge with the card lasts.</summary>
    public TimeSpan Stay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long they leave a connector alone before the card comes again.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(30);

    public Vehicle Vehicle { get; init; } = Vehicle.Compact;
}

/// <summary>What a driver does next.</summary>
public enum DriverMove
{
    Wait,
    PlugIn,
    PresentCard,
    Unplug,
}

/// <summary>The people at one station: they plug in where a start waits, charge with a card, and drive away.</summary>
public sealed class Driver(SimulatedStation station, DriverHabits habits, TimeProvider time)
{
    private readonly Dice _dice = new(station.Options.Seed * 7919UL);

    public async Task Run(CancellationToken cancel)
    {
        var moves = station.Options.Connectors.Select((_, i) => Attend(i + 1, cancel));
        await Task.WhenAll(moves);
    }

    /// <summary>What there is to do at a connector that has been like that for so long.</summary>
    public static DriverMove Decide(ConnectorState connector, DriverHabits habits, TimeSpan since)
    {
        var hasCard = habits.Card is not null;
        if (connector.Local > 0)
            return hasCard && since >= habits.Stay ? DriverMove.PresentCard : DriverMove.Wait;
        if (connector.Grant is not null) return connector.Vehicle is null ? DriverMove.PlugIn : DriverMove.Wait;
        var isFinished = connector.Status == Ocpp.V16.ChargePointStatus.Finishing;
        if (connector.Vehicle is not null)
            return isFinished ? DriverMove.Unplug : hasCard ? DriverMove.PresentCard : DriverMove.Wait;
        var isFree = connector.Operative && connector.Status != Ocpp.V16.ChargePointStatus.Reserved;
        return hasCard && isFree && since >= habits.Rest ? DriverMove.PlugIn : DriverMove.Wait;
    }

    private async Task Attend(int number, CancellationToken cancel)
    {
        // Nobody has charged here yet, so nobody needs to rest.
        var (local, from) = (0, (long?)null);
        while (!cancel.IsCancellationRequested)
        {
            var pause = habits.Reaction * _dice.Between(50, 150) / 100;
            await Task.Delay(pause, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var connector = station.State.Connector(number)!;
            if (connector.Local != local) (local, from) = (connector.Local, time.GetTimestamp());
            var since = from is { } then ? time.GetElapsedTime(then) : TimeSpan.MaxValue;
            try
            {
                await Move(connector, Decide(connector, habits, since));
            }
            catch (ChannelClosedException) when (cancel.IsCancellationRequested)
            {
                return; // the station was switched off while somebody reached for it
            }
        }
    }

    private ValueTask Move(ConnectorState connector, DriverMove move) => move switch
    {
        DriverMove.PlugIn => station.PlugIn(connector.Number, habits.Vehicle),
        DriverMove.Unplug => station.Unplug(connector.Number),
        DriverMove.PresentCard => station.PresentCard(
            connector.Number, station.State.ChargeOf(connector.Local)?.IdTag ?? habits.Card!),
        _ => ValueTask.CompletedTask,
    };
}
