using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>Passwords and security profiles of stations of 2.x (A01, A05, B09; TC_A_09, TC_A_10, TC_A_19).</summary>
public sealed class NetworkProfileTests(SharedServers servers)
{
    private const string New = "a-new-password-1";

    [Theory]
    [InlineData("ocpp2.0.1", "Accepted")]
    [InlineData("ocpp2.1", "Accepted")]
    [InlineData("ocpp2.0.1", "Rejected")]
    public async Task A_password_is_told_as_it_is_typed(string version, string status)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), security: "basic_auth");
        await using (var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password, version))
        {
            await station.Boot("Test", "One");
            await box.Becomes(online: true);
            var asked = await box.Api.Post(
                $"/chargestations/{box.Id}/change_password", $$"""{"password":"{{New}}"}""");
            var call = await station.Expect();
            Assert.Equal(
                $$$"""[{"attributeValue":"{{{New}}}","component":{"name":"SecurityCtrlr"},"""
                    + "\"variable\":{\"name\":\"BasicAuthPassword\"}}]",
                call[3]!["setVariableData"]!.ToJsonString());
            await station.Answer(call, $$"""
                {"setVariableResult":[{"attributeStatus":"{{status}}","component":{"name":"SecurityCtrlr"},
                 "variable":{"name":"BasicAuthPassword"} }]}
                """);
            await Settled(box, asked.MustBe(200).Text("_id"));
        }

        await box.Becomes(online: false);
        var isTaken = status == "Accepted";
        Assert.Equal(isTaken ? 401 : 101, await Knock(box, box.Password!));
        await box.Becomes(online: false);
        Assert.Equal(isTaken ? 101 : 401, await Knock(box, New));
        var told = (await box.Api.Get("/events?paginate_limit=100")).Body
            + (await box.Api.Get($"/chargestations/{box.Id}/messages?paginate_limit=100")).Body;
        Assert.DoesNotContain(New, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_slot_is_given_a_weaker_profile_or_one_without_TLS_where_it_needs_that()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite), security: "basic_auth");
        await using var station = await ScriptedStation.Connect(
            box.Server.Url, box.Endpoint, box.Password, "ocpp2.0.1");
        await box.Becomes(online: true);
        var path = $"/chargestations/{box.Id}/set_network_profile";

        Assert.Equal(
            "profile_downgrade", (await box.Api.Post(path, """{"slot":1,"type":"none"}""")).MustBe(409).Code);
        (await box.Api.Post(path, """{"slot":1,"type":"mtls","url":"ws://other.example.org/ocpp"}""")).MustBe(422);
        var asked = (await box.Api.Post(
            path, """{"slot":1,"type":"tls_basic","url":"wss://other.example.org/ocpp"}""")).MustBe(200);
        var call = await station.Expect();
        Assert.Equal(2, (int)call[3]!["connectionData"]!["securityProfile"]!);
        await station.Answer(call, """{"status":"Accepted"}""");
        await Settled(box, asked.Text("_id"));
    }

    private static Task Settled(Box box, string action) => Box.Until(
        async () => (await box.Api.Get($"/actions/{action}")).Text("status") is "completed" or "failed", "an answer");

    private static async Task<int> Knock(Box box, string password) =>
        (await RawSocket.Ask(box.Server.Url, box.Target, RawSocket.Basic(box.Endpoint, password))).Status;
}
