using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>What one station, or nobody, can do to another one (reliability O19 to O23).</summary>
public sealed class IsolationTests(SharedServers servers)
{
    private const string Boot = """{"chargePointVendor":"Test","chargePointModel":"One"}""";
    private const string Start =
        """{"connectorId":1,"idTag":"CARD","meterStart":1000,"timestamp":"2026-11-01T10:00:00Z"}""";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O19_IdNotPublic(string provider)
    {
        var server = await servers.Get(provider);
        using var box = await Box.Make(server, security: "basic_auth", more: "\"public\":true");
        using var nobody = server.Client("");
        Assert.NotEqual(box.Endpoint, box.Id);

        var document = await nobody.Http.GetStringAsync("/openapi.json");
        Assert.DoesNotContain(box.Endpoint, document, StringComparison.Ordinal);
        var asked = 0;
        foreach (var (path, verbs) in JsonNode.Parse(document)!["paths"]!.AsObject())
            foreach (var verb in verbs!.AsObject().Select(v => v.Key).Where(v => v is "get" or "post" or "patch"))
            {
                var real = path.Replace("{id}", box.Id, StringComparison.Ordinal);
                var answer = await nobody.Send(verb.ToUpperInvariant(), real, verb == "get" ? null : "{}");
                Assert.DoesNotContain(box.Endpoint, answer.Body, StringComparison.Ordinal);
                asked++;
            }

        Assert.True(asked > 120, $"only {asked} asked");
        foreach (var path in new[] { "/livez", "/readyz", "/" })
            Assert.DoesNotContain(
                box.Endpoint, await (await nobody.Http.GetAsync(path)).Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        Assert.DoesNotContain(
            box.Endpoint, (await box.Ask(box.Target)) is var refused ? refused.Head + refused.Body : "",
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O20_CrossStation(string provider)
    {
        using var mine = await Box.Make(await servers.Get(provider));
        using var theirs = await Box.Make(await servers.Get(provider));
        await using var victim = await ScriptedStation.Connect(mine.Server.Url, mine.Endpoint);
        await using var thief = await ScriptedStation.Connect(theirs.Server.Url, theirs.Endpoint);
        await victim.Call("BootNotification", Boot);
        await thief.Call("BootNotification", Boot);
        var number = (int)(await victim.Call("StartTransaction", Start))["transactionId"]!;
        var before = await SessionsOf(mine);

        await thief.Call("MeterValues", $$"""
            {"connectorId":1,"transactionId":{{number}},"meterValue":[{"timestamp":"2026-11-01T10:05:00Z",
             "sampledValue":[{"value":"900000","measurand":"Energy.Active.Import.Register","unit":"Wh"}]}]}
            """);
        await thief.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":999999,"timestamp":"2026-11-01T10:10:00Z"}
            """);
        await thief.Call("FirmwareStatusNotification", """{"status":"Installed"}""");

        await theirs.Happens("chargestation.security_event");
        Assert.Equal(before, await SessionsOf(mine));
        Assert.Null((await mine.Api.Get($"/chargestations/{mine.Id}")).Result["firmware_status"]);
        Assert.DoesNotContain("chargestation.security_event", await mine.Events());
        await victim.Call("StopTransaction", $$"""
            {"transactionId":{{number}},"meterStop":3000,"timestamp":"2026-11-01T10:20:00Z"}
            """);
        var session = Assert.Single((await mine.Api.Get("/sessions")).MustBe(200).Items)!;
        Assert.Equal("Ended", (string)session["status"]!, ignoreCase: true);
        Assert.Equal(2_000m, (decimal)session["metrics"]!["energyConsumed"]!); // its own, nobody else's
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O21_BeforeBoot(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);

        // Quirk 18: frames before the boot are usual where only the link was lost. A bill's are kept in any case.
        var number = (int)(await station.Call("StartTransaction", Start))["transactionId"]!;
        Assert.NotEqual(0, number);
        Assert.Single((await box.Api.Get("/sessions")).MustBe(200).Items);

        // Nobody who has not booted is listened to at length.
        await station.Send($$"""[2,"x","DataTransfer",{"vendorId":"V","data":"{{new string('x', 70_000)}}"}]""");
        await station.Closed;
        Assert.Equal(1009, (int)station.CloseStatus!.Value);
        await using var again = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await again.Call("BootNotification", Boot);
        await again.Call("DataTransfer", $$"""{"vendorId":"V","data":"{{new string('x', 70_000)}}"}""");
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O22_UnsolicitedResult(string provider)
    {
        using var mine = await Box.Make(await servers.Get(provider));
        using var theirs = await Box.Make(await servers.Get(provider));
        await using var station = await ScriptedStation.Connect(mine.Server.Url, mine.Endpoint);
        await using var stranger = await ScriptedStation.Connect(theirs.Server.Url, theirs.Endpoint);
        await station.Call("BootNotification", Boot);
        await stranger.Call("BootNotification", Boot);
        var action = (await mine.Api.Post($"/chargestations/{mine.Id}/clear_cache")).MustBe(200).Text("_id");
        var call = await station.Expect();
        var id = (string)call[1]!;

        foreach (var frame in new[]
        {
            $$"""[3,"{{id}}",{"status":"Accepted"}]""", $$"""[4,"{{id}}","GenericError","",{}]""",
            """[3,"never-asked",{"status":"Accepted"}]""", """[4,"never-asked","GenericError","",{}]""",
        })
            await stranger.Send(frame);
        await stranger.Call("Heartbeat", "{}"); // what came before it has been read

        await Box.Until(async () => await StatusOf(mine, action) == "requested", "requested");
        await station.Send($$"""[3,"never-asked",{"status":"Accepted"}]""");
        await station.Send($$"""[3,"{{id}}",{"status":"Rejected"}]""");
        await Box.Until(async () => await StatusOf(mine, action) == "failed", "failed");
        await station.Send($$"""[3,"{{id}}",{"status":"Accepted"}]""");
        await station.Call("Heartbeat", "{}");
        Assert.Equal("failed", await StatusOf(mine, action));
        Assert.True(await mine.IsOnline());
        Assert.True(await theirs.IsOnline());
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: OCPP1.6", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5, ocpp1.2", 400, null)]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5, ocpp1.6", 101, "ocpp1.6")]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.5\r\nSec-WebSocket-Protocol: ocpp1.6", 101, "ocpp1.6")]
    [InlineData("Sec-WebSocket-Protocol: ocpp1.6", 101, "ocpp1.6")]
    public async Task O23_Subprotocol(string header, int expected, string? chosen)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        var answer = await box.Ask(box.Target, header);
        Assert.Equal((expected, chosen), (answer.Status, answer.Header("Sec-WebSocket-Protocol")));
    }

    private static async Task<string> SessionsOf(Box box) =>
        (await box.Api.Get("/sessions")).MustBe(200).Result.ToJsonString();

    private static async Task<string> StatusOf(Box box, string action) =>
        (await box.Api.Get($"/actions/{action}")).MustBe(200).Text("status");
}
