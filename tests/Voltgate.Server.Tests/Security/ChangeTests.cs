using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Stations;
using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Security;

/// <summary>
/// Passwords that change while a station is connected (reliability O09; OCPP test cases TC_A_09 and TC_A_10): whatever
/// breaks on the way, the station gets in by what it has.
/// </summary>
public sealed class ChangeTests(SharedServers servers)
{
    private const string New = "a-new-password-1";
    private const string NewKey = "612d6e65772d70617373776f72642d31";

    [Theory]
    [InlineData(On.Sqlite, "ocpp1.6", "Accepted")]
    [InlineData(On.Postgres, "ocpp1.6", "Accepted")]
    [InlineData(On.Sqlite, "ocpp1.6", "RebootRequired")]
    [InlineData(On.Sqlite, "ocpp1.6", "Rejected")]
    [InlineData(On.Postgres, "ocpp1.6", "Rejected")]
    [InlineData(On.Sqlite, "ocpp1.6", "NotSupported")]
    [InlineData(On.Sqlite, "ocpp2.0.1", "Accepted")]
    [InlineData(On.Postgres, "ocpp2.1", "Accepted")]
    [InlineData(On.Sqlite, "ocpp2.0.1", "Rejected")]
    [InlineData(On.Postgres, "ocpp2.1", "Rejected")]
    public async Task O09_PasswordChange_A_clear_answer_settles_it_at_once(
        string provider, string version, string status)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using (var station = await Come(box, box.Password!, version))
        {
            var action = await Change(box);
            var call = await station.Expect();
            Assert.Equal(version == "ocpp1.6" ? NewKey : New, ToldIn(call, version));
            await station.Answer(call, version == "ocpp1.6" ? $$"""{"status":"{{status}}"}""" : $$$"""
                {"setVariableResult":[{"attributeStatus":"{{{status}}}","component":{"name":"SecurityCtrlr"},
                 "variable":{"name":"BasicAuthPassword"}}]}
                """);
            await Settled(box, action);
        }

