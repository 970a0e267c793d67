using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Limits;

/// <summary>Answers that nobody asked this station for: dropped, told in its frame log, and without effect.</summary>
public sealed class O22_UnsolicitedResult(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_answer_to_another_station_s_command_settles_nothing(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        using var other = await Box.Make(box.Server);
        await using var asked = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await using var liar = await ScriptedStation.Connect(other.Server.Url, other.Endpoint);
        await asked.Call("BootNotification", """{"chargePointVendor":"A","chargePointModel":"B"}""");
        await liar.Call("BootNotification", """{"chargePointVendor":"A","chargePointModel":"B"}""");
        var action = (await box.Api.Post($"/chargestations/{box.Id}/clear_cache")).MustBe(200);
        var call = await asked.Expect();

        await liar.Answer(call, """{"status":"Accepted"}""");
        await liar.Send($"[4,\"{(string)call[1]!}\",\"InternalError\",\"\",{{}}]");
        await liar.Send("""[3,"never-asked",{"status":"Accepted"}]""");
        await liar.Call("Heartbeat", "{}");
        Assert.NotEqual("completed", await StatusOf(box, action));
        Assert.NotEqual("failed", await StatusOf(box, action));

        await asked.Answer(call, """{"status":"Accepted"}""");
        await Box.Until(async () => await StatusOf(box, action) == "completed", "its own answer");
        await asked.Answer(call, """{"status":"Rejected"}""");
        await asked.Call("Heartbeat", "{}");
        Assert.Equal("completed", await StatusOf(box, action));
        Assert.Contains("unknown_answer", await Log(other), StringComparison.Ordinal);
    }

    private static async Task<string> Log(Box box) =>
        (await box.Api.Get($"/chargestations/{box.Id}/messages?paginate_limit=100")).MustBe(200).Body;

    private static async Task<string?> StatusOf(Box box, ApiAnswer action) =>
        (string?)(await box.Api.Get($"/actions/{action.Text("_id")}")).MustBe(200).Result["status"];
}
