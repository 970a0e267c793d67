using System.Diagnostics;
using System.Text;
using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>
/// POST /v1.1/sessions at 100/s: until the answer, and until RemoteStartTransaction arrives at the station. The floor
/// is one synced write of 4 KB and an echoed frame.
/// </summary>
internal static class Commands
{
    private const int PerSecond = 100;

    public static async Task Measure(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        await using var echo = await Servers.Floor("echo");
        using var fleet = await Fleet.Connect(server, options.Stations);
        using var api = new Api(server.Url);
        var asked = new long[options.Stations];
        var frames = new Latencies();
        using var end = new CancellationTokenSource();
        for (var i = 0; i < options.Stations; i++) _ = Refuse(fleet.Stations[i].Socket, asked, i, () => frames);

        var count = (int)(options.Time.TotalSeconds * PerSecond);
        await Ask(api, fleet, asked, count, new Latencies());
        var (floors, answers) = (new Latencies(), new Latencies());
        frames = new Latencies();
        for (var run = 0; run < options.Runs; run++)
        {
            await Floor(echo, options, count, floors);
            await Ask(api, fleet, asked, count, answers);
        }

        var report = new Report($"POST /v1.1/sessions, {options.Store}, {PerSecond}/s");
        report.Columns("what", "samples", "p50 ms", "p99 ms");
        foreach (var (what, l) in new[]
        {
            ("synced write + echo (floor)", floors), ("201", answers), ("RemoteStart at the station", frames),
        })
            report.Row(what, Report.Number(l.Count), l.Quantile(0.5), l.Quantile(0.99));
        await report.Publish(options.Out);
    }

    private static Task Ask(Api api, Fleet fleet, long[] asked, int count, Latencies answers) =>
        Latencies.Pace(count, PerSecond, async i =>
        {
            var at = i % fleet.Stations.Count;
            var from = asked[at] = Stopwatch.GetTimestamp();
            await api.Make(
                "/sessions",
                $$"""{"connector":"{{fleet.Stations[at].Connector}}","user":"{{fleet.User}}"}""");
            answers.Add(from);
        });

    // The station says no, so that its connector is free for the next one.
    private static async Task Refuse(StationSocket socket, long[] asked, int at, Func<Latencies> frames)
    {
        while (true)
        {
            var text = Encoding.UTF8.GetString((await socket.Receive()).Span);
            if (!text.StartsWith("[2,", StringComparison.Ordinal)) continue;
            frames().Add(asked[at]);
            var id = text.Split('"')[1];
            await socket.Send(Encoding.UTF8.GetBytes($"[3,\"{id}\",{{\"status\":\"Rejected\"}}]"));
        }
    }

    private static async Task Floor(Child echo, Options options, int count, Latencies floors)
    {
        using var socket = await StationSocket.Connect(echo.Url, "/");
        var path = Path.Combine(options.Folder ?? Path.GetTempPath(), "voltgate-bench-floor-" + Guid.NewGuid());
        await using var file = new FileStream(
            path, FileMode.Create, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        using var turn = new SemaphoreSlim(1);
        await Latencies.Pace(count, PerSecond, async _ =>
        {
            var from = Stopwatch.GetTimestamp();
            await turn.WaitAsync();
            await Task.Run(() =>
            {
                RandomAccess.Write(file.SafeFileHandle, page, file.Length);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            });
            await socket.Send(page.AsMemory(0, 200));
            await socket.Receive();
            turn.Release();
            floors.Add(from);
        });
    }
}