        await box.Becomes(online: false);
        var isTaken = status is "Accepted" or "RebootRequired";
        Assert.Equal(401, await Knock(box, isTaken ? box.Password! : New));
        await (await Come(box, isTaken ? New : box.Password!, version)).DisposeAsync();
        Assert.DoesNotContain(New, await Told(box), StringComparison.Ordinal);
        Assert.DoesNotContain(NewKey, await Told(box), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(On.Sqlite, true)]
    [InlineData(On.Sqlite, false)]
    [InlineData(On.Postgres, true)]
    [InlineData(On.Postgres, false)]
    public async Task O09_PasswordChange_Both_open_after_a_break_until_the_first_comes(string provider, bool hasNew)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server, security: "basic_auth");
        await using (var station = await ScriptedStation.Connect(server.Url, box.Endpoint, box.Password))
        {
            await box.Becomes(online: true);
            await Change(box);
            await station.Expect();
            Assert.Equal(
                "password_pending",
                (await box.Api.Post($"/chargestations/{box.Id}/change_password", "{}")).MustBe(409).Code);
            await station.Cut(); // told, and gone before it answered
        }

        await box.Happens("chargestation.offline");
        await server.Restart();
        var (has, other) = hasNew ? (New, box.Password!) : (box.Password!, New);
        using (var back = await RawSocket.Connect(server.Url, box.Endpoint, has))
            Assert.StartsWith("[3,", await back.Call("Heartbeat"), StringComparison.Ordinal);

        Assert.Equal(401, await Knock(box, other));
        await server.Restart();
        Assert.Equal(401, await Knock(box, other));
        Assert.Equal(101, await Knock(box, has));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O09_PasswordChange_A_process_that_dies_unheard_shuts_nobody_out(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server, security: "basic_auth");
        await using var station = await ScriptedStation.Connect(server.Url, box.Endpoint, box.Password);
        await box.Becomes(online: true);
        await Change(box);
        await station.Expect();

        // Another process takes over what the dead one left, while its command is still on the books as sent.
        await using var twin = await server.Twin();

        foreach (var password in new[] { "wrong-password-16", "", "a-new-password-2" })
            Assert.Equal(401, (await Ask(twin, box, password)).Status);
        await Visit(twin.Url, box, RawSocket.Basic(box.Endpoint, New));
        await Box.Until(async () => (await Ask(twin, box, box.Password!)).Status == 401, "the old one refused");
    }

    [Theory]
    [InlineData(On.Sqlite, true)]
    [InlineData(On.Sqlite, false)]
    [InlineData(On.Postgres, true)]
    [InlineData(On.Postgres, false)]
    public async Task O09_PasswordChange_Both_open_after_the_process_was_killed(string provider, bool hasNew)
    {
        await using var store = await Store.Make(provider);
        var server = await ServerProcess.Start(store);
        using var api = server.Client();
        var made = (await api.Post("/chargestations", """
            {"name":"Killed","endpoint":"KILLED","security":{"type":"basic_auth"}}
            """)).MustBe(201);
        var old = (string)made.Result["security"]!["password"]!;
        await using (var station = await ScriptedStation.Connect(server.Url, "KILLED", old))
        {
            var path = $"/chargestations/{made.Text("_id")}";
            await Box.Until(async () => (bool)(await api.Get(path)).Result["online"]!, "the station");
            (await api.Post(path + "/change_password", $$"""{"password":"{{New}}"}""")).MustBe(200);
            await station.Expect();
            await server.Kill(); // told, and dead before it was answered
            await server.DisposeAsync();
        }

        await using var next = await ServerProcess.Start(store);
        var (has, other) = hasNew ? (New, old) : (old, New);
        using (var back = await RawSocket.Connect(next.Url, "KILLED", has))
            Assert.StartsWith("[3,", await back.Call("Heartbeat"), StringComparison.Ordinal);
        Assert.Equal(401, (await RawSocket.Ask(next.Url, "/ocpp/KILLED", RawSocket.Basic("KILLED", other))).Status);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task O09_PasswordChange_A_reset_beats_a_change_that_is_under_way(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider), security: "basic_auth");
        await using (var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, box.Password))
        {
            await box.Becomes(online: true);
            var action = await Change(box);
            var call = await station.Expect();
            (await box.Api.Patch(
                $"/chargestations/{box.Id}/reset_password", """{"password":"by-hand-by-hand-1"}""")).MustBe(200);
            await station.Answer(call, """{"status":"Accepted"}""");
            await Settled(box, action);
        }

        await box.Becomes(online: false);
        Assert.Equal(401, await Knock(box, New));
        Assert.Equal(401, await Knock(box, box.Password!));
        Assert.Equal(101, await Knock(box, "by-hand-by-hand-1"));
    }

    [Fact]
    public async Task O09_PasswordChange_needs_a_password_and_a_connection()
    {
        var server = await servers.Get(On.Sqlite);
        using var open = await Box.Make(server);
        using var away = await Box.Make(server, security: "basic_auth");
        Assert.Equal("password_missing", (await open.Api.Post(Path(open), "{}")).MustBe(409).Code);
        Assert.Equal("chargestation_offline", (await away.Api.Post(Path(away), "{}")).MustBe(409).Code);
        Assert.Equal(101, await Knock(away, away.Password!));
    }

    private static string Path(Box box) => $"/chargestations/{box.Id}/change_password";

    private static async Task<string> Change(Box box) =>
        (await box.Api.Post(Path(box), $$"""{"password":"{{New}}"}""")).MustBe(200).Text("_id");

    /// <summary>A station that has come by a password, and was welcome.</summary>
    internal static async Task<ScriptedStation> Come(Box box, string password, string version)
    {
        var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint, password, version);
        Assert.Equal("Accepted", (string)(await station.Boot("Test", "One"))["status"]!);
        await box.Becomes(online: true);
        return station;
    }

    /// <summary>The password that it is told.</summary>
    private static string? ToldIn(JsonArray call, string version)
    {
        if (version == "ocpp1.6")
        {
            Assert.Equal(("ChangeConfiguration", "AuthorizationKey"), ((string)call[2]!, (string)call[3]!["key"]!));
            return (string?)call[3]!["value"];
        }

        Assert.Equal("SetVariables", (string)call[2]!);
        var told = Assert.Single(call[3]!["setVariableData"]!.AsArray())!;
        Assert.Equal(
            ("SecurityCtrlr", "BasicAuthPassword"),
            ((string)told["component"]!["name"]!, (string)told["variable"]!["name"]!));
        return (string?)told["attributeValue"];
    }

    internal static Task Settled(Box box, string action) => Box.Until(
        async () => (await box.Api.Get($"/actions/{action}")).Text("status") is "completed" or "failed", "an answer");

    private static async Task<int> Knock(Box box, string password) => (await Ask(box.Server, box, password)).Status;

    private static Task<RawAnswer> Ask(TestServer server, Box box, string password) =>
        RawSocket.Ask(server.Url, box.Target, RawSocket.Basic(box.Endpoint, password));

    /// <summary>Comes in, says something, and goes.</summary>
    internal static async Task Visit(Uri server, Box box, string header)
    {
        using var socket = await RawSocket.Open(server);
        Assert.Equal(101, (await socket.Upgrade(box.Target, header)).Status);
        Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);
    }

    private static async Task<string> Told(Box box) =>
        (await box.Api.Get("/events?paginate_limit=100")).Body
        + (await box.Api.Get($"/chargestations/{box.Id}/messages?paginate_limit=100")).Body
        + (await box.Api.Get("/actions")).Body;
}
