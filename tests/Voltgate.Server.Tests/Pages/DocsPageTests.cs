namespace Voltgate.Server.Tests.Pages;

/// <summary>The browser of the API, in a browser.</summary>
public sealed class DocsPageTests
{
    [Fact]
    public async Task It_shows_the_routes_and_lacks_nothing_but_a_logos_colour()
    {
        await using var server = await TestServer.Start(On.Sqlite);
        await using var browser = await Browser.Start();

        var page = await browser.Open();
        await page.GotoAsync(new Uri(server.Url, "/docs/index.html").AbsoluteUri);
        await page.Locator("[data-path='/auth/login']").WaitForAsync();

        Assert.Equal("Voltgate API", await page.TitleAsync());
        // The logo's own style is the one thing that the policy keeps from it.
        Assert.All(browser.Complaints, c => Assert.StartsWith("Applying inline style", c, StringComparison.Ordinal));
    }
}
