using System.Diagnostics;
using Voltgate.Server.Tests.Stations;

namespace Voltgate.Server.Tests.Limits;

/// <summary>
/// Whoever tries names one after the other learns of none that it exists (reliability A3). VOLTGATE_ENUMERATED_IDS asks
/// for more of them than a build has time for (100,000: .ci/nightly).
/// </summary>
public sealed class O18_IdEnumeration
{
    private const string Attacker = "127.0.66.1";
    private const int Stations = 5;

    private static int Ids =>
        int.TryParse(Environment.GetEnvironmentVariable("VOLTGATE_ENUMERATED_IDS"), out var number) ? number : 2_000;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_name_that_exists_is_answered_like_one_that_does_not(string provider)
    {
        await using var server = await TestServer.Start(provider, configure: o => o with
        {
            Ocpp = o.Ocpp with { FailedLoginsPerMinute = 0, FailedLoginsPerSecond = 100_000 },
        });
        using var api = await server.Tenant();
        for (var i = 0; i < Stations; i++)
            (await api.Post("/chargestations", $$$"""
                {"name":"S","endpoint":"{{{NameOf(i)}}}","security":{"type":"basic_auth"}}
                """)).MustBe(201);
        using var socket = await RawSocket.Open(server.Url);
        List<double> known = [], unknown = [];
        var answers = new HashSet<RawAnswer>();
        for (var i = 0; i < Ids; i++)
        {
            // A name that exists before each that does not, so that both meet the same weather.
            answers.Add(await Try(socket, NameOf(i % Stations), known));
            answers.Add(await Try(socket, NameOf(Stations + i), unknown));
        }

        Assert.Equal(401, Assert.Single(answers).Status);
        Assert.InRange(Fastest(known) / Fastest(unknown), 0.8, 1.25);
    }

    [Fact]
    public async Task A_network_that_is_slowed_is_logged_once_a_minute()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Server = o.Server with { SharedSources = [] } });
        int Told() => still.Server.Logs.All.Count(
            l => l.Contains("127.0.66.0/24; it is slowed", StringComparison.Ordinal));

        await Guess(still.Url, 200);
        Assert.Equal(1, Told());
        still.Clock.Advance(TimeSpan.FromMinutes(1));
        await Guess(still.Url, 200);

        Assert.Equal(2, Told());
    }

    private static async Task Guess(Uri server, int times)
    {
        using var socket = await RawSocket.Open(server, from: Attacker);
        for (var i = 0; i < times; i++) await Try(socket, NameOf(i), []);
    }

    private static string NameOf(int i) => $"N{i:D7}";

    private static async Task<RawAnswer> Try(RawSocket socket, string name, List<double> times)
    {
        var header = RawSocket.Basic(name, "0123456789abcdef");
        var began = Stopwatch.GetTimestamp();
        var answer = await socket.Upgrade("/ocpp/" + name, header);
        times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        return answer;
    }

    /// <summary>The mean of the fastest tenth: what the machine did beside it is left out.</summary>
    private static double Fastest(List<double> times) => times.Order().Take(times.Count / 10).Average();
}
