using Voltgate.Simulator;

namespace Voltgate.Server.Demo;

/// <summary>The demo's chargestation, DC and AC, and a driver who plugs in where a start waits.</summary>
internal static class DemoStation
{
    public const int FirstPowerW = 150_000;
    public const int SecondPowerW = 22_000;

    /// <summary>How often the station measures once the demo's own session is over.</summary>
    public const int LaterSampleSeconds = 10;

    private const int HurriedSampleSeconds = 20;

    // Four and a half minutes of a session in nine seconds. More could not be hidden from a server that doubts clocks.
    private static readonly Pace Hurried = new(30, TimeSpan.FromSeconds(290));

    // From 73 to 80 %, where its owner has it stop: the demo has time for that, and for a minute of parking.
    private static readonly Vehicle Car = Vehicle.Of(60, 73, 11_000, 150_000) with { LimitPercent = 80 };

    /// <param name="hurried">For the demo's session; later ones take the time that they take.</param>
    public static Fleet Of(DemoMemory memory, Uri server, bool hurried, Terminal terminal)
    {
        var narrator = new Narrator();
        var observer = new StationObserver
        {
            OnFrame = (_, sent, text) => terminal.Tell(
                "station", sent ? ">" : "<", narrator.Tell(memory.Endpoint, text), sent ? Ink.Cyan : Ink.Green),
            OnRemark = (_, text) => terminal.Tell("station", "*", text, Ink.Yellow),
        };
        var habits = new DriverHabits { Reaction = TimeSpan.FromMilliseconds(800), Vehicle = Car };
        return new Fleet([Options(memory, server, hurried)], habits, TimeProvider.System, observer);
    }

    private static StationOptions Options(DemoMemory memory, Uri server, bool hurried) => new()
    {
        Url = new Uri($"ws://{server.Authority}/ocpp/{memory.Endpoint}"),
        Password = memory.Password,
        Connectors = [new ConnectorSpec(FirstPowerW, 0), new ConnectorSpec(SecondPowerW, 3)],
        SerialNumber = "DEMO-0001",
        Pace = hurried ? Hurried : Pace.Real,
        Tick = TimeSpan.FromMilliseconds(hurried ? 100 : 250),
        LastBackOff = TimeSpan.FromSeconds(10),
        Configuration = new Dictionary<string, string>
        {
            [Configuration.MeterValueSampleInterval] = $"{(hurried ? HurriedSampleSeconds : LaterSampleSeconds)}",
        },
    };
}
