using System.Diagnostics;
using System.Text;
using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>
/// MeterValues of a well-behaved fleet, alone and beside one hostile station, by turns, with the limits as they are by
/// default: how much longer do the others wait?
/// </summary>
internal static class Hostile
{
    private const int PerSecond = 400;
    private const string Boot = """{"chargePointVendor":"Bench","chargePointModel":"One"}""";

    private static readonly (string Setting, string Value)[] DefaultLimits =
    [
        ("VOLTGATE__OCPP__MESSAGESPERSECOND", "20"), ("VOLTGATE__OCPP__BYTESPERSECOND", "131072"),
        ("VOLTGATE__OCPP__CONNECTSPERMINUTE", "30"), ("VOLTGATE__SERVER__SHAREDSOURCES", ""),
    ];

    private sealed record Kind(string Name, byte[] First, byte[] Again, TimeSpan Pause)
    {
        public int AtOnce { get; init; } = 1;

        public string? Path { get; init; }
    }

    public static async Task Measure(Options options)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store, DefaultLimits);
        using var fleet = await Fleet.Connect(server, options.Stations);
        await fleet.StartSessions();
        using var api = new Api(server.Url);
        var kinds = Kinds();
        foreach (var (i, _) in kinds.Index())
            await api.Make("/chargestations", $$"""
                {"name":"Hostile","security":{"type":"none"},"connectors":[{"connectorId":1,"type":"Type2","power":22}],
                 "endpoint":"HOSTILE-{{i}}"}
                """);

        await Drive(fleet, options.Warmup);
        var quiet = new List<Latencies>();
        var turns = kinds.ConvertAll(_ => new List<(Latencies Alone, Latencies Beside)>());
        for (var run = 0; run < options.Runs; run++)
        {
            for (var i = 0; i < kinds.Count; i++)
            {
                quiet.Add(await Drive(fleet, options.Time));
                var beside = await Beside(server, fleet, kinds[i], $"/ocpp/HOSTILE-{i}", options.Time);
                turns[i].Add((quiet[^1], beside));
            }
        }

        var report = new Report(
            $"One hostile station beside {options.Stations} others, MeterValues at {PerSecond}/s, {options.Store}");
        report.Columns("beside", "samples", "p50 ms", "p99 ms", "p50, of alone", "p99, of alone");
        report.Row("alone", Report.Number(quiet.Sum(q => q.Count)), Middle(quiet, 0.5), Middle(quiet, 0.99), "1", "1");
        foreach (var (kind, pairs) in kinds.Zip(turns))
        {
            Latencies[] all = [.. pairs.Select(p => p.Beside)];
            report.Row(
                kind.Name, Report.Number(all.Sum(a => a.Count)), Middle(all, 0.5), Middle(all, 0.99),
                Ratio(pairs, 0.5), Ratio(pairs, 0.99));
        }

        await report.Publish(options.Out);
    }

    private static List<Kind> Kinds()
    {
        byte[] boot = HostileStation.Call("BootNotification", Boot);
        byte[] changes =
        [
            .. HostileStation.Call("StatusNotification", Status("Available")),
            .. HostileStation.Call("StatusNotification", Status("Preparing")),
        ];
        var big = new string('x', 1_000_000);
        return
        [
            new("nobody (how far the measure itself strays)", boot, [], Timeout.InfiniteTimeSpan),
            new("flood of changes, unawaited", boot, Many(changes), default),
            new("changes at 100/s", boot, changes, TimeSpan.FromMilliseconds(20)),
            new("messages of 1 MB", boot,
                HostileStation.Call("DataTransfer", $$"""{"vendorId":"x","data":"{{big}}"}"""), default),
            new("garbage", boot, Many(HostileStation.Frame(1, "{\"a\":[1,2,"u8.ToArray())), default),
            new("answers to nothing", boot, Many(HostileStation.Frame(1, "[3,\"nobody\",{}]"u8.ToArray())), default),
            new("pings", boot, Many(HostileStation.Frame(9, [1])), default),
            new("names that nobody has, 8 at once", [], [], default) { AtOnce = 8, Path = "/ocpp/NOBODY" },
            new("a message of a byte each 10 ms", HostileStation.Frame(1, "["u8.ToArray(), fin: false),
                HostileStation.Frame(0, " "u8.ToArray(), fin: false), TimeSpan.FromMilliseconds(10)),
        ];
    }

    // As a network brings them: many small messages in one segment.
    private static byte[] Many(byte[] frames) => [.. Enumerable.Repeat(frames, 200).SelectMany(f => f)];

    private static string Status(string status) =>
        $$"""{"connectorId":1,"errorCode":"NoError","status":"{{status}}"}""";

    private static string Middle(IEnumerable<Latencies> turns, double share) =>
        Report.Fine(Report.Median(turns.Select(t => t.At(share))));

    private static string Ratio(IEnumerable<(Latencies Alone, Latencies Beside)> pairs, double share) =>
        Report.Fine(Report.Median(pairs.Select(p => p.Beside.At(share) / p.Alone.At(share))));

    private static async Task<Latencies> Beside(Child server, Fleet fleet, Kind kind, string path, TimeSpan time)
    {
        HostileStation[] hostile = [.. Enumerable.Range(0, kind.AtOnce).Select(
            _ => new HostileStation(server.Url, kind.Path ?? path, kind.First, kind.Again, kind.Pause))];
        using var stop = new CancellationTokenSource();
        var raging = Task.WhenAll(hostile.Select(h => h.Rage(stop.Token)));
        var latencies = await Drive(fleet, time);
        await stop.CancelAsync();
        await raging;
        await Console.Error.WriteLineAsync(
            $"beside {kind.Name}: p99 {latencies.At(0.99):0.00} ms, {hostile.Sum(h => h.Tries)} tries, "
            + $"{hostile.Sum(h => h.Connects)} times in, {hostile.Sum(h => h.Bytes):N0} B");
        return latencies;
    }

    /// <summary>Each station has one message under way at most, as a well-behaved one does.</summary>
    private static async Task<Latencies> Drive(Fleet fleet, TimeSpan time)
    {
        var latencies = new Latencies();
        var (stations, clock) = (fleet.Stations, TimeProvider.System);
        Frames[] frames = [.. stations.Select(s => Frames.MeterValues(s.Transaction))];
        SemaphoreSlim[] turns = [.. stations.Select(_ => new SemaphoreSlim(1))];
        await Latencies.Pace((int)(time.TotalSeconds * PerSecond), PerSecond, async i =>
        {
            var at = i % stations.Count;
            var from = Stopwatch.GetTimestamp();
            await turns[at].WaitAsync();
            await stations[at].Socket.Send(frames[at].Next(clock.GetUtcNow()));
            await stations[at].Socket.Receive();
            turns[at].Release();
            latencies.Add(from);
        });
        foreach (var turn in turns) turn.Dispose();
        return latencies;
    }
}
