using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>From the start of the process to its first 200, each time on an empty store.</summary>
internal static class Start
{
    public static async Task Measure(Options options)
    {
        var (floors, figures) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Runs + 1; i++)
        {
            await using var floor = await Servers.Floor("empty");
            await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
            await using var server = await Servers.Voltgate(store);
            if (i == 0) continue; // the files are not in memory yet
            floors.Add(floor.StartTime.TotalMilliseconds);
            figures.Add(server.StartTime.TotalMilliseconds);
        }

        var ratio = Report.Median(floors.Zip(figures, (floor, figure) => figure / floor));
        var report = new Report($"Start to the first 200, {options.Store}, empty store");
        report.Columns("what", "ms", "ratio");
        report.Row("empty ASP.NET Core app (floor)", Report.Number(Report.Median(floors)), "1");
        report.Row("server, /readyz", Report.Number(Report.Median(figures)), Report.Fine(ratio));
        await report.Publish(options.Out);
    }
}
