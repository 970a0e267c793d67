using Voltgate.Server.Stations;

namespace Voltgate.Server.Tests.Stations;

/// <summary>Quirk profiles beyond the transcripts in 1.6/quirks: sockets, files and who sees what.</summary>
public sealed class QuirkTests(SharedServers servers)
{
    [Fact]
    public async Task A_station_that_never_said_what_it_is_is_asked_once()
    {
        await using var still = await StillServer.Start(
            configure: o => o with { Ocpp = o.Ocpp with { ReconcileSeconds = 0 } });
        var socket = await still.Connect();
        await socket.Call("Heartbeat");

        var asked = socket.NextText();
        await still.Until(() => Task.FromResult(asked.IsCompleted), "a TriggerMessage");
        Assert.Contains("\"TriggerMessage\",{\"requestedMessage\":\"BootNotification\"}", await asked);
        await socket.Send($"[3,\"{(await asked).Split('"')[1]}\",{{\"status\":\"NotImplemented\"}}]");

        for (var minute = 0; minute < 12; minute++)
        {
            still.Clock.Advance(TimeSpan.FromSeconds(50));
            Assert.StartsWith("[3,\"beat", await socket.Call("Heartbeat", id: "beat"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_make_that_answers_no_ping_is_given_up_after_three_heartbeats_only()
    {
        await using var still = await StillServer.Start(configure: Beating);
        (await still.Box.Api.Patch($"/chargestations/{still.Box.Id}", """{"quirk_profile":"en-plus-ac7000"}"""))
            .MustBe(200);
        var socket = await still.Connect();
        await socket.Call("Heartbeat");
        var from = still.Clock.NowMs;

        await still.Until(async () => !await still.Box.IsOnline(), "offline");

        Assert.InRange(still.Clock.NowMs - from, 180_000, 182_000);
    }

    [Fact]
    public async Task One_that_must_not_be_pinged_is_not()
    {
        var file = await Write("""[{"name":"shy","match":{"vendor":"Shy"},"ping":{"interval_seconds":0}}]""");
        await using var still = await StillServer.Start(
            configure: o => Beating(o) with { Ocpp = Beating(o).Ocpp with { QuirksFile = file } });
        (await still.Box.Api.Patch($"/chargestations/{still.Box.Id}", """{"quirk_profile":"shy"}""")).MustBe(200);
        var socket = await still.Connect();
        await socket.Call("BootNotification", """{"chargePointVendor":"Shy","chargePointModel":"One"}""");

        await still.Until(async () => !await still.Box.IsOnline(), "offline");

        while (await socket.Read() is { } frame) Assert.NotEqual(RawFrame.Ping, frame.Opcode);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task A_profile_that_was_chosen_is_kept_and_shown_to_its_owner_only(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var box = await Box.Make(server, more: "\"quirk_profile\":\"huawei\"");
        using var stranger = await server.Tenant();

        await server.Restart();
        using var owner = server.Client(box.Api.Key);
        using var other = server.Client(stranger.Key);

        var quirks = (await owner.Get($"/chargestations/{box.Id}/quirks")).MustBe(200).Result;
        Assert.Equal(("by_hand", "huawei"), ((string)quirks["chosen"]!, (string)quirks["profile"]!["name"]!));
        Assert.Equal("huawei", (await owner.Get($"/chargestations/{box.Id}")).Text("quirk_profile"));
        (await other.Get($"/chargestations/{box.Id}/quirks")).MustBe(404);
        (await owner.Get("/chargestations/000000000000000000000000/quirks")).MustBe(404);
        var all = (await other.Get("/quirk_profiles")).MustBe(200).Result["profiles"]!.AsArray();
        Assert.Contains(all, p => (string)p!["name"]! == "huawei");
    }

    [Fact]
    public async Task A_station_is_made_with_a_profile_that_there_is_or_not_at_all()
    {
        using var api = await (await servers.Get(On.Sqlite)).Tenant();

        var refused = await api.Post("/chargestations", """{"name":"Box","quirk_profile":"Huawei"}""");

        refused.MustBe(422);
        Assert.Equal("quirk_profile", (string)refused.Json["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task Own_profiles_go_before_those_that_come_along_and_replace_their_namesakes()
    {
        var file = await Write(
            """
            // ours
            [{"name":"keba","match":{"vendor":"Keba*","model":"KC-P30*"},"ping":{"interval_seconds":60}},
             {"name":"all-abb","match":{"vendor":"abb"}},]
            """);

        var book = new QuirkBook(new ServerOptions { Ocpp = new OcppSection { QuirksFile = file } });

        Assert.Equal(["keba", "all-abb"], book.Profiles.Take(2).Select(p => p.Name));
        Assert.Single(book.Profiles, p => p.Name == "keba");
        Assert.Null(QuirkBook.FaultOf(file));
    }

    [Theory]
    [InlineData("", "is no list of quirk profiles")]
    [InlineData("{}", "is no list of quirk profiles")]
    [InlineData("null", "is no list of quirk profiles")]
    [InlineData("[null]", "[0]: write a profile")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"pings":{}}]""", "pings")]
    [InlineData("""[{"match":{"vendor":"v"}}]""", "[0].name: ")]
    [InlineData("""[{"name":"none","match":{"vendor":"v"}}]""", "[0].name: ")]
    [InlineData("""[{"name":"a"}]""", "[0].match: ")]
    [InlineData("""[{"name":"a","match":{}}]""", "[0].match: ")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"}},{"name":"a","match":{"vendor":"w"}}]""", "[1].name: ")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"time":{}}]""", "[0].time: ")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"time":{"offset_minutes":5000}}]""", "time.offset_minutes")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"time":{"zone":"Mars"}}]""", "time.zone")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"time":{"zone":"location","applies":"x"}}]""", "time.applies")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"meter":[{"measurand":"kWh","factor":2}]}]""",
        "meter.measurand")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"meter":[{"measurand":"SoC","factor":0}]}]""", "meter.factor")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"meter":[{"measurand":"SoC","factor":2,"unit":"?"}]}]""", "meter.unit")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"phases":[{"from":"L1","to":"L4"}]}]""", "phases: ")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"phases":[{"from":"L1"}]}]""", "phases: ")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"tags":{"max_length":2}}]""", "tags.max_length")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"tags":{"keep_before":""}}]""", "tags: ")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"charging_profiles":{"kinds":["x"]}}]""",
        "charging_profiles.kinds")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"charging_profiles":{"units":["x"]}}]""",
        "charging_profiles.units")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"charging_profiles":{"max_stack_level":-1}}]""",
        "max_stack_level")]
    [InlineData(
        """[{"name":"a","match":{"vendor":"v"},"charging_profiles":{"start_earlier_seconds":-1}}]""", "start_earlier")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"trigger":{"connector":"x"}}]""", "trigger.connector")]
    [InlineData("""[{"name":"a","match":{"vendor":"v"},"ping":{"interval_seconds":2}}]""", "ping.interval_seconds")]
    public async Task A_file_that_cannot_be_meant_is_refused_where_it_is_wrong(string json, string told) =>
        Assert.Contains(told, QuirkBook.FaultOf(await Write(json)), StringComparison.Ordinal);

    private static ServerOptions Beating(ServerOptions o) => o with
    {
        Ocpp = o.Ocpp with { HeartbeatIntervalSeconds = 60 },
    };

    private static async Task<string> Write(string json)
    {
        var file = Path.Combine(Path.GetTempPath(), $"voltgate-quirks-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, json);
        return file;
    }
}
