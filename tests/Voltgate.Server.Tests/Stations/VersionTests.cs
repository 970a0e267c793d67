using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>Three versions at one endpoint: chosen in the station's order, changed between links, pinned by people.
/// </summary>
public sealed class VersionTests(SharedServers servers)
{
    [Theory]
    [InlineData("ocpp1.6,ocpp2.0.1,ocpp2.1", "ocpp1.6")]
    [InlineData("ocpp2.1, ocpp2.0.1, ocpp1.6", "ocpp2.1")]
    [InlineData("ocpp2.0.1,ocpp1.6", "ocpp2.0.1")]
    [InlineData("ocpp1.5,ocpp2.0,ocpp2.0.1", "ocpp2.0.1")]
    public async Task The_first_version_that_the_station_offers_and_the_platform_speaks_is_spoken(
        string offered, string chosen)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        var answer = await box.Ask(box.Target, "Sec-WebSocket-Protocol: " + offered);

        Assert.Equal(101, answer.Status);
        Assert.Equal(chosen, answer.Header("Sec-WebSocket-Protocol"));
    }

    [Fact]
    public async Task A_pinned_station_speaks_its_one_version()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), more: "\"protocol\":\"ocpp2.0.1\"");

        var answer = await box.Ask(box.Target, "Sec-WebSocket-Protocol: ocpp2.1,ocpp1.6,ocpp2.0.1");
        Assert.Equal((101, "ocpp2.0.1"), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
        Assert.Equal(400, (await box.Ask(box.Target, "Sec-WebSocket-Protocol: ocpp1.6")).Status);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Stations_of_all_versions_charge_side_by_side_through_the_same_API(string provider)
    {
        await using var server = await TestServer.Start(provider);
        var seen = new List<string>();
        foreach (var version in new[] { "1.6", "2.0.1", "2.1" })
        {
            using var box = await Box.Make(server);
            await using var station =
                await ScriptedStation.Connect(server.Url, box.Endpoint, subprotocol: "ocpp" + version);
            await station.Boot("Maker", "Model");
            await station.Report(1, "Available", server.Clock.GetUtcNow());
            var user = await box.Api.Make("/users", """{"firstname":"Ada"}""");
            var session = await box.Api.Make(
                "/sessions", $$"""{"connector":"{{box.Connector}}","user":"{{user}}"}""");
            await Charge(station, version, server.Clock.GetUtcNow());

            var ended = (await box.Api.Get("/sessions/" + session)).MustBe(200).Result;
            seen.Add($"{ended["status"]} {ended["metrics"]!["energyConsumed"]} {ended["stop_reason"]}");
            Assert.Single((await box.Api.Get($"/chargestations/{box.Id}")).Result["connectors"]!.AsArray());
        }

        Assert.Equal(["Ended 500 Local", "Ended 500 Local", "Ended 500 Local"], seen);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_session_outlives_the_change_of_its_station_to_a_newer_version_and_back(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server);
        var now = server.Clock.GetUtcNow();
        int number;
        await using (var older = await ScriptedStation.Connect(server.Url, box.Endpoint))
        {
            await older.Boot("Maker", "Model");
            number = (int)(await older.Call("StartTransaction", Start(now)))["transactionId"]!;
        }

        await using (var newer = await ScriptedStation.Connect(server.Url, box.Endpoint, subprotocol: "ocpp2.0.1"))
        {
            await newer.Boot("Maker", "Model");
            await newer.Report(1, "Occupied", now);
            await newer.Call("TransactionEvent", Piece("Started", 0, 0, now, "\"evse\":{\"id\":2},"
                + "\"idToken\":{\"idToken\":\"CARD2\",\"type\":\"ISO14443\"},"));
            Assert.Equal(
                ["Started", "Started"], (await box.Api.Get("/sessions")).Items.Select(s => (string)s!["status"]!));
        }

        await using var again = await ScriptedStation.Connect(server.Url, box.Endpoint);
        await again.Call("StopTransaction", Stop(number, now));
        var sessions = (await box.Api.Get("/sessions?sort_by=createdAt&sort_order=asc")).Items;
        Assert.Equal(["Ended", "Started"], sessions.Select(s => (string)s!["status"]!));
        Assert.Equal(500, (int)sessions[0]!["metrics"]!["energyConsumed"]!);
        // Connector 1 of 1.6 is EVSE 1 of 2.0.1; EVSE 2 came with its transaction.
        Assert.Equal(2, (await box.Api.Get($"/chargestations/{box.Id}")).Result["connectors"]!.AsArray().Count);
    }

    private static async Task Charge(ScriptedStation station, string version, DateTimeOffset now)
    {
        var call = await station.Expect();
        await station.Answer(call, """{"status":"Accepted"}""");
        if (version == "1.6")
        {
            var tag = (string)call[3]!["idTag"]!;
            var started = await station.Call("StartTransaction", Start(now, tag));
            await station.Call("StopTransaction", Stop((int)started["transactionId"]!, now));
            return;
        }

        var token = $"\"evse\":{{\"id\":1}},\"idToken\":{call[3]!["idToken"]!.ToJsonString()},";
        await station.Call("TransactionEvent", Piece("Started", 0, 1_000, now, token));
        await station.Call("TransactionEvent", Piece("Ended", 1, 1_500, now, ""));
    }

    private static string Start(DateTimeOffset now, string tag = "CARD1") =>
        $$"""{"connectorId":1,"idTag":"{{tag}}","meterStart":1000,"timestamp":"{{now:O}}"}""";

    private static string Stop(int number, DateTimeOffset now) =>
        $$"""{"transactionId":{{number}},"meterStop":1500,"timestamp":"{{now.AddSeconds(1):O}}"}""";

    private static string Piece(string type, int sequence, int wh, DateTimeOffset now, string more) => $$$"""
        {"eventType":"{{{type}}}","timestamp":"{{{now.AddSeconds(sequence):O}}}","triggerReason":"Authorized",
         "seqNo":{{{sequence}}},{{{more}}}"transactionInfo":{"transactionId":"tx-1"},
         "meterValue":[{"timestamp":"{{{now.AddSeconds(sequence):O}}}","sampledValue":[{"value":{{{wh}}}}]}]}
        """;
}
