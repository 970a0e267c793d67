using System.Text.Json.Nodes;
using Voltgate.Simulator;

namespace Voltgate.Server.Demo;

/// <summary>One whole session, from POST /sessions to session.ended.</summary>
internal sealed class DemoSession(DemoApi api, DemoReceiver receiver, Terminal terminal)
{
    private const string Title =
        "One whole session: the station's clock runs 30 times as fast, so 4 ½ minutes take 9 seconds.";

    /// <summary>How long the car has stood there full before the driver comes back, in the station's time.</summary>
    private const long ParkedMs = 60_000;

    public async Task Run(DemoMemory memory, SimulatedStation station, CancellationToken cancel)
    {
        terminal.Print();
        terminal.Print(Title, Ink.Bold);
        var order = new JsonObject { ["connector"] = memory.Connectors[0], ["user"] = memory.User };
        if (await api.Make("/sessions", order, DemoWords.Session, cancel) is not { } session) return;
        var id = (string)session["_id"]!;

        await receiver.Next("session.ev_charged", id, cancel);
        await Parked(station, cancel);
        var stopped = await api.Ask("POST", $"/sessions/{id}/stop", null, DemoWords.Session, cancel);
        if (stopped is null) return;
        var ended = await receiver.Next("session.ended", id, cancel);
        Show(ended);
        await Slow(memory, cancel);
        await station.When(s => s.Connectors[0].Vehicle is null).WaitAsync(cancel);
    }

    private static async Task Parked(SimulatedStation station, CancellationToken cancel)
    {
        var full = station.State.Connectors[0].MeterAtMs;
        await station.When(s => s.Connectors[0].MeterAtMs >= full + ParkedMs).WaitAsync(cancel);
    }

    private void Show(JsonNode session)
    {
        var cost = session["cost"]!;
        terminal.Print();
        terminal.Print($"session.ended: {DemoWords.Session(session)}", Ink.Bold);
        foreach (var line in cost["breakdown"]!.AsArray()) terminal.Print("  " + DemoWords.Line(line!, cost));
        terminal.Print($"  {"amount",-67}{DemoWords.Money(cost["amount"]!, cost),10}", Ink.Bold);
        terminal.Print();
    }

    private Task Slow(DemoMemory memory, CancellationToken cancel) => api.Make(
        $"/chargestations/{memory.Station}/configurations",
        new JsonObject
        {
            ["key"] = Configuration.MeterValueSampleInterval, ["value"] = $"{DemoStation.LaterSampleSeconds}",
        },
        action => $"{action["type"]} {action["status"]}",
        cancel);
}
