using System.Diagnostics;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Fuzz;

/// <summary>
/// OCPP 1.6 frames by grammar, damaged in structure and bytes, through the whole of a server in a process of its own:
/// open transactions, commands and their answers (reliability G15). An ordinary run sends so many; .ci/nightly lets it
/// run for a time (30 minutes: VOLTGATE_FUZZ_SECONDS=1800).
/// </summary>
public sealed class O40_FuzzFrames
{
    private const int Count = 3_000;
    private const int MostGrowth = 50 * 1_048_576;

    private static readonly string[] Orders =
    [
        "POST clear_cache {}", "POST trigger {\"message\":\"Heartbeat\"}", "GET configurations", "GET local_list",
        "POST change_availability {\"available\":true}", "POST get_log {\"log\":\"security\"}",
        "POST data_transfer {\"vendorId\":\"org.example\"}", "POST reset {\"type\":\"Soft\"}",
    ];

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whatever_a_station_says_nothing_breaks(string provider)
    {
        await using var server = await BuiltServer.Start(
            provider, ("OCPP__MESSAGESPERSECOND", "0"), ("OCPP__BYTESPERSECOND", "0"), ("OCPP__CONNECTSPERMINUTE", "0"),
            ("OCPP__UNREADABLEPERMINUTE", "40"), ("OCPP__CALLTIMEOUTSECONDS", "1"),
            ("SESSIONS__COMMANDTIMEOUTSECONDS", "2"), ("API__REQUESTSPERMINUTE", "0"), ("API__WRITESPERMINUTE", "0"),
            ("API__COMMANDSPERMINUTE", "1000000"));
        using var api = new ApiClient(server.Url, TestServer.BootstrapKey);
        var (station, connector, user) = await Furnish(api);
        var random = new Random(FuzzTurn.Seed);
        using var run = new FrameRun(server.Url, "FUZZED-2", random);

        var watch = Stopwatch.StartNew();
        long? settled = null;
        for (var i = 0; FuzzTurn.Seconds > 0 ? watch.Elapsed.TotalSeconds < FuzzTurn.Seconds : i < Count; i++)
        {
            await run.Turn();
            if (i % 20 == 19) await Order(api, station, random.Next(Orders.Length));
            if (i % 100 == 99)
                (await api.Post("/sessions", $$"""{"connector":"{{connector}}","user":"{{user}}"}""")).MustBeNoFault();
            var isHalf = FuzzTurn.Seconds > 0 ? watch.Elapsed.TotalSeconds * 2 >= FuzzTurn.Seconds : i >= Count / 2;
            if (isHalf) settled ??= server.ResidentBytes;
            if (i % 1_000 == 999)
                FuzzTurn.Tell(
                    $"frames {provider}: {watch.Elapsed.TotalSeconds:0} s, {run.Told}, "
                    + $"{server.ResidentBytes / 1_048_576} MB");
        }

        var growth = server.ResidentBytes - (settled ?? server.ResidentBytes);
        var told = $"frames {provider}: seed {FuzzTurn.Seed}, {watch.Elapsed.TotalSeconds:0} s, {run.Told}, "
            + $"{growth / 1024} KB more memory in the second half";
        FuzzTurn.Tell(told);
        Assert.True(
            server.Complaints.IsEmpty && run.Faults.Count == 0,
            $"{told}\n" + string.Join("\n", server.Complaints.Take(5).Concat(run.Faults.Take(5))));
        Assert.True(growth <= MostGrowth, told);
        Assert.Empty(FrameRun.Actions.Except(run.Understood));
        Assert.True(run.Refusals > 100 && run.Commands > 20, told);
    }

    private static async Task Order(ApiClient api, string station, int which)
    {
        var parts = Orders[which].Split(' ', 3);
        var path = $"/chargestations/{station}/{parts[1]}";
        (await api.Send(parts[0], path, parts.ElementAtOrDefault(2))).MustBeNoFault();
    }

    private static async Task<(string Station, string Connector, string User)> Furnish(ApiClient api)
    {
        var rate = await api.Make("/rates", """
            {"name":"Day","currency":"EUR","price_components":[{"type":"ENERGY","price":0.39,"tax":19}]}
            """);
        var user = await api.Make("/users", """{"firstname":"Ada","lastname":"Byron","email":"ada@example.org"}""");
        await api.Make("/tokens", $$"""{"physicalId":"CARD1","type":"ISO14443","user":"{{user}}"}""");
        await api.Make("/tokens", """{"physicalId":"CARD2","type":"ISO14443"}""");
        var made = (await api.Post("/chargestations", $$"""
            {"name":"Box","endpoint":"FUZZED-2","security":{"type":"none"},
             "connectors":[{"connectorId":1,"type":"Type2","power":22,"rate":"{{rate}}"},
              {"connectorId":2,"type":"Type2","power":22}]}
            """)).MustBe(201);
        return (made.Text("_id"), (string)made.Result["connectors"]![0]!["_id"]!, user);
    }
}
