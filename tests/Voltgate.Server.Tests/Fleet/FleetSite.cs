using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Webhooks;
using Voltgate.Simulator;

namespace Voltgate.Server.Tests.Fleet;

/// <summary>One member of the fleet: a station, its driver's account, and the seed of its luck.</summary>
internal sealed record FleetMember(string Station, string Connector, string User, SimulatedStation Simulated);

/// <summary>A server, a tenant, a receiver and a fleet.</summary>
internal sealed class FleetSite : IAsyncDisposable
{
    private static readonly string[] Dealt =
    [
        Behaviours.Good, "drops", "lost-answers", "duplicates", "new-ids", Behaviours.Good, "repeated-ids", "restarts",
        "rollback", "clock-1970", "rejects", "drops,duplicates,new-ids",
    ];

    // As far as a station's clock may lag behind without a doubt about it.
    private const int LeadSeconds = 280;

    private readonly CancellationTokenSource _closing = new();
    private Simulator.Fleet _fleet = null!;
    private Task _living = Task.CompletedTask;

    private readonly int _pace;

    private FleetSite(TestServer server, ApiClient api, WebhookSink sink, uint seed, int pace) =>
        (Server, Api, Sink, Seed, _pace) = (server, api, sink, seed, pace);

    public TestServer Server { get; }

    public ApiClient Api { get; }

    public WebhookSink Sink { get; }

    public uint Seed { get; }

    public IReadOnlyList<FleetMember> Members { get; private set; } = [];

    /// <param name="time">So long the fleet shall live: the longer, the slower, so that its lead lasts.</param>
    public static async Task<FleetSite> Open(string provider, int stations, uint seed, TimeSpan time)
    {
        var pace = Math.Clamp(LeadSeconds / ((int)time.TotalSeconds + 10), 1, 10);
        var server = await TestServer.Start(provider, o => o with
        {
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"] },
            Sessions = o.Sessions with { CommandTimeoutSeconds = 20 },
            // Each station answers or is gone; a machine that is busy must not make a failed start of a slow answer.
            Ocpp = o.Ocpp with { CallTimeoutSeconds = 100 },
        });
        var site = new FleetSite(server, await server.Tenant(), await WebhookSink.Start(), seed, pace);
        await site.Furnish(stations);
        return site;
    }

    /// <summary>Every member charges so many times; what each time became.</summary>
    /// <param name="rounds">Sessions that each station has at least.</param>
    /// <param name="time">So long no station stops beginning new ones.</param>
    public async Task<IReadOnlyList<FleetStory>> Live(int rounds, TimeSpan time)
    {
        _living = _fleet.Run(_closing.Token);
        var stories = await Task.WhenAll(Members.Select(m => new FleetLife(Api, m).Run(rounds, time)));
        return [.. stories.SelectMany(s => s)];
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _living;
        _closing.Dispose();
        await Server.DisposeAsync();
        await Sink.DisposeAsync();
        Api.Dispose();
    }

    private async Task Furnish(int stations)
    {
        await Api.Make("/webhooks", $$"""{"url":"{{Sink.Url}}","events":["session.*"]}""");
        var rate = await Api.Make("/rates", """
            {"name":"Fleet","currency":"EUR","price_components":[
              {"type":"ENERGY","price":0.45,"tax":19},{"type":"PARKING_TIME","price":6,"tax":19}]}
            """);
        using var turns = new SemaphoreSlim(8);
        var made = await Task.WhenAll(Enumerable.Range(1, stations).Select(n => Furnish(n, rate, turns)));
        var habits = new DriverHabits { Reaction = TimeSpan.FromMilliseconds(400) };
        _fleet = new Simulator.Fleet(made.Select(m => m.Options), habits, TimeProvider.System);
        Members = [.. made.Zip(_fleet.Stations, (m, s) => new FleetMember(m.Station, m.Connector, m.User, s))];
    }

    private async Task<(string Station, string Connector, string User, StationOptions Options)> Furnish(
        int number, string rate, SemaphoreSlim turns)
    {
        await turns.WaitAsync();
        try
        {
            var user = await Api.Make("/users", $$"""{"email":"driver{{number}}@example.org"}""");
            var station = (await Api.Post("/chargestations", $$"""
                {"name":"Fleet {{number}}","endpoint":"{{Server.Url.Port}}-{{number}}","security":{"type":"none"},
                 "connectors":[{"connectorId":1,"type":"CCS2","power_type":"DC","power":150,"rate":"{{rate}}"}]}
                """)).MustBe(201);
            var connector = (string)station.Result["connectors"]!.AsArray().OfType<JsonObject>().Single()["_id"]!;
            return (station.Text("_id"), connector, user, Options(number));
        }
        finally
        {
            turns.Release();
        }
    }

    private StationOptions Options(int number) => new()
    {
        Url = new Uri($"ws://{Server.Url.Authority}/ocpp/{Server.Url.Port}-{number}"),
        // One deal of all behaviours after the other, each in another version.
        Version = StationOptions.Versions[number / Dealt.Length % StationOptions.Versions.Length],
        Connectors = [ConnectorSpec.Dc150],
        Mishaps = Behaviours.Parse(Dealt[number % Dealt.Length], number)!.Value,
        Seed = Seed + (uint)number,
        // High enough for ten thousand rollbacks: at zero one would be a drop-out (quirk 37) and bill otherwise.
        MeterWh = 1_000_000_000,
        Pace = new Pace(_pace, TimeSpan.FromSeconds(LeadSeconds)),
        Tick = TimeSpan.FromMilliseconds(200),
        FirstBackOff = TimeSpan.FromMilliseconds(300),
        Away = TimeSpan.FromSeconds(3),
        Configuration = new Dictionary<string, string>
        {
            // A sample each second of the real time, at any pace.
            [Configuration.MeterValueSampleInterval] = $"{_pace}",
            [Configuration.TransactionMessageRetryInterval] = "1",
        },
    };
}
