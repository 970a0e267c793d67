using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>What a station costs that is connected, has booted, and says nothing.</summary>
internal static class Idle
{
    public static async Task Measure(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        await using var echo = await Servers.Floor("echo");
        using (var first = await Fleet.Connect(server, 50, "WARM")) await Settle(server);
        var (serverBefore, echoBefore) = (server.ResidentBytes, await Settle(echo));

        using var fleet = await Fleet.Connect(server, options.Stations);
        var serverAfter = await Settle(server);
        var sockets = new StationSocket[options.Stations];
        for (var i = 0; i < sockets.Length; i++) sockets[i] = await StationSocket.Connect(echo.Url, "/");
        var echoAfter = await Settle(echo);
        foreach (var socket in sockets) socket.Dispose();

        var report = new Report($"Idle stations, {options.Store}, {options.Stations} stations, after a collection");
        report.Columns("what", "RSS before, MB", "RSS after, MB", "KB a connection");
        report.Row(Cells("echo with a buffer of 4 KB (floor)", echoBefore, echoAfter, options.Stations));
        report.Row(Cells("server", serverBefore, serverAfter, options.Stations));
        await report.Publish(options.Out);
    }

    private static string[] Cells(string what, long before, long after, int count) =>
    [
        what, Report.Number(before / 1_048_576.0), Report.Number(after / 1_048_576.0),
        Report.Fine((after - before) / 1024.0 / count),
    ];

    private static async Task<long> Settle(Child child)
    {
        for (var i = 0; i < 3; i++) await GarbageCollection.Force(child.Id);
        return child.ResidentBytes;
    }
}
