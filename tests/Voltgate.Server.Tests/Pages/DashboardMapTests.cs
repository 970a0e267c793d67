using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Pages;

/// <summary>The overview's map over tiles of a server that the operator named.</summary>
public sealed class DashboardMapTests
{
    private const string Pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    [Fact]
    public async Task Tiles_are_asked_for_where_the_network_is_and_their_source_is_named()
    {
        var asked = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var tiles = builder.Build();
        tiles.Run(async http =>
        {
            asked.Enqueue(http.Request.Path);
            http.Response.ContentType = "image/png";
            http.Response.Headers.AccessControlAllowOrigin = "*";
            await http.Response.Body.WriteAsync(Convert.FromBase64String(Pixel));
        });
        await tiles.StartAsync(TestContext.Current.CancellationToken);
        await using var server = await TestServer.Start(configure: o => o with
        {
            Dashboard = new() { TileUrl = tiles.Urls.First() + "/{z}/{x}/{y}.png", TileAttribution = "© Mapmakers" },
        });
        using var box = await Box.Make(server);
        await box.Api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin","coordinates":[13.4,52.5]}""");
        using var person = await OperatorClient.Join(server, box.Api, "Admin");
        await using var browser = await Browser.Start();
        await browser.Carry(person, server.Url);
        var page = await browser.Open();

        await page.GotoAsync(server.Url.AbsoluteUri);
        await page.GetByText("© Mapmakers").WaitForAsync();
        await Box.Until(() => Task.FromResult(!asked.IsEmpty), "a tile is asked for");

        Assert.All(asked, path => Assert.Matches(@"^/\d+/\d+/\d+\.png$", path));
        Assert.Empty(browser.Complaints);
    }
}
