using System.Diagnostics;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Api;

/// <summary>A08 and A10: guessing and forging.</summary>
public sealed class SignInTests(SharedServers servers)
{
    private static readonly Func<ServerOptions, ServerOptions> Patient = o => o with
    {
        Operators = new OperatorsSection { SourceTriesPerMinute = 600, AccountTriesPerMinute = 600 },
    };

    [Fact]
    public async Task An_unknown_account_gets_the_same_answer_after_the_same_time()
    {
        await using var server = await TestServer.Start(configure: Patient);
        using var root = server.Client();
        using var browser = await OperatorClient.Join(server, root, "Viewer");
        await root.Post("/admins", """{"email":"invited@example.com","role":"Viewer"}""");

        var (wrong, slow) = await Fastest(() => browser.Login("a wrong password"));
        var (unknown, alike) = await Fastest(() => browser.Login("a wrong password", "nobody@example.com"));
        var (invited, too) = await Fastest(() => browser.Login("a wrong password", "invited@example.com"));

        Assert.Equal(wrong.MustBe(401).Message, unknown.MustBe(401).Message);
        Assert.Equal(wrong.Message, invited.MustBe(401).Message);
        Assert.True(alike > slow / 2 && too > slow / 2, $"{slow}, {alike}, {too}: one of them was not hashed");
    }

    [Fact]
    public async Task A_thousand_guesses_from_one_source_are_slowed_and_the_account_is_not_locked()
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(clock: clock);
        using var root = server.Client();
        using var browser = await OperatorClient.Join(server, root, "Viewer");

        var statuses = new List<int>();
        var last = default(ApiAnswer);
        for (var i = 0; i < 1_000; i++) statuses.Add((last = await browser.Login("guess " + i)).Status);

        Assert.Equal(20, statuses.Count(s => s == 401));
        Assert.Equal(980, statuses.Count(s => s == 429));
        Assert.Equal("too_many_attempts", last!.Code);
        Assert.InRange(int.Parse(last.Headers["Retry-After"]), 1, 3);
        clock.Advance(TimeSpan.FromSeconds(3));
        (await browser.Login()).MustBe(200);
    }

    [Fact]
    public async Task Guesses_at_one_account_are_slowed_whoever_makes_them_but_not_its_owners_place()
    {
        var clock = new ManualTime();
        await using var server = await TestServer.Start(
            configure: o => o with { Operators = new OperatorsSection { SourceTriesPerMinute = 600 } }, clock: clock);
        using var root = server.Client();
        var made = await root.Post("/admins", """{"email":"new@example.com","role":"Viewer"}""");
        using var browser = new OperatorClient(server.Url) { Email = "new@example.com" };

        // Nobody has come from here to that account yet, so that its own limit counts: five a minute.
        var invited = await Statuses(browser, "new@example.com", 8);
        var unknown = await Statuses(browser, "nobody@example.com", 8);
        Assert.Equal<int[]>([401, 401, 401, 401, 401, 429, 429, 429], invited);
        Assert.Equal(invited, unknown);

        (await browser.Accept((string)made.Result["invitation"]!["token"]!)).MustBe(200);
        Assert.All(await Statuses(browser, "new@example.com", 8), status => Assert.Equal(401, status));
        (await browser.Login()).MustBe(200);
    }

    [Theory]
    [InlineData("cross-site", "", false)]
    [InlineData("same-site", "", false)]
    [InlineData("none", "", false)]
    [InlineData("", "https://evil.example", false)]
    [InlineData("", "null", false)]
    [InlineData("", "", false)]
    [InlineData("same-origin", "", true)]
    [InlineData("", "self", true)]
    public async Task A_cookie_writes_only_from_this_sites_own_pages(string site, string origin, bool allowed)
    {
        var server = await servers.Get(On.Sqlite);
        using var tenant = await server.Tenant();
        using var browser = await OperatorClient.Join(server, tenant, "Admin");
        browser.Site = site;
        (string, string)[] headers = origin switch
        {
            "" => [],
            "self" => [("Origin", server.Url.GetLeftPart(UriPartial.Authority))],
            _ => [("Origin", origin)],
        };

        var write = await browser.Send("POST", "/users", "{}", headers);
        // A GET that is a command is a write, too: a link on another site would send the cookie along.
        var command = await browser.Send("GET", "/sessions/0123456789abcdef01234567/stop", null, headers);
        var read = await browser.Send("GET", "/users", null, headers);

        Assert.Equal(allowed ? 201 : 403, write.Status);
        Assert.Equal(allowed ? 404 : 403, command.Status);
        if (!allowed) Assert.Equal("cross_site", write.Code);
        read.MustBe(200);
    }

    [Fact]
    public async Task Programs_say_that_they_mean_it_and_other_sites_cannot_sign_anybody_in()
    {
        var server = await servers.Get(On.Sqlite);
        using var tenant = await server.Tenant();
        using var browser = await OperatorClient.Join(server, tenant, "Admin");
        browser.Site = "";
        (await browser.Send("POST", "/users", "{}", ("X-Requested-With", "script"))).MustBe(201);

        browser.Site = "cross-site";
        (await browser.Send("POST", "/users", "{}", ("X-Requested-With", "script"))).MustBe(403);
        (await browser.Login()).MustBe(403);
        (await browser.Accept("x")).MustBe(403);
    }

    private static async Task<int[]> Statuses(OperatorClient browser, string email, int tries)
    {
        var statuses = new int[tries];
        for (var i = 0; i < tries; i++) statuses[i] = (await browser.Login("a wrong password", email)).Status;
        return statuses;
    }

    private static async Task<(ApiAnswer Answer, TimeSpan Took)> Fastest(Func<Task<ApiAnswer>> ask)
    {
        var (answer, best) = (default(ApiAnswer), TimeSpan.MaxValue);
        for (var i = 0; i < 4; i++)
        {
            var watch = Stopwatch.StartNew();
            answer = await ask();
            if (watch.Elapsed < best) best = watch.Elapsed;
        }

        return (answer!, best);
    }
}
