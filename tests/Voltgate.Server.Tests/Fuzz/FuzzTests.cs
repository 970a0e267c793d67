using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>
/// Every write endpoint of docs/openapi.json, asked well and badly: no answer is a 5xx, and no exception is left over
/// (reliability A24, G15). A normal run sends so many requests; .ci/nightly lets it run for a time.
/// </summary>
public sealed class FuzzTests
{
    private const int Count = 1_500;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whatever_is_written_nothing_breaks(string provider)
    {
        await using var server = await TestServer.Start(provider, o => o with
        {
            Api = o.Api with { CommandsPerMinute = 1_000_000, MaxBodyBytes = 262_144 },
            Operators = o.Operators with { SourceTriesPerMinute = 600, AccountTriesPerMinute = 600 },
            Webhooks = o.Webhooks with { AllowedPrivateNetworks = ["127.0.0.0/8"], MaxEndpoints = 1_000 },
        });
        using var tenant = await server.Tenant("Fuzzed");
        var random = new Random(FuzzTurn.Seed);
        var (document, pool) = (FuzzDocument.Load(), new FuzzPool(random));
        await using var station = await Furnish(server, tenant, pool);
        var run = new FuzzRun(
            server, pool, new FuzzMaker(document, pool, random, tenant.Key, TestServer.BootstrapKey));

        var watch = Stopwatch.StartNew();
        var writes = document.Operations.Where(o => o.Writes).ToList();
        var turn = 0; // of the writes alone: each of them has its turn, however many there are
        for (var i = 0; FuzzTurn.Seconds > 0 ? watch.Elapsed.TotalSeconds < FuzzTurn.Seconds : i < Count; i++)
        {
            // Reads come in between: what was written badly shows when it is read.
            var any = document.Operations[random.Next(document.Operations.Count)];
            await run.Send(i % 5 == 4 ? any : writes[turn++ % writes.Count]);
            if (i % 500 == 499) FuzzTurn.Tell($"fuzz {provider}: {watch.Elapsed.TotalSeconds:0} s, {run.Told}");
        }

        FuzzTurn.Tell($"fuzz {provider}: seed {FuzzTurn.Seed}, {watch.Elapsed.TotalSeconds:0} s, {run.Told}");
        Assert.True(
            run.Faults.Count == 0, $"Seed {FuzzTurn.Seed}, {run.Told}\n" + string.Join("\n", run.Faults.Take(10)));
        // Each one got past its form at least once. What only Stripe can sign need not: by chance an organisation that
        // does not exist is answered otherwise than a signature that does not hold.
        Assert.Empty(writes.Select(w => w.Name).Except(run.Reached)
            .Except(["POST /payment_providers/stripe/{organization}"]));
        Assert.True(run.Successes * 20 > run.Requests, "Hardly a request was understood: " + run.Told);
    }

    [Fact]
    public async Task What_breaks_is_told_with_the_request_that_broke_it()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n"u8.ToArray());
        });
        var request = new FuzzRequest(
            "POST /users", "POST", "/v1.1/users", [("A", "b")], "{\"firstname\":1e400}"u8.ToArray());

        var answer = await request.Send(new Uri($"http://{listener.LocalEndpoint}"));

        await answering;
        var fault = FuzzRun.FaultOf(request, answer.Status, answer.Body);
        Assert.Contains("{\"firstname\":1e400}", fault, StringComparison.Ordinal);
        Assert.Null(FuzzRun.FaultOf(request, 422, """{"ok":false}"""));
    }

    private static async Task<AnsweringStation> Furnish(TestServer server, ApiClient tenant, FuzzPool pool)
    {
        var rate = await Pinned(tenant, pool, "rates", """
            {"name":"Day","currency":"EUR","price_components":[{"type":"ENERGY","price":0.39,"tax":19}]}
            """);
        var location = await Pinned(tenant, pool, "locations", """{"name":"Yard","timezone":"Europe/Berlin"}""");
        await Pinned(tenant, pool, "users", """{"firstname":"Ada","lastname":"Byron","email":"ada@example.org"}""");
        await Pinned(tenant, pool, "tokens", """{"physicalId":"CARD1","type":"ISO14443"}""");
        await Pinned(tenant, pool, "api_keys", """{"name":"Another"}""");
        await Pinned(tenant, pool, "webhooks", """{"url":"http://127.0.0.1:1027/","events":["*"]}""");
        var made = (await tenant.Post("/chargestations", $$"""
            {"name":"Box","endpoint":"FUZZED-1","location":"{{location}}","security":{"type":"none"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22,"rate":"{{rate}}"},
              {"connectorId":2,"type":"Type2","power":22}]}
            """)).MustBe(201);
        pool.Pin("chargestations", made.Text("_id"));
        foreach (var connector in made.Result["connectors"]!.AsArray())
            pool.Pin("connectors", (string)connector!["_id"]!);
        pool.Pin("organizations", (string)(await tenant.Get("/me")).Result["organization"]!["_id"]!);
        var station = await AnsweringStation.Connect(server.Url, "FUZZED-1", "CARD1");
        pool.Pin("sessions", (string)(await tenant.Get("/sessions")).MustBe(200).Items[0]!["_id"]!);
        return station;
    }

    private static async Task<string> Pinned(ApiClient tenant, FuzzPool pool, string resource, string json)
    {
        var id = await tenant.Make("/" + resource, json);
        pool.Pin(resource, id);
        return id;
    }
}
