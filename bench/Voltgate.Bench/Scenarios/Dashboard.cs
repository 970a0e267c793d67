using Microsoft.Playwright;
using Voltgate.Bench.Load;
using Voltgate.Bench.Processes;

namespace Voltgate.Bench.Scenarios;

/// <summary>
/// The dashboard in Chromium: until a page shows what it is about, and what it costs the browser to show changes; with
/// ten stations, which is the floor, and with many.
/// </summary>
internal static class Dashboard
{
    private const int Few = 10;
    private const int Changes = 300;

    /// <summary>Gives the time since the address was asked for, once the page shows so much.</summary>
    private const string Shown = """
        ([selector, text]) => {
          const there = [...document.querySelectorAll(selector)].some(e => e.textContent.includes(text));
          return there ? performance.now() : false;
        }
        """;

    private const string Watch = """
        () => {
          window.longest = 0; window.tasks = 0;
          new PerformanceObserver(l => l.getEntries().forEach(t => {
            window.longest = Math.max(window.longest, t.duration); window.tasks++;
          })).observe({ type: 'longtask' });
        }
        """;

    private sealed record Figures(
        double List, double ListAgain, double Overview, double Search, double Updates, double Longest, double Busy);

    public static async Task Measure(Options options)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"],
        });
        var floor = await With(chromium, options, Few);
        var many = await With(chromium, options, options.Stations);

        var report = new Report($"The dashboard in Chromium, {options.Store}, median of {options.Runs}");
        report.Columns(
            "what", $"{Few} stations (floor), ms", $"{Report.Number(options.Stations)} stations, ms", "ratio");
        foreach (var (what, of) in new (string, Func<Figures, double>)[]
        {
            ("chargestations: first rows, nothing kept", f => f.List),
            ("chargestations: first rows, files kept", f => f.ListAgain),
            ("overview: all counts, files kept", f => f.Overview),
            ("a search: its rows", f => f.Search),
            ($"{Changes} changes within a second: until the last is shown", f => f.Updates),
            ("… the longest time that the page does not answer", f => f.Longest),
            ("… the page's whole work", f => f.Busy),
        })
            report.Row(
                what, Report.Number(of(floor)), Report.Number(of(many)),
                of(floor) == 0 ? "" : Report.Fine(of(many) / of(floor)));
        await report.Publish(options.Out);
    }

    private static async Task<Figures> With(IBrowser chromium, Options options, int stations)
    {
        await using var store = await Store.Make(options.Store, options.Folder, options.Postgres);
        await using var server = await Servers.Voltgate(store);
        using var fleet = await Fleet.Connect(server, stations);
        await Console.Error.WriteLineAsync($"{stations} stations are connected");
        var cookies = await SignIn(chromium, server);
        List<Figures> runs = [];
        for (var i = -1; i < options.Runs; i++) // the first is the server's warm-up
        {
            var figures = await Run(chromium, server, fleet, cookies);
            if (i >= 0) runs.Add(figures);
        }

        double Middle(Func<Figures, double> of) => Report.Median(runs.Select(of));
        return new Figures(
            Middle(r => r.List), Middle(r => r.ListAgain), Middle(r => r.Overview), Middle(r => r.Search),
            Middle(r => r.Updates), Middle(r => r.Longest), Middle(r => r.Busy));
    }

    private static async Task<IReadOnlyList<Cookie>> SignIn(IBrowser chromium, Child server)
    {
        using var api = new Api(server.Url);
        var made = await api.Make("/admins", """{"email":"bench@example.org","role":"Admin"}""");
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(server.Url.AbsoluteUri);
        await page.EvaluateAsync(
            "async invitation => { const a = await fetch('/v1.1/auth/accept', {method: 'POST', headers: "
            + "{'Content-Type': 'application/json'}, body: "
            + "JSON.stringify({invitation, password: 'benches are long'})}); "
            + "if (!a.ok) throw new Error(await a.text()); }", (string)made["invitation"]!["token"]!);
        return [.. (await context.CookiesAsync()).Select(c => new Cookie
        {
            Name = c.Name, Value = c.Value, Url = server.Url.AbsoluteUri,
        })];
    }

    private static async Task<Figures> Run(
        IBrowser chromium, Child server, Fleet fleet, IReadOnlyList<Cookie> cookies)
    {
        await using var context = await chromium.NewContextAsync();
        context.SetDefaultTimeout(60_000);
        await context.AddCookiesAsync(cookies);
        var page = await context.NewPageAsync();
        var list = await Opens(page, server, "/chargestations", "[role=cell]", "BENCH-");
        var again = await Opens(page, server, "/chargestations", "[role=cell]", "BENCH-");
        var overview = await Opens(page, server, "/", "main", $"of {fleet.Stations.Count:N0} online");
        var search = await Opens(page, server, "/chargestations?q=bench-7", "[role=cell]", "BENCH-7");
        var (updates, longest, busy) = await Update(page, server, fleet);
        return new Figures(list, again, overview, search, updates, longest, busy);
    }

    private static async Task<double> Opens(IPage page, Child server, string path, string selector, string text)
    {
        await page.GotoAsync(
            new Uri(server.Url, path).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var at = await page.WaitForFunctionAsync(Shown, new[] { selector, text });
        return await at.JsonValueAsync<double>();
    }

    /// <summary>Stations report a status each, at an even pace; the last is the one on top of the list.</summary>
    private static async Task<(double Until, double Longest, double Busy)> Update(
        IPage page, Child server, Fleet fleet)
    {
        await Opens(page, server, "/chargestations", "[role=cell]", "BENCH-");
        var first = await page.Locator("[role=row] a").First.InnerTextAsync();
        var top = fleet.Stations.Select((s, i) => (s, i)).Single(s => $"BENCH-{s.i}" == first.Trim()).s;
        await page.GetByText("Live", new PageGetByTextOptions { Exact = true }).WaitForAsync();
        await page.EvaluateAsync(Watch);
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        var before = await Busy(session);
        var began = TimeProvider.System.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / 30));
        for (var i = 0; i < Changes; i++)
        {
            if (i % (Changes / 30) == 0) await pace.WaitForNextTickAsync();
            await Tell(fleet.Stations[i % fleet.Stations.Count], i % 2 == 0 ? "Faulted" : "Unavailable");
        }

        await Tell(top, "Reserved");
        await page.Locator("[role=row]").Filter(new LocatorFilterOptions { HasText = first.Trim() })
            .Locator("[data-status=Reserved]").First.WaitForAsync();
        var until = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        var longest = await page.EvaluateAsync<double>("() => window.longest");
        var busy = await Busy(session) - before;
        await Tell(top, "Available");
        return (until, longest, busy * 1_000);
    }

    private static Task<string> Tell(Station station, string status) => station.Socket.Call(
        "StatusNotification", $$"""{"connectorId":1,"errorCode":"NoError","status":"{{status}}"}""");

    /// <summary>Seconds that the page's thread has worked.</summary>
    private static async Task<double> Busy(ICDPSession session)
    {
        var answer = await session.SendAsync("Performance.getMetrics");
        return answer!.Value.GetProperty("metrics").EnumerateArray()
            .Single(m => m.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }
}
