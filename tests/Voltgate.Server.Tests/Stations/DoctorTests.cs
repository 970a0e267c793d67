using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Stations;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>Why a station cannot connect: each knock has a diagnosis, and none a secret.</summary>
public sealed class DoctorTests(SharedServers servers)
{
    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Each_way_to_be_refused_is_told_apart_to_the_owner_alone(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        var right = RawSocket.Basic(box.Endpoint, box.Password!);
        string[][] knocks =
        [
            [], ["Authorization: Basic !!!!"], [RawSocket.Basic(box.Endpoint, "guessed-secret-1")],
            [RawSocket.Basic("other", box.Password!)], [right, "Origin: https://evil.example"],
            [right, "Sec-WebSocket-Protocol: ocpp1.5"], [right],
        ];
        foreach (var knock in knocks) await box.Ask(box.Target, knock);
        await box.Ask(box.Target, RawSocket.Basic(box.Endpoint, "guessed-secret-2"));

        // Who was let in is written down a moment after the 101.
        var path = $"/chargestations/{box.Id}/connection_attempts";
        await Talk.Until(async () => (await Told(box.Api, path)).Any(a => (string?)a["code"] == "accepted"));
        var told = await Told(box.Api, path);
        Assert.Equal(
            [
                "accepted 1", "credentials_malformed 1", "credentials_missing 1", "subprotocol_unknown 1",
                "wrong_password 2", "wrong_user 1",
            ],
            told.Select(a => $"{a["code"]} {a["attempts"]}").Order(StringComparer.Ordinal));
        Assert.All(told, a => Assert.Equal(
            (box.Endpoint, "127.0.0.1"), ((string)a["identity"]!, (string)a["source"]!)));
        Assert.Contains("16 bytes were sent", Of(told, "wrong_password"), StringComparison.Ordinal);
        Assert.Contains("reset_password", Of(told, "wrong_password"), StringComparison.Ordinal);
        Assert.Contains("The station offers ocpp1.5", Of(told, "subprotocol_unknown"), StringComparison.Ordinal);
        Assert.Contains("speaks ocpp1.6", Of(told, "accepted"), StringComparison.Ordinal);

        var all = (await box.Api.Get("/connection_attempts?paginate_limit=100")).MustBe(200).Body;
        foreach (var secret in new[] { "guessed-secret", box.Password! })
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        using var stranger = await box.Server.Tenant("Stranger");
        (await stranger.Get($"/chargestations/{box.Id}/connection_attempts")).MustBe(404);
        Assert.Empty((await stranger.Get("/connection_attempts")).MustBe(200).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_name_that_nobody_has_is_shown_to_the_root_with_the_one_that_was_meant(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        await root.Make("/chargestations", """{"endpoint":"Depot-7"}""");
        foreach (var target in new[] { "/ocpp/depot-7", "/ocpp/Nobody", "/ocpp/a/b/c" })
            Assert.Contains((await RawSocket.Ask(server.Url, target)).Status, new[] { 401, 404 });

        var told = await Told(root, "/connection_attempts?sort_by=createdAt");
        Assert.Contains("/a/b/c", Of(told, "path_invalid"), StringComparison.Ordinal);
        var near = told.Single(a => (string?)a["identity"] == "depot-7");
        Assert.Contains("There is \"Depot-7\"", (string)near["remedy"]!, StringComparison.Ordinal);
        var unknown = told.Single(a => (string?)a["identity"] == "Nobody");
        Assert.Equal("No chargestation has the endpoint \"Nobody\".", (string)unknown["diagnosis"]!);
        Assert.Contains(
            "POST /chargestations {\"endpoint\":\"Nobody\"}", (string)unknown["remedy"]!, StringComparison.Ordinal);
        using var tenant = await server.Tenant();
        Assert.Empty((await tenant.Get("/connection_attempts")).MustBe(200).Items);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_twin_is_told_as_one(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        await using var first = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await first.Call("Heartbeat", "{}");
        await using var second = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await second.Closed;
        var told = await Told(box.Api, $"/chargestations/{box.Id}/connection_attempts");
        Assert.Contains("identity", Of(told, "duplicate"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_flood_costs_a_bounded_number_of_rows(string provider)
    {
        await using var server = await TestServer.Start(provider);
        var book = server.Services.GetRequiredService<AttemptBook>();
        for (var i = 0; i < 20_000; i++) book.Note(new Attempt("unknown_station", $"name-{i}"), "10.0.0.1");
        await book.Keep();
        using var root = server.Client();
        var list = (await root.Get("/connection_attempts?paginate_limit=1")).MustBe(200);
        Assert.InRange((long)list.Json["total"]!, 1_000, 4_000);
        var rest = (await root.Get("/connection_attempts?code=too_many")).MustBe(200).Items.Single()!;
        Assert.True((long)rest["attempts"]! > 15_000, rest.ToJsonString());
    }

    private static async Task<List<JsonNode>> Told(ApiClient api, string path) =>
        [.. (await api.Get(path)).MustBe(200).Items.Select(a => a!)];

    private static string Of(List<JsonNode> told, string code)
    {
        var one = told.Single(a => (string?)a["code"] == code);
        return new StringBuilder((string)one["diagnosis"]!).Append(' ').Append((string?)one["remedy"]).ToString();
    }
}
