using Microsoft.Playwright;
using Voltgate.Server.Tests.Security;

namespace Voltgate.Server.Tests.Pages;

/// <summary>Debian's Chromium, without a window.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Unshown = ["Download is starting", "ERR_HTTP_RESPONSE_CODE_FAILURE"];

    private readonly IPlaywright playwright;
    private readonly IBrowserContext context;
    private int hits;

    private Browser(IPlaywright playwright, IBrowserContext context) =>
        (this.playwright, this.context) = (playwright, context);

    /// <summary>What pages complained of: scripts that broke, what its policy blocked.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>How often a script of somebody else's ran so far.</summary>
    public int AllHits => hits;

    /// <param name="key">An API key that each request carries; null: none.</param>
    public static async Task<Browser> Start(string? key = null)
    {
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], // in a container there may be no sandbox
        });
        var visitor = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ExtraHTTPHeaders = key is null ? [] : [KeyValuePair.Create("Authorization", "Bearer " + key)],
        });
        visitor.SetDefaultTimeout(15_000);
        var browser = new Browser(driver, visitor);
        visitor.Console += (_, m) =>
        {
            if (m.Type == "error") browser.Complaints.Add(m.Text);
        };
        visitor.WebError += (_, e) => browser.Complaints.Add(e.Error);
        await visitor.ExposeFunctionAsync(HostileTexts.Hit, () => Interlocked.Increment(ref browser.hits));
        return browser;
    }

    public Task<IPage> Open() => context.NewPageAsync();

    /// <summary>Carries the operator's cookies from now on.</summary>
    public Task Carry(OperatorClient by, Uri server) => context.AddCookiesAsync(
        by.Cookies.GetAllCookies().Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = server.ToString() }));

    /// <summary>Cuts the browser off its network, or connects it again.</summary>
    public Task Cut(bool isOff) => context.SetOfflineAsync(isOff);

    /// <summary>Opens an address and clicks about; how often a script of somebody else's ran meanwhile.</summary>
    /// <param name="shown">What must be there before; null: the page as it is loaded.</param>
    public async Task<int> Hits(string address, string? shown = null)
    {
        var before = hits;
        var page = await Open();
        try
        {
            await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
            if (shown is not null) await page.Locator(shown).First.WaitForAsync();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{address} shows only: {await page.Locator("body").InnerTextAsync()}", e);
        }
        catch (PlaywrightException e) when (Unshown.Any(u => e.Message.Contains(u, StringComparison.Ordinal)))
        {
            // Kept as a file, or an error without a body: nothing to click on.
            await page.CloseAsync();
            return hits - before;
        }

        await page.Mouse.ClickAsync(20, 20);
        await page.EvaluateAsync("() => 1");
        await page.CloseAsync();
        return hits - before;
    }

    public async ValueTask DisposeAsync()
    {
        await context.Browser!.DisposeAsync();
        playwright.Dispose();
    }
}
