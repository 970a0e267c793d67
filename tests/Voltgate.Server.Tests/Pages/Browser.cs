using Microsoft.Playwright;
using Voltgate.Server.Tests.Pages;
using Voltgate.Server.Tests.Security;

[assembly: AssemblyFixture(typeof(SharedChromium))]

namespace Voltgate.Server.Tests.Pages;

/// <summary>Debian's Chromium, without a window: one visitor, who shares nothing with others.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Unshown = ["Download is starting", "ERR_HTTP_RESPONSE_CODE_FAILURE"];

    private readonly IBrowserContext context;
    private int hits;

    private Browser(IBrowserContext context) => this.context = context;

    /// <summary>What pages complained of: scripts that broke, what its policy blocked.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>How often a script of somebody else's ran so far.</summary>
    public int AllHits => hits;

    /// <param name="key">An API key that each request carries; null: none.</param>
    public static async Task<Browser> Start(string? key = null)
    {
        var chromium = await SharedChromium.Get();
        var visitor = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ExtraHTTPHeaders = key is null ? [] : [KeyValuePair.Create("Authorization", "Bearer " + key)],
        });
        visitor.SetDefaultTimeout(15_000);
        var browser = new Browser(visitor);
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

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

/// <summary>One process for all tests. Each visitor has a context of its own: nothing of one is another's.</summary>
public sealed class SharedChromium : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static IPlaywright? driver;
    private static IBrowser? chromium;

    public static async Task<IBrowser> Get()
    {
        await Gate.WaitAsync();
        try
        {
            driver ??= await Playwright.CreateAsync();
            return chromium ??= await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox"], // in a container there may be no sandbox
            });
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        driver?.Dispose();
    }
}
