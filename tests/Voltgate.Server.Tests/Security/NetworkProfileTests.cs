using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>Ways to connect that stations of 2.x are given (B09).</summary>
public sealed class NetworkProfileTests(SharedServers servers)
{
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
}
