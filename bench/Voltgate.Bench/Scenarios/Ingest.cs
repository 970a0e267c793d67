using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>Messages through the whole server beside an echo of the same frames, run by turns.</summary>
internal static class Ingest
{
    /// <summary>The floor alone.</summary>
    public static async Task Echo(Options options)
    {
        await using var echo = await Servers.Floor("echo");
        var (sockets, frames) = await Side(echo, options.Stations, _ => Frames.MeterValues(1_234_567_890));
        await Generator.Drive(echo, sockets, frames, options.Warmup);
        var runs = new List<Run>();
        for (var i = 0; i < options.Runs; i++) runs.Add(await Generator.Drive(echo, sockets, frames, options.Time));
        var report = new Report($"Raw echo, {options.Stations} stations, frames of {frames[0].Length} bytes");
        report.Columns("what", "msgs/s", "server µs/msg", "generator µs/msg");
        report.Row([.. Cells("echo", runs)]);
        await report.Publish(options.Out);
    }

    public static Task MeterValues(Options options) =>
        Compare(options, "MeterValues in sessions", s => Frames.MeterValues(s.Transaction));

    /// <summary>TransactionEvent of 2.0.1 beside MeterValues of 1.6, the same readings, on one server.</summary>
    public static async Task Versions(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        using var older = await Fleet.Connect(server, options.Stations, "OLDER");
        using var newer = await Fleet.Connect(server, options.Stations, "NEWER", "2.0.1");
        await older.StartSessions();
        await newer.StartSessions();
        Frames[] meters = [.. older.Stations.Select(s => Frames.MeterValues(s.Transaction))];
        Frames[] pieces = [.. newer.Stations.Select(s => Frames.TransactionEvent(s.TransactionId))];
        await Generator.Drive(server, older.Sockets, meters, options.Warmup);
        await Generator.Drive(server, newer.Sockets, pieces, options.Warmup);

        var (floors, figures) = (new List<Run>(), new List<Run>());
        for (var i = 0; i < options.Runs; i++)
        {
            floors.Add(await Generator.Drive(server, older.Sockets, meters, options.Time));
            figures.Add(await Generator.Drive(server, newer.Sockets, pieces, options.Time));
            await Console.Error.WriteLineAsync(
                $"run {i + 1}: {floors[^1].PerSecond:N0} by 1.6, {figures[^1].PerSecond:N0} by 2.0.1, "
                + $"{figures[^1].PerSecond / floors[^1].PerSecond:0.000}");
        }

        var ratio = Report.Median(floors.Zip(figures, (floor, figure) => figure.PerSecond / floor.PerSecond));
        var cpu = Report.Median(floors.Zip(figures, (floor, figure) => floor.Micros / figure.Micros));
        var report = new Report(
            $"The same readings by two versions, {options.Store}, {options.Stations} stations each");
        report.Columns("what", "bytes", "msgs/s", "server µs/msg", "generator µs/msg", "ratio", "ratio of CPU");
        var (first, second) = (Cells("MeterValues, 1.6", floors).ToList(), Cells("TransactionEvent", figures).ToList());
        report.Row([first[0], $"{meters[0].Length}", .. first[1..], "1", "1"]);
        report.Row([second[0], $"{pieces[0].Length}", .. second[1..], Report.Fine(ratio), Report.Fine(cpu)]);
        await report.Publish(options.Out);
    }

    public static async Task Pulses(Options options)
    {
        await Compare(options, "Heartbeat", _ => Frames.Heartbeat());
        await Compare(options, "StatusNotification without change", _ => Frames.StatusNotification());
    }

    private static async Task Compare(Options options, string what, Func<Station, Frames> framesOf)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        await using var echo = await Servers.Floor("echo");
        using var fleet = await Fleet.Connect(server, options.Stations);
        await fleet.StartSessions();
        Frames[] frames = [.. fleet.Stations.Select(framesOf)];
        var (echoSockets, echoFrames) = await Side(echo, options.Stations, i => framesOf(fleet.Stations[i]));
        var sockets = fleet.Sockets;
        await Generator.Drive(echo, echoSockets, echoFrames, options.Warmup);
        await Generator.Drive(server, sockets, frames, options.Warmup);

        var (floors, figures) = (new List<Run>(), new List<Run>());
        for (var i = 0; i < options.Runs; i++)
        {
            floors.Add(await Generator.Drive(echo, echoSockets, echoFrames, options.Time));
            figures.Add(await Generator.Drive(server, sockets, frames, options.Time));
            await Console.Error.WriteLineAsync(
                $"run {i + 1}: {floors[^1].PerSecond:N0} echo, {figures[^1].PerSecond:N0} server, "
                + $"{figures[^1].PerSecond / floors[^1].PerSecond:0.000}");
        }

        var ratio = Report.Median(floors.Zip(figures, (floor, figure) => figure.PerSecond / floor.PerSecond));
        // On a machine with other work, throughput also shows who waited for a core; CPU per message does not.
        var cpu = Report.Median(floors.Zip(figures, (floor, figure) => floor.Micros / figure.Micros));
        var report = new Report(
            $"{what}, {options.Store}, {options.Stations} stations, frames of {frames[0].Length} bytes");
        report.Columns("what", "msgs/s", "server µs/msg", "generator µs/msg", "ratio", "ratio of CPU");
        report.Row([.. Cells("echo (floor)", floors), "1", "1"]);
        report.Row([.. Cells("server", figures), Report.Fine(ratio), Report.Fine(cpu)]);
        await report.Publish(options.Out);
    }

    private static async Task<(StationSocket[] Sockets, Frames[] Frames)> Side(
        Child echo, int count, Func<int, Frames> framesOf)
    {
        var sockets = new StationSocket[count];
        for (var i = 0; i < count; i++) sockets[i] = await StationSocket.Connect(echo.Url, "/");
        return (sockets, [.. Enumerable.Range(0, count).Select(framesOf)]);
    }

    private static IEnumerable<string> Cells(string what, List<Run> runs) =>
    [
        what, Report.Number(Report.Median(runs.Select(r => r.PerSecond))),
        Report.Number(Report.Median(runs.Select(r => r.ServerMicros))),
        Report.Number(Report.Median(runs.Select(r => r.GeneratorMicros))),
    ];
}
