using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Tls;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>
/// A security profile that is raised while the station is connected (reliability O09; OCPP test case TC_A_19): it may
/// fall back until it has come by the stronger one, and never again afterwards.
/// </summary>
public sealed class RaiseTests
{
    [Theory]
    [InlineData(On.Sqlite, "Accepted")]
    [InlineData(On.Postgres, "Accepted")]
    [InlineData(On.Sqlite, "no answer")]
    [InlineData(On.Sqlite, "Rejected")]
    public async Task O09_ProfileRaise_The_old_profile_opens_until_the_station_comes_by_the_new_one(
        string provider, string answer)
    {
        await using var yard = await TlsYard.Open(provider);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        var header = RawSocket.Basic(box.Endpoint, box.Password!);
        await using (var station = await ScriptedStation.Connect(yard.Server.Url, box.Endpoint, box.Password))
        {
            await box.Becomes(online: true);
            var path = $"/chargestations/{box.Id}/raise_security";
            var action = (await box.Api.Post(path, """{"type":"tls_basic"}""")).MustBe(200).Text("_id");
            var call = await station.Expect();
            Assert.Equal(("SecurityProfile", "2"), ((string)call[3]!["key"]!, (string)call[3]!["value"]!));
            if (answer == "no answer") await station.Cut();
            else await station.Answer(call, $$"""{"status":"{{answer}}"}""");
            await ChangeTests.Settled(box, action);
        }

        await box.Happens("chargestation.offline");
        await yard.Server.Restart();
        // It could not come by TLS, and falls back.
        await ChangeTests.Visit(yard.Server.Url, box, header);
        await ChangeTests.Visit(yard.Url, box, header);
        using var api = yard.Server.Client(box.Api.Key);
        var expected = answer == "Rejected" ? "basic_auth" : "tls_basic";
        await Box.Until(async () => await CameBy(api, box) == 2, "its arrival by TLS");
        var shown = (await api.Get($"/chargestations/{box.Id}")).MustBe(200).Result;
        Assert.Equal(expected, (string)shown["security"]!["type"]!);
        Assert.Equal(
            answer == "Rejected" ? 101 : 401, (await RawSocket.Ask(yard.Server.Url, box.Target, header)).Status);
        var again = await api.Post($"/chargestations/{box.Id}/raise_security", """{"type":"tls_basic"}""");
        Assert.Equal(409, again.Status);
    }

    [Theory]
    [InlineData(On.Sqlite, "ocpp2.0.1")]
    [InlineData(On.Postgres, "ocpp2.1")]
    public async Task O09_ProfileRaise_A_station_of_2_x_is_given_a_network_profile_and_nothing_less_opens_then(
        string provider, string version)
    {
        await using var yard = await TlsYard.Open(provider);
        using var box = await Box.Make(yard.Server, security: "basic_auth");
        var path = $"/chargestations/{box.Id}/";
        await using (var station = await ChangeTests.Come(box, box.Password!, version))
        {
            (await box.Api.Post(path + "raise_security", """{"type":"tls_basic"}""")).MustBe(422);
            var profile = $$$"""
                {"configurationSlot":2,"connectionData":{"messageTimeout":30,"ocppInterface":"Wired0",
                 "ocppCsmsUrl":"wss://{{{yard.Url.Authority}}}/ocpp","ocppTransport":"JSON","ocppVersion":"OCPP20",
                 "securityProfile":2}}
                """;
            await Order("send_request", $$"""{"action":"SetNetworkProfile","payload":{{profile}}}""",
                "SetNetworkProfile", profile, """{"status":"Accepted"}""");
            const string priority =
                "\"component\":{\"name\":\"OCPPCommCtrlr\"},\"variable\":{\"name\":\"NetworkConfigurationPriority\"}";
            await Order("raise_security", """{"type":"tls_basic","priority":"2,1"}""",
                "SetVariables", $$"""{"setVariableData":[{"attributeValue":"2,1",{{priority}}}]}""",
                $$"""{"setVariableResult":[{"attributeStatus":"Accepted",{{priority}}}]}""");
            await Order("reset", "{}", "Reset", """{"type":"OnIdle"}""", """{"status":"Accepted"}""");

            async Task Order(string command, string body, string action, string payload, string answer)
            {
                var made = (await box.Api.Post(path + command, body)).MustBe(200).Text("_id");
                var call = await station.Expect();
                Assert.Equal(action, (string)call[2]!);
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), call[3]), call.ToJsonString());
                await station.Answer(call, answer);
                await ChangeTests.Settled(box, made);
            }
        }

        await box.Becomes(online: false);
        var header = RawSocket.Basic(box.Endpoint, box.Password!);
        using (var socket = await RawSocket.Open(yard.Url))
        {
            var answer = await socket.Upgrade(box.Target, header, "Sec-WebSocket-Protocol: " + version);
            Assert.Equal(101, answer.Status);
            Assert.Contains("\"Accepted\"", await socket.Boot(version), StringComparison.Ordinal);
        }

        Assert.Equal(401, (await RawSocket.Ask(yard.Server.Url, box.Target, header)).Status);
        Assert.Equal(101, (await RawSocket.Ask(yard.Url, box.Target, header)).Status);
    }

    private static async Task<int?> CameBy(ApiClient api, Box box) =>
        (int?)(await api.Get($"/chargestations/{box.Id}/security_posture")).MustBe(200).Result["connected_by"];
}
