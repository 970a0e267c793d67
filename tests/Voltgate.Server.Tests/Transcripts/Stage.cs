using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Resources;
using Voltgate.Server.Stations;
using Voltgate.Server.Storage;
using Voltgate.Tests;

namespace Voltgate.Server.Tests.Transcripts;

/// <summary>
/// What a transcript plays on: a whole server on a clock that stands still, a tenant with a location in Berlin, a rate,
/// a driver, cards, and a station with two connectors that has booted.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(600);
    private readonly TestServer server;
    private long seen;

    private readonly string version;

    private Stage(TestServer server, ApiClient api, ManualTime clock, string version) =>
        (this.server, Api, Clock, this.version) = (server, api, clock, version);

    public ApiClient Api { get; private set; }

    public ManualTime Clock { get; }

    public string Organization { get; private set; } = "";

    public TestServer Server => server;

    public ScriptedStation Station { get; private set; } = null!;

    /// <summary>What stands for $c1, $u1, $tag, … in a transcript.</summary>
    public Dictionary<string, string> Words { get; } = [];

    public static async Task<Stage> Set(
        string provider, string rate = """{"type":"ENERGY","price":0.5,"tax":0}""",
        Func<ServerOptions, ServerOptions>? configure = null, string version = "1.6")
    {
        var clock = new ManualTime(Noon);
        var started = await TestServer.Start(provider, o => Patient(configure?.Invoke(o) ?? o), clock);
        var stage = new Stage(started, await started.Tenant(), clock, version);
        try
        {
            await stage.Furnish(rate);
            await stage.Connect();
            return stage;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{e.Message}\n{stage.Logged}", e);
        }
    }

    public async Task Connect()
    {
        await Relink();
        await Station.Boot("Test", "One");
        foreach (var number in new[] { 1, 2 }) await Station.Report(number, "Available", Clock.GetUtcNow());
        await Skip();
    }

    /// <summary>A link that comes back; the station has not been off and says nothing of itself.</summary>
    public async Task Relink() =>
        Station = await ScriptedStation.Connect(server.Url, Words["endpoint"], subprotocol: "ocpp" + version);

    /// <summary>The platform's next CALL.</summary>
    public async Task<JsonArray> NextCall()
    {
        var call = Station.Expect();
        while (await Task.WhenAny(call, Task.Delay(1_000)) != call) Clock.Leap(Nudge);
        return await call;
    }

    /// <summary>The next event of the station's stream.</summary>
    public async Task<JsonObject> NextEvent()
    {
        for (var i = 0; i < 500; i++)
        {
            if ((await Events(seen)).FirstOrDefault() is { } found)
            {
                seen = found.Seq;
                return JsonNode.Parse(await BodyOf(found))!.AsObject();
            }

            await Task.Delay(20);
            // A part that began to wait after the clock had moved waits for its next move.
            if (i % 50 == 49) Clock.Leap(Nudge);
        }

        throw new TimeoutException("No event came. " + Logged);
    }

    /// <summary>What the server logged above the usual, for whoever must find out why.</summary>
    public string Logged => string.Join('\n', server.Logs.All.TakeLast(20));

    /// <summary>Events that nobody asked about.</summary>
    public async Task<IReadOnlyList<string>> Unexpected() => [.. (await Events(seen)).Select(e => e.Type)];

    /// <summary>Passes over what has happened so far.</summary>
    public async Task Skip()
    {
        if ((await Events(seen)).LastOrDefault() is { } last) seen = last.Seq;
    }

    /// <summary>The server dies without a word and a new one starts on the same data.</summary>
    public async Task Restart()
    {
        await Station.DisposeAsync();
        await server.Restart();
        var key = Api.Key;
        Api.Dispose();
        Api = server.Client(key); // it listens at another port
        while ((string)(await NextEvent())["type"]! != "chargestation.offline") continue;
    }

    public async ValueTask DisposeAsync()
    {
        await Station.DisposeAsync();
        Api.Dispose();
        await server.DisposeAsync();
    }

    // On a clock that jumps, no pong can come in time.
    private static ServerOptions Patient(ServerOptions o) => o with
    {
        Ocpp = o.Ocpp with { PingIntervalSeconds = 100_000_000 },
    };

    private async Task Furnish(string rate)
    {
        Organization = (string)(await Api.Get("/me")).MustBe(200).Result["organization"]!["_id"]!;
        var location = await Api.Make("/locations", """{"name":"Yard","timezone":"Europe/Berlin"}""");
        Words["rate"] = await Api.Make(
            "/rates", $$"""{"name":"Standard","currency":"EUR","price_components":[{{rate}}]}""");
        Words["u1"] = await Api.Make("/users", """{"firstname":"Ada","lastname":"Byron","email":"ada@example.org"}""");
        var tokens = await Api.Get($"/tokens?user={Words["u1"]}");
        Words["tag"] = (string)tokens.Items[0]!["physicalId"]!;
        await Card("card", $$"""{"physicalId":"CARD1","type":"ISO14443","user":"{{Words["u1"]}}"}""");
        await Card("blocked", """{"physicalId":"BLOCKED1","type":"ISO14443","active":false}""");
        await Card("expired", """{"physicalId":"EXPIRED1","type":"ISO14443","expiresAt":"2026-03-01T00:00:00Z"}""");
        Words["endpoint"] = "T-" + Guid.NewGuid().ToString("N")[..12];
        var connector = $$"""{"connectorId":{0},"type":"Type2","power":22,"rate":"{{Words["rate"]}}"}""";
        var station = await Api.Post("/chargestations", $$"""
            {"name":"Box","endpoint":"{{Words["endpoint"]}}","location":"{{location}}","security":{"type":"none"},
             "connectors":[{{connector.Replace("{0}", "1")}},{{connector.Replace("{0}", "2")}}]}
            """);
        station.MustBe(201);
        Words["s1"] = station.Text("_id");
        Words["c1"] = (string)station.Result["connectors"]![0]!["_id"]!;
        Words["c2"] = (string)station.Result["connectors"]![1]!["_id"]!;
    }

    private async Task Card(string word, string json)
    {
        var made = await Api.Post("/tokens", json);
        made.MustBe(201);
        Words[word] = made.Text("physicalId");
    }

    private sealed class StoredRow
    {
        public long Seq { get; init; }

        public string Type { get; init; } = "";

        public string Id { get; init; } = "";

        public long At { get; init; }

        public string? Body { get; init; }

        public string? State { get; init; }
    }

    private async Task<byte[]> BodyOf(StoredRow row)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        return await server.Services.GetRequiredService<EventReader>().Body(connection, new EventRow(
            row.Id, row.Type, row.At, row.Body is { } body ? Encoding.UTF8.GetBytes(body) : null, row.State));
    }

    private async Task<List<StoredRow>> Events(long after)
    {
        await using var connection = await server.Services.GetRequiredService<Database>().Open();
        var rows = await connection.QueryAsync<StoredRow>(
            "select seq as Seq, type as Type, id as Id, at as At, body as Body, state as State "
                + "from events where stream = @stream and seq > @after "
                + "order by seq",
            new { stream = Words["s1"], after });
        // The store shows an event as soon as it is written; the station knows it once it is durable.
        var (found, stations) = (rows.AsList(), server.Services.GetRequiredService<LocalStations>());
        while (found.Count > 0 && (await stations.Of(Words["s1"]))!.Station.EventSeq < found[^1].Seq)
            await Task.Delay(1);
        return found;
    }
}
