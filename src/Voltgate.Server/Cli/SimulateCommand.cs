using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Voltgate.Server.Demo;
using Voltgate.Simulator;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate simulate`: one station or a fleet that charges against any platform that speaks OCPP.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        var command = new Command("simulate", "Be one charging station or a fleet of them, good or bad.");
        var switches = new SimulateSwitches();
        switches.AddTo(command);
        command.SetAction((parsed, cancel) => Run(switches.Read(parsed), cancel));
        return command;
    }

    private static async Task<int> Run(SimulateRequest? request, CancellationToken cancel)
    {
        if (request is null) return ExitCode.Usage;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (request.Duration is { } duration) stop.CancelAfter(duration);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var log = new SimulateLog(Terminal.OfConsole(), request);
        var fleet = new Fleet(request.Stations, request.Habits, TimeProvider.System, log.Observer);
        log.Begin();
        await Task.WhenAll(fleet.Run(stop.Token), log.Count(fleet, stop.Token));
        return log.End(fleet);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}

/// <summary>What `simulate` was asked for. Duration null: until it is interrupted.</summary>
internal sealed record SimulateRequest(
    IReadOnlyList<StationOptions> Stations, DriverHabits Habits, TimeSpan? Duration, bool Frames);

/// <summary>What `simulate` shows: each frame of a few stations, one line of figures a while of many.</summary>
internal sealed class SimulateLog(Terminal terminal, SimulateRequest request)
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    private readonly Narrator _narrator = new();
    private readonly int _column = request.Stations.Max(s => s.Identity.Length);
    private long _frames;
    private int _connects;

    public StationObserver Observer => new()
    {
        OnFrame = (station, sent, text) =>
        {
            Interlocked.Increment(ref _frames);
            if (!request.Frames) return;
            var ink = sent ? Ink.Cyan : Ink.Green;
            terminal.Tell(station.PadRight(_column), sent ? ">" : "<", _narrator.Tell(station, text), ink);
        },
        OnRemark = (station, text) =>
        {
            if (text == "connected") Interlocked.Increment(ref _connects);
            if (request.Frames) terminal.Tell(station.PadRight(_column), "*", text, Ink.Yellow);
        },
    };

    public void Begin()
    {
        var first = request.Stations[0];
        terminal.Print(
            $"{request.Stations.Count} station(s), {first.Connectors.Count} connector(s) each, to "
                + $"{first.Url.GetLeftPart(UriPartial.Authority)}; "
            + (request.Duration is { } d ? $"for {d.TotalSeconds:0} s." : "until Ctrl+C."), Ink.Bold);
        if (request.Frames) terminal.Print("> said by the station   < said by the platform   * happened", Ink.Dim);
    }

    public async Task Count(Fleet fleet, CancellationToken cancel)
    {
        while (!request.Frames && !cancel.IsCancellationRequested)
        {
            await Task.Delay(CountEvery, TimeProvider.System, cancel).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
            terminal.Tell("fleet", "*", Wording(fleet.Count()));
        }
    }

    /// <returns>69 (EX_UNAVAILABLE) where no station ever got in.</returns>
    public int End(Fleet fleet)
    {
        terminal.Print(Wording(fleet.Count()), Ink.Bold);
        if (_connects > 0) return ExitCode.Ok;
        terminal.Print(
            "No station was let in: is the platform there, is the identity known, is the password right?", Ink.Red);
        return ExitCode.Unavailable;
    }

    private string Wording(FleetCount count) => string.Create(
        CultureInfo.InvariantCulture,
        $"online {count.Online}/{count.Stations}  charging {count.Charging}  ended {count.Ended}  "
        + $"queued {count.Queued}  metered {count.MeteredWh / 1000m:0.00} kWh  frames {Interlocked.Read(ref _frames)}");
}
