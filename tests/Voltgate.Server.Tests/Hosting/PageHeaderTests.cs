using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Hosting;

/// <summary>A11: what browsers are told, on every page.</summary>
public sealed class PageHeaderTests
{
    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/openapi.json")]
    [InlineData("/v1.1/me")]
    [InlineData("/nowhere")]
    [InlineData("/livez")]
    public async Task Every_answer_forbids_what_no_page_of_ours_needs(string path)
    {
        await using var server = await TestServer.Start(
            On.Sqlite, o => o with { Server = o.Server with { PublicUrl = "https://charge.example.org" } });
        using var client = server.Client("");
        using var answer = await client.Http.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
        Assert.StartsWith(
            "max-age=", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_of_the_API_needs_nothing_that_the_policy_forbids()
    {
        await using var server = await TestServer.Start(On.Sqlite);
        using var client = server.Client("");
        var page = await client.Http.GetStringAsync("/docs/index.html");

        Assert.DoesNotMatch(new Regex("<script(?![^>]*src=)", RegexOptions.IgnoreCase), page);
        Assert.DoesNotMatch(new Regex("<style|style=|onload=", RegexOptions.IgnoreCase), page);
        foreach (Match asset in Regex.Matches(page, "(?:src|href)=\"([^\"]+)\""))
        {
            Assert.DoesNotContain("//", asset.Groups[1].Value, StringComparison.Ordinal);
            using var got = await client.Http.GetAsync(new Uri(new Uri(server.Url, "/docs/"), asset.Groups[1].Value));
            Assert.True(got.IsSuccessStatusCode, asset.Value);
        }
    }
}
