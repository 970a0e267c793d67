using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Tests.Pages;

/// <summary>How the dashboard's files are served, and what is where there are none.</summary>
public sealed class DashboardFilesTests(SharedServers servers)
{
    [Fact]
    public async Task Every_address_of_its_own_is_its_page_under_a_strict_policy()
    {
        using var http = Plain((await servers.Get(On.Sqlite)).Url);

        foreach (var path in (string[])["/", "/sessions", "/chargestations/6956e2000000000000000006?tab=security"])
        {
            var answer = await http.GetAsync(path);
            Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
            Assert.Contains("<div id=\"root\">", await answer.Content.ReadAsStringAsync());
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("script-src 'self'; style-src 'self';", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        }
    }

    [Fact]
    public async Task Files_named_by_their_content_are_kept_for_good_and_come_compressed()
    {
        using var http = Plain((await servers.Get(On.Sqlite)).Url);
        var page = await http.GetStringAsync("/");
        var script = page.Split('"').First(p => p.StartsWith("/assets/") && p.EndsWith(".js"));
        var plain = await http.GetByteArrayAsync(script);

        using var asked = new HttpRequestMessage(HttpMethod.Get, script)
        {
            Headers = { { "Accept-Encoding", "gzip, br" } },
        };
        var answer = await http.SendAsync(asked);

        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        using var unpacked = new MemoryStream();
        await using (var brotli = new BrotliStream(
            await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress)) await brotli.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
        using var again = new HttpRequestMessage(HttpMethod.Get, script)
        {
            Headers = { { "If-None-Match", answer.Headers.ETag!.Tag } },
        };
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/gone-12345678.js")]
    [InlineData("/robots.txt")]
    [InlineData("/..%2fvoltgate.dll")]
    [InlineData("/assets/..%2f..%2fvoltgate.dll")]
    [InlineData("/v1.1/nothing")]
    [InlineData("/v1/nothing/at/all")]
    public async Task What_is_no_page_is_not_found(string path)
    {
        using var http = Plain((await servers.Get(On.Sqlite)).Url);

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Only_reading_is_answered()
    {
        using var http = Plain((await servers.Get(On.Sqlite)).Url);

        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync("/sessions", null)).StatusCode);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/");
        var answer = await http.SendAsync(head);
        Assert.True(answer.Content.Headers.ContentLength > 100);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_map_may_have_tiles_of_one_server_and_nothing_else_of_it()
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Dashboard = new()
            {
                TileUrl = "https://tiles.example.org/a\"b/{z}/{x}/{y}.png", TileAttribution = "© <Us>",
            },
        });
        using var http = Plain(server.Url);
        var answer = await http.GetAsync("/");

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains(
            "<meta name=\"voltgate-tiles\" content=\"https://tiles.example.org/a&quot;b/{z}/{x}/{y}.png\">", page);
        Assert.Contains("content=\"&#169; &lt;Us&gt;\"></head>", page);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("img-src 'self' data: blob: https://tiles.example.org;", policy);
        Assert.Contains("connect-src 'self' https://tiles.example.org;", policy);
        Assert.Contains("script-src 'self'; style-src 'self';", policy);
    }

    [Fact]
    public async Task A_server_without_the_files_says_so()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        new Dashboard(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")), new()).Map(app);
        await app.StartAsync();
        using var http = Plain(new Uri(app.Urls.First()));

        Assert.Contains("needs node 20", await http.GetStringAsync("/"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/sessions")).StatusCode);
        await app.StopAsync();
    }

    private static HttpClient Plain(Uri server) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = server,
    };
}
