using System.Net;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Limits;

/// <summary>
/// Guessing stations' passwords is slowed down by where it comes from, and never by whom it is aimed at: a name is no
/// secret, so whoever knows it must not be able to keep its station out (reliability A3, §11).
/// </summary>
public sealed class O17_AuthRateLimit
{
    private const string Attacker = "127.0.66.1";
    private const string Neighbour = "127.0.66.200";
    private const string Elsewhere = "127.0.77.1";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Guesses_from_one_network_are_slowed_and_nobody_elsewhere_is(string provider)
    {
        await using var still = await StillServer.Start(provider, Exposed, "basic_auth");
        using var known = await Box.Make(still.Server, security: "basic_auth");
        Assert.Equal(101, await Enter(still, known, Neighbour));
        await known.Becomes(online: false);

        var answers = await Guess(still.Url, Attacker, still.Box.Endpoint, 2_000);

        Assert.Equal((60, 1_940), (answers.Count(a => a.Status == 401), answers.Count(a => a.Status == 429)));
        Assert.All(answers.Where(a => a.Status == 429), a => Assert.Equal("2", a.Header("Retry-After")));
        Assert.Equal(429, await Enter(still, still.Box, Neighbour)); // never came from there
        Assert.Equal(101, await Enter(still, still.Box, Elsewhere));
        Assert.Equal(101, await Enter(still, known, Neighbour));
        await still.Box.Becomes(online: false);
        still.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(101, await Enter(still, still.Box, Attacker));
    }

    [Theory]
    [InlineData(1, 3, 60)]
    [InlineData(60, 5, 1)]
    public async Task Settings_say_how_many_a_minute_and_how_many_at_once(int perMinute, int burst, int wait)
    {
        await using var still = await StillServer.Start(configure: o => Exposed(o) with
        {
            Ocpp = o.Ocpp with { FailedLoginsPerMinute = perMinute, FailedLoginBurst = burst },
        });

        var answers = await Guess(still.Url, Attacker, "Nobody", burst + 1);

        Assert.Equal(
            [.. Enumerable.Repeat(401, burst), 429], answers.Select(a => a.Status));
        Assert.Equal($"{wait}", answers[^1].Header("Retry-After"));
    }

    [Theory]
    [InlineData(0, new string[0])]
    [InlineData(30, new[] { "10.0.0.0/8", "127.0.66.0/24" })]
    public async Task Without_a_limit_and_behind_a_shared_source_no_network_is_slowed(int perMinute, string[] shared)
    {
        await using var still = await StillServer.Start(configure: o => o with
        {
            Server = o.Server with { SharedSources = shared },
            Ocpp = o.Ocpp with { FailedLoginsPerMinute = perMinute },
        });

        Assert.All(await Guess(still.Url, Attacker, "Nobody", 200), a => Assert.Equal(401, a.Status));
    }

    [Fact]
    public async Task Guesses_from_everywhere_together_are_slowed_and_who_came_before_is_not()
    {
        await using var still = await StillServer.Start(
            configure: o => Exposed(o) with { Ocpp = o.Ocpp with { FailedLoginsPerSecond = 50 } },
            security: "basic_auth");
        using var known = await Box.Make(still.Server, security: "basic_auth");
        Assert.Equal(101, await Enter(still, known, Elsewhere));
        await known.Becomes(online: false);

        var answers = new List<RawAnswer>();
        for (var network = 0; network < 200; network++)
            answers.AddRange(await Guess(still.Url, $"127.1.{network}.1", still.Box.Endpoint, 1));

        Assert.Equal((50, 150), (answers.Count(a => a.Status == 401), answers.Count(a => a.Status == 429)));
        Assert.Equal(429, await Enter(still, still.Box, Elsewhere));
        Assert.Equal(101, await Enter(still, known, Elsewhere));
        still.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(101, await Enter(still, still.Box, Elsewhere));
    }

    [Fact]
    public async Task Who_knocks_in_a_station_s_name_from_its_own_network_keeps_it_out_of_no_other()
    {
        await using var still = await StillServer.Start(configure: Exposed, security: "basic_auth");
        Assert.Equal(101, await Enter(still, still.Box, Neighbour));
        await still.Box.Becomes(online: false);

        var answers = await Guess(still.Url, Attacker, still.Box.Endpoint, 100);

        Assert.Equal(60, answers.Count(a => a.Status == 401));
        Assert.Equal(429, await Enter(still, still.Box, Neighbour));
        Assert.Equal(101, await Enter(still, still.Box, Elsewhere));
    }

    [Theory]
    [InlineData("192.0.2.17", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.17", "192.0.2.0/24")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("::1", "::/64")]
    public void A_network_is_what_one_subscriber_may_have(string address, string network) =>
        Assert.Equal(network, Source.NetworkOf(IPAddress.Parse(address)));

    private static ServerOptions Exposed(ServerOptions options) =>
        options with { Server = options.Server with { SharedSources = [] } };

    /// <summary>So many wrong passwords, one after the other on one connection.</summary>
    private static async Task<List<RawAnswer>> Guess(Uri server, string from, string name, int times)
    {
        using var socket = await RawSocket.Open(server, from: from);
        var answers = new List<RawAnswer>();
        for (var i = 0; i < times; i++)
            answers.Add(await socket.Upgrade($"/ocpp/{name}", RawSocket.Basic(name, $"guess-{i:D12}")));
        return answers;
    }

    private static async Task<int> Enter(StillServer still, Box box, string from) => (await RawSocket.AskFrom(
        from, still.Url, box.Target, RawSocket.Basic(box.Endpoint, box.Password!))).Status;
}
