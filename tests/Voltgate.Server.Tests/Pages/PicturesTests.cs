using Microsoft.Playwright;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Pages;

/// <summary>
/// The pictures of docs/images: made here of a small network, and written beside the tests; whoever changes how a page
/// looks copies them.
/// </summary>
public sealed class PicturesTests
{
    private const int Days = 14;

    private static readonly (string Name, string Zone, double Lon, double Lat)[] Sites =
    [
        ("Berlin Market Square", "Europe/Berlin", 13.405, 52.52), ("Wien South", "Europe/Vienna", 16.373, 48.208),
        ("Utrecht Station", "Europe/Amsterdam", 5.121, 52.09), ("Lyon Confluence", "Europe/Paris", 4.835, 45.764),
    ];

    [Fact]
    public async Task A_picture_is_made_of_each_main_page()
    {
        await using var server = await TestServer.Start();
        using var api = await server.Tenant("Voltgate");
        using var person = await OperatorClient.Join(server, api, "Admin");
        await using var browser = await Browser.Start();
        await browser.Carry(person, server.Url);
        var stations = await Furnish(server, api);
        var page = await browser.Open();
        await page.SetViewportSizeAsync(1440, 960);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "images")).FullName;
        var session = (string)(await api.Get("/sessions?status=Ended")).Items[0]!["_id"]!;
        (string Name, string Path, ColorScheme Scheme)[] pictures =
        [
            ("overview", "/", ColorScheme.Light), ("overview-dark", "/", ColorScheme.Dark),
            ("chargestations", "/chargestations", ColorScheme.Light),
            ("messages", $"/chargestations/{stations[0]}?tab=messages", ColorScheme.Light),
            ("session", $"/sessions/{session}", ColorScheme.Light), ("first-steps", "/first-steps", ColorScheme.Dark),
        ];

        foreach (var (name, path, scheme) in pictures)
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await page.GotoAsync(new Uri(server.Url, path).AbsoluteUri);
            await page.Locator("h1").First.WaitForAsync();
            await page.WaitForFunctionAsync(
                "() => ![...document.querySelectorAll('.mantine-Skeleton-root')].some(s => s.offsetParent)");
            await page.EvaluateAsync("() => document.fonts.ready");
            if (path == "/") await page.WaitForTimeoutAsync(4_000); // the map draws itself
            var file = Path.Combine(folder, name + ".png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = file });
            Assert.True(new FileInfo(file).Length > 30_000, $"{name} shows nothing");
        }

        Assert.Empty(browser.Complaints);
    }

    /// <summary>Twelve stations that have charged for two weeks, some of which charge now.</summary>
    private static async Task<List<string>> Furnish(TestServer server, ApiClient api)
    {
        var rate = await api.Make("/rates", """
            {"name":"Day","currency":"EUR","price_components":[{"type":"ENERGY","price":0.49,"tax":19},
             {"type":"FLAT","price":0.5,"tax":19}]}
            """);
        var cards = new List<string>();
        foreach (var (first, last) in new[] { ("Ada", "Byron"), ("Emil", "Berger"), ("Mina", "Haas"), ("Jan", "Smit") })
        {
            var user = await api.Make("/users", $$"""{"firstname":"{{first}}","lastname":"{{last}}"}""");
            cards.Add($"04A1B2C3D4E5{cards.Count:00}");
            await api.Make("/tokens", $$"""{"physicalId":"{{cards[^1]}}","user":"{{user}}"}""");
        }

        var stations = new List<string>();
        foreach (var (name, zone, lon, lat) in Sites)
        {
            var location = await api.Make("/locations", FormattableString.Invariant(
                $$"""{"name":"{{name}}","timezone":"{{zone}}","coordinates":[{{lon}},{{lat}}]}"""));
            for (var i = 1; i <= 3; i++)
            {
                var endpoint = $"{name.Split(' ')[0].ToUpperInvariant()}-{i}";
                var made = (await api.Post("/chargestations", $$"""
                    {"name":"{{name}} {{i}}","endpoint":"{{endpoint}}","location":"{{location}}",
                     "security":{"type":"none"},
                     "connectors":[
                      {"connectorId":1,"type":"CCS2","power_type":"DC","power":75,"rate":"{{rate}}"},
                      {"connectorId":2,"type":"Type2","power_type":"AC_3_PHASE","power":22,"rate":"{{rate}}"}]}
                    """)).MustBe(201).Result;
                stations.Add((string)made["_id"]!);
                await Live(server, endpoint, cards, stations.Count);
            }
        }

        return stations;
    }

    private static async Task Live(TestServer server, string endpoint, List<string> cards, int n)
    {
        var station = await ScriptedStation.Connect(server.Url, endpoint);
        await station.Boot("Example", "DC-75");
        var now = DateTimeOffset.UtcNow;
        var meter = 120_000;
        for (var day = Days - 1; day >= 0; day--)
        {
            var card = cards[(n + day) % cards.Count];
            var began = now.AddDays(-day).AddHours(-2).AddMinutes(7 * n);
            meter += await Charge(station, card, began, meter, 5_000 + 1_700 * ((n * 3 + day * 5) % 7));
        }

        await station.Report(1, "Available", now);
        await station.Report(2, n % 12 == 5 ? "Faulted" : "Available", now);
        if (n == 12) await station.Cut(); // one that is away
        if (n % 3 != 0 || n == 12) return;
        var number = (int)(await station.Call("StartTransaction", $$"""
            {"connectorId":2,"idTag":"{{cards[n / 3 % cards.Count]}}","meterStart":0,
             "timestamp":"{{now.AddMinutes(-20):O}}"}
            """))["transactionId"]!;
        await station.Report(2, "Charging", now);
        await station.Call("MeterValues", Meter(2, number, now, 3_400 + 300 * n, 10.2 + n / 10.0, 45 + n));
    }

    private static async Task<int> Charge(
        ScriptedStation station, string card, DateTimeOffset began, int meter, int wh)
    {
        var number = (int)(await station.Call("StartTransaction", $$"""
            {"connectorId":1,"idTag":"{{card}}","meterStart":{{meter}},"timestamp":"{{began:O}}"}
            """))["transactionId"]!;
        for (var i = 1; i <= 8; i++)
            await station.Call("MeterValues", Meter(
                1, number, began.AddMinutes(4 * i), meter + wh * i / 9, 62 - 3.5 * i, 35 + 6 * i));
        await station.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":{{meter + wh}},"timestamp":"{{began.AddMinutes(38):O}}",
             "reason":"EVDisconnected"}
            """);
        return wh;
    }

    private static string Meter(int connector, int number, DateTimeOffset at, int wh, double kw, int soc) =>
        FormattableString.Invariant($$"""
            {"connectorId":{{connector}},"transactionId":{{number}},"meterValue":[
             {"timestamp":"{{at:O}}","sampledValue":[
             {"value":"{{wh}}"},{"value":"{{kw:0.0}}","measurand":"Power.Active.Import","unit":"kW"},
             {"value":"{{soc}}","measurand":"SoC","unit":"Percent"}]}]}
            """);
}
