using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>
/// How fast a backlog of webhooks goes out beside bare POSTs of the same body, and how long after the end of a session
/// its webhook arrives at 100 ends a second. The receiver runs in this process.
/// </summary>
internal static class Webhooks
{
    private const int AtOnce = 10; // Webhooks:ConcurrentPerEndpoint
    private const int EndsPerSecond = 100;

    public static async Task Measure(Options options)
    {
        await using var receiver = await Receiver.Start();
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        using var fleet = await Fleet.Connect(server, options.Stations);
        await fleet.StartSessions();
        using var api = new Api(server.Url);
        await api.Make("/webhooks", $$"""{"url":"{{receiver.Url}}","events":["session.*"]}""");
        Frames[] frames = [.. fleet.Stations.Select(s => Frames.MeterValues(s.Transaction))];

        var body = Array.Empty<byte>();
        receiver.Received = b => body = b.ToArray();
        await Drain(server, fleet, frames, receiver, options.Warmup / 4);
        var (floors, figures) = (new List<double>(), new List<double>());
        for (var run = 0; run < options.Runs; run++)
        {
            floors.Add(await Bare(receiver, body, options.Time));
            figures.Add(await Drain(server, fleet, frames, receiver, options.Time / 2));
            await Console.Error.WriteLineAsync(
                $"run {run + 1}: {floors[^1]:N0} bare, {figures[^1]:N0} delivered a second");
        }

        var ends = await Ends(fleet, receiver);
        var ratio = Report.Median(floors.Zip(figures, (floor, figure) => figure / floor));
        var report = new Report($"Webhooks, {options.Store}, bodies of {body.Length} bytes");
        report.Columns("what", "requests/s", "ratio");
        report.Row("bare HttpClient POST, 10 at once (floor)", Report.Number(Report.Median(floors)), "1");
        report.Row("deliveries of a backlog", Report.Number(Report.Median(figures)), Report.Fine(ratio));
        await report.Publish(options.Out);
        report = new Report($"StopTransaction to webhook request, {options.Store}, {EndsPerSecond}/s");
        report.Columns("what", "samples", "p50 ms", "p99 ms");
        report.Row("session.ended", Report.Number(ends.Count), ends.Quantile(0.5), ends.Quantile(0.99));
        await report.Publish(options.Out);
    }

    private static async Task<double> Bare(Receiver receiver, byte[] body, TimeSpan time)
    {
        using var http = new HttpClient();
        using var stop = new CancellationTokenSource(time);
        var (from, before) = (Stopwatch.GetTimestamp(), receiver.Count);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var content = new ByteArrayContent(body);
                using var answer = await http.PostAsync(receiver.Url, content);
            }
        }));
        return (receiver.Count - before) / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <summary>Makes a backlog of readings, then times how it goes out once the stations are quiet.</summary>
    private static async Task<double> Drain(
        Child server, Fleet fleet, Frames[] frames, Receiver receiver, TimeSpan load)
    {
        await Generator.Drive(server, fleet.Sockets, frames, load);
        var (from, first, last) = (Stopwatch.GetTimestamp(), receiver.Count, receiver.Count);
        var until = from;
        while (Stopwatch.GetElapsedTime(until) < TimeSpan.FromSeconds(2))
        {
            await Task.Delay(10);
            if (receiver.Count == last) continue;
            (last, until) = (receiver.Count, Stopwatch.GetTimestamp());
        }

        return (last - first) / Stopwatch.GetElapsedTime(from, until).TotalSeconds;
    }

    private static async Task<Latencies> Ends(Fleet fleet, Receiver receiver)
    {
        var sent = new ConcurrentDictionary<string, long>();
        var latencies = new Latencies();
        receiver.Received = body =>
        {
            var told = JsonNode.Parse(body.Span)!;
            if ((string?)told["type"] == "session.ended"
                && sent.TryGetValue((string)told["data"]!["chargestation"]!, out var at)) latencies.Add(at);
        };
        await Latencies.Pace(fleet.Stations.Count, EndsPerSecond, async i =>
        {
            var station = fleet.Stations[i];
            var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
            sent[station.Id] = Stopwatch.GetTimestamp();
            await station.Socket.Send(Encoding.UTF8.GetBytes(
                $"[2,\"stop\",\"StopTransaction\",{{\"transactionId\":{station.Transaction},\"meterStop\":200000,"
                + $"\"timestamp\":\"{now}\",\"reason\":\"EVDisconnected\"}}]"));
        });
        for (var i = 0; i < 500 && latencies.Count < sent.Count; i++) await Task.Delay(20);
        return latencies;
    }
}
