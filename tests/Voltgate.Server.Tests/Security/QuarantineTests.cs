using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>Stations that nobody created (attack A1): turned away, or kept apart until somebody adopts them.</summary>
public sealed class QuarantineTests
{
    private const string Boot =
        """{"chargePointVendor":"Test","chargePointModel":"One","chargePointSerialNumber":"S1"}""";

    private static readonly (string Action, string Payload)[] Messages =
    [
        ("Heartbeat", "{}"), ("Authorize", """{"idTag":"A"}"""),
        ("StatusNotification", """{"connectorId":1,"errorCode":"NoError","status":"Available"}"""),
        ("StartTransaction",
            """{"connectorId":1,"idTag":"A","meterStart":0,"timestamp":"2026-11-01T10:00:00Z"}"""),
        ("StopTransaction", """{"transactionId":1,"meterStop":9,"timestamp":"2026-11-01T10:10:00Z"}"""),
        ("MeterValues", """
            {"connectorId":1,"meterValue":[{"timestamp":"2026-11-01T10:00:00Z","sampledValue":[{"value":"1"}]}]}
            """),
    ];

    private static Task<TestServer> Start(string provider) => TestServer.Start(
        provider, o => o with { Ocpp = o.Ocpp with { UnknownStations = "quarantine" } });

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O21_BeforeBoot_A_station_in_quarantine_is_answered_Pending_and_nothing_else(string provider)
    {
        await using var server = await Start(provider);
        using var root = server.Client();
        await using var station = await ScriptedStation.Connect(server.Url, "Stranger-1", "any password at all");

        var boot = await station.Call("BootNotification", Boot);
        Assert.Equal(("Pending", 60), ((string)boot["status"]!, (int)boot["interval"]!));
        foreach (var (action, payload) in Messages)
        {
            var answer = await station.Ask(action, payload);
            Assert.Equal((4, "SecurityError"), ((int)answer[0]!, (string)answer[2]!));
        }

        Assert.Empty((await root.Get("/chargestations")).MustBe(200).Items);
        Assert.Empty((await root.Get("/sessions")).MustBe(200).Items);
        var seen = Assert.Single((await root.Get("/unknown_stations")).MustBe(200).Items)!;
        Assert.Equal("Stranger-1", (string)seen["identity"]!);
        Assert.Equal("S1", (string)seen["bootInfo"]!["chargePointSerialNumber"]!);
        var attempts = (await root.Get("/connection_attempts")).MustBe(200).Items;
        Assert.Equal("quarantined", (string)Assert.Single(attempts)!["outcome"]!);
        using var tenant = await server.Tenant();
        Assert.Empty((await tenant.Get("/unknown_stations")).MustBe(200).Items);
        (await tenant.Post($"/unknown_stations/{(string)seen["_id"]!}/adopt", "{}")).MustBe(404);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Adopted_it_comes_again_with_the_password_that_was_shown(string provider)
    {
        await using var server = await Start(provider);
        using var root = server.Client();
        await using var station = await ScriptedStation.Connect(server.Url, "Stranger-2");
        await station.Call("BootNotification", Boot);
        var id = (string)Assert.Single((await root.Get("/unknown_stations")).Items)!["_id"]!;

        var adopted = (await root.Post($"/unknown_stations/{id}/adopt", """{"name":"Mine"}""")).MustBe(201).Result;

        await station.Closed;
        Assert.Equal(1012, (int)station.CloseStatus!.Value);
        Assert.Equal(("Mine", "Stranger-2"), ((string)adopted["name"]!, (string)adopted["endpoint"]!));
        Assert.Empty((await root.Get("/unknown_stations")).Items);
        Assert.Equal(401, (await RawSocket.Ask(server.Url, "/ocpp/Stranger-2")).Status);
        var password = (string)adopted["security"]!["password"]!;
        await using var again = await ScriptedStation.Connect(server.Url, "Stranger-2", password);
        Assert.Equal("Accepted", (string)(await again.Call("BootNotification", Boot))["status"]!);
        (await root.Post($"/unknown_stations/{id}/adopt", "{}")).MustBe(404);
    }

    [Theory]
    [InlineData("ocpp2.0.1")]
    [InlineData("ocpp2.1")]
    public async Task A_station_of_2_x_waits_for_its_adoption_and_is_accepted_then(string version)
    {
        await using var server = await Start(On.Sqlite);
        using var root = server.Client();
        await using var station = await ScriptedStation.Connect(server.Url, "Stranger-3", subprotocol: version);

        Assert.Equal("Pending", (string)(await station.Boot("Test", "One"))["status"]!);
        foreach (var (action, payload) in new[]
        {
            ("Heartbeat", "{}"),
            ("SecurityEventNotification", """{"type":"SettingSystemTime","timestamp":"2026-11-01T10:00:00Z"}"""),
        })
        {
            var answer = await station.Ask(action, payload);
            Assert.Equal((4, "SecurityError"), ((int)answer[0]!, (string)answer[2]!));
        }

        var id = (string)Assert.Single((await root.Get("/unknown_stations")).Items)!["_id"]!;
        var adopted = (await root.Post($"/unknown_stations/{id}/adopt", "{}")).MustBe(201).Result;
        await station.Closed;
        await using var again = await ScriptedStation.Connect(
            server.Url, "Stranger-3", (string)adopted["security"]!["password"]!, version);
        Assert.Equal("Accepted", (string)(await again.Boot("Test", "One"))["status"]!);
        await again.Report(1, "Available", DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task One_that_is_created_under_its_name_is_let_go_at_its_next_boot()
    {
        await using var server = await Start(On.Sqlite);
        using var root = server.Client();
        await using var station = await ScriptedStation.Connect(server.Url, "Stranger-3");
        await root.Make("/chargestations", """{"endpoint":"Stranger-3"}""");
        Assert.Empty((await root.Get("/unknown_stations")).Items);

        await station.Send($"[2,\"b\",\"BootNotification\",{Boot}]");

        await station.Closed;
        Assert.Equal(401, (await RawSocket.Ask(server.Url, "/ocpp/Stranger-3")).Status);
    }

    [Fact]
    public async Task Dismissed_it_is_gone_until_it_comes_again()
    {
        await using var server = await Start(On.Sqlite);
        using var root = server.Client();
        await using var station = await ScriptedStation.Connect(server.Url, "Stranger-4");
        await station.Call("BootNotification", Boot); // answered once its row is there
        var id = (string)Assert.Single((await root.Get("/unknown_stations")).Items)!["_id"]!;

        (await root.Delete($"/unknown_stations/{id}")).MustBe(200);

        await station.Closed;
        Assert.Empty((await root.Get("/unknown_stations")).Items);
    }

    [Fact]
    public async Task There_is_room_for_a_hundred()
    {
        await using var server = await Start(On.Sqlite);
        var sockets = new List<RawSocket>();
        for (var i = 0; i < 100; i++) sockets.Add(await RawSocket.Connect(server.Url, $"Many-{i}"));

        Assert.Equal(401, (await RawSocket.Ask(server.Url, "/ocpp/Many-100")).Status);

        sockets[0].Dispose();
        await Box.Until(
            async () => (await RawSocket.Ask(server.Url, "/ocpp/Many-100")).Status == 101, "a place that became free");
        foreach (var socket in sockets) socket.Dispose();
    }
}
