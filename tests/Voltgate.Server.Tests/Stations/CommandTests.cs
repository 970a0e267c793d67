using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Stations;

/// <summary>What may be wrong with a command, and what is said about it then.</summary>
public sealed class CommandTests(SharedServers servers)
{
    private const string Period = """{"startPeriod":0,"limit":16}""";

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "update_firmware", "{}", "url" },
        { "update_firmware", """{"url":"station.bin"}""", "url" },
        { "update_firmware", """{"url":"file:///etc/passwd"}""", "url" },
        { "update_firmware", """{"url":"ftp://user:secret@host/f.bin"}""", "url" },
        { "update_firmware", """{"url":"https://host/f.bin","retries":-1}""", "retries" },
        { "update_firmware", """{"url":"https://host/f.bin","retry_interval":1.5}""", "retry_interval" },
        { "update_firmware", """{"url":"https://host/f.bin","retrieve_date":"tomorrow"}""", "retrieve_date" },
        { "get_diagnostics", """{"uri":"https://host/"}""", "uri" },
        {
            "get_diagnostics", """{"start_time":"2026-01-02T00:00:00Z","stop_time":"2026-01-01T00:00:00Z"}""",
            "stop_time"
        },
        { "set_default_power_limit", """{"limit":1}""", "unit" },
        { "set_default_power_limit", """{"unit":"kW","limit":1}""", "unit" },
        { "set_default_power_limit", """{"unit":"power"}""", "limit" },
        { "set_default_power_limit", """{"unit":"power","limit":-1}""", "limit" },
        { "set_default_power_limit", """{"unit":"power","limit":"all"}""", "limit" },
        { "set_default_power_limit", """{"unit":"power","limit":1.25}""", "limit" },
        { "change_availability", """{"available":true,"level":"evse"}""", "level" },
        { "change_availability", """{"available":true,"level":"plug"}""", "level" },
        { "clear_default_power_limit", """{"limit":1}""", "limit" },
        { "configurations", """{"key":"A"}""", "value" },
        { "configurations", """{"key":"A","value":"1","more":{}}""", "more" },
        { "configurations", """{"key":"A","value":"1","more":{"B":1}}""", "more" },
        { "raise_security", """{"type":"tls_basic","priority":"1"}""", "priority" },
        { "local_list", """{"version":1,"tokens":[]}""", "type" },
        { "local_list", """{"type":"full","version":0}""", "version" },
        { "local_list", """{"type":"differential","version":1}""", "tokens" },
        { "local_list", """{"type":"full","version":1,"remove":["A"]}""", "remove" },
        { "local_list", """{"type":"full","version":1,"tokens":["aaaaaaaaaaaaaaaaaaaaaaaa"]}""", "tokens[0]" },
        { "local_list", """{"type":"differential","version":1,"remove":[""]}""", "remove[0]" },
        { "clear_charging_profile", """{"chargingProfilePurpose":"Any"}""", "chargingProfilePurpose" },
        { "clear_charging_profile", """{"connector":"aaaaaaaaaaaaaaaaaaaaaaaa"}""", "connector" },
        { "set_charging_profile", "{}", "charging_profile" },
        { "set_charging_profile", Profile(id: 900_001), "charging_profile.chargingProfileId" },
        { "set_charging_profile", Profile(kind: "Recurring"), "charging_profile.recurrencyKind" },
        { "set_charging_profile", Profile(more: ""","recurrencyKind":"Daily" """), "charging_profile.recurrencyKind" },
        { "set_charging_profile", Profile(start: ""), "charging_profile.chargingSchedule.startSchedule" },
        { "set_charging_profile", Profile(kind: "Relative"), "charging_profile.chargingSchedule.startSchedule" },
        {
            "set_charging_profile", Profile(purpose: "ChargePointMaxProfile", kind: "Relative", start: ""),
            "charging_profile.chargingProfileKind"
        },
        {
            "set_charging_profile",
            Profile(more: ""","validFrom":"2026-01-02T00:00:00Z","validTo":"2026-01-02T00:00:00Z" """),
            "charging_profile.validTo"
        },
        { "set_charging_profile", Profile(periods: ""), "charging_profile.chargingSchedule.chargingSchedulePeriod" },
        {
            "set_charging_profile", Profile(periods: """{"startPeriod":60,"limit":16}"""),
            "charging_profile.chargingSchedule.chargingSchedulePeriod[0].startPeriod"
        },
        {
            "set_charging_profile", Profile(periods: Period + "," + Period),
            "charging_profile.chargingSchedule.chargingSchedulePeriod[1].startPeriod"
        },
        {
            "set_charging_profile", Profile(periods: """{"startPeriod":0,"limit":16.05}"""),
            "charging_profile.chargingSchedule.chargingSchedulePeriod[0].limit"
        },
        { "set_charging_profile", Profile(purpose: "TxProfile", kind: "Relative", start: ""), "session" },
        { "set_charging_profile", Profile(beside: """ "session":"aaaaaaaaaaaaaaaaaaaaaaaa", """), "session" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_command_that_cannot_be_meant_is_answered_422_with_the_field(
        string command, string body, string field)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var answer = (await box.Api.Post($"/chargestations/{box.Id}/{command}", body)).MustBe(422);

        Assert.Equal([field], answer.Fields);
        Assert.Contains(field, answer.Message, StringComparison.Ordinal);
        Assert.Empty((await box.Api.Get("/actions")).Items);
    }

    [Theory]
    [InlineData("duration=0", "duration")]
    [InlineData("duration=soon", "duration")]
    [InlineData("duration=60&duration=70", "duration")]
    [InlineData("unit=W", "unit")]
    [InlineData("length=5", "length")]
    [InlineData("unit=%00", "unit")]
    public async Task A_query_that_cannot_be_meant_is_answered_422_with_its_name(string query, string name)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));

        var answer = await box.Api.Get($"/connectors/{box.Connector}/get_composite_schedule/?{query}");

        Assert.Equal([name], answer.MustBe(422).Fields);
    }

    [Fact]
    public async Task What_the_station_told_of_itself_bounds_what_it_is_asked()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        await using var station = await ScriptedStation.Connect(box.Server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");
        await Tell(box, station, ("ChargeProfileMaxStackLevel", "2"), ("ChargingScheduleMaxPeriods", "1"),
            ("ChargingScheduleAllowedChargingRateUnit", "Power"), ("SendLocalListMaxLength", "1"),
            ("LocalAuthListMaxLength", "1"));
        (await box.Api.Patch($"/connectors/{box.Connector}", """{"power_type":"DC"}""")).MustBe(200);
        var profile = Profile(periods: Period + """,{"startPeriod":60,"limit":8}""", level: 3);

        Assert.Equal(
            [
                "charging_profile.stackLevel", "charging_profile.chargingSchedule.chargingSchedulePeriod",
                "charging_profile.chargingSchedule.chargingRateUnit",
            ],
            (await box.Api.Post($"/chargestations/{box.Id}/set_charging_profile", profile)).MustBe(422).Fields);
        Assert.Equal(["unit"], (await box.Api.Post(
            $"/connectors/{box.Connector}/set_default_power_limit", """{"unit":"current","limit":16}"""))
            .MustBe(422).Fields);
        var list = """{"type":"differential","version":1,"remove":["A","B"]}""";
        Assert.Equal(
            ["tokens"], (await box.Api.Post($"/chargestations/{box.Id}/local_list", list)).MustBe(422).Fields);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task An_absent_station_is_409_and_another_organisations_404(string provider)
    {
        using var box = await Box.Make(await servers.Get(provider));
        using var stranger = await servers.Tenant(provider);
        const string limit = """{"unit":"power","limit":1}""";
        const string request = """{"action":"ClearDisplayMessage","payload":{"id":1}}""";
        (string Verb, string Path, string? Body)[] commands =
        [
            ("POST", $"/chargestations/{box.Id}/set_charging_profile", Profile()),
            ("POST", $"/chargestations/{box.Id}/clear_charging_profile", "{}"),
            ("POST", $"/chargestations/{box.Id}/set_default_power_limit", limit),
            ("POST", $"/chargestations/{box.Id}/set_power_limit", limit),
            ("POST", $"/chargestations/{box.Id}/clear_default_power_limit", null),
            ("POST", $"/connectors/{box.Connector}/set_default_power_limit", limit),
            ("POST", $"/connectors/{box.Connector}/clear_power_limit", null),
            ("GET", $"/connectors/{box.Connector}/get_composite_schedule/", null),
            ("GET", $"/chargestations/{box.Id}/get_composite_schedule", null),
            ("POST", $"/chargestations/{box.Id}/update_firmware", """{"url":"https://host/f.bin"}"""),
            ("POST", $"/chargestations/{box.Id}/get_diagnostics", null),
            ("POST", $"/chargestations/{box.Id}/send_request", request),
            ("POST", $"/chargestations/{box.Id}/local_list", """{"type":"full","version":1}"""),
            ("GET", $"/chargestations/{box.Id}/local_list", null),
            ("GET", $"/chargestations/{box.Id}/configurations", null),
        ];

        foreach (var (verb, path, body) in commands)
        {
            Assert.Equal("chargestation_offline", (await box.Api.Send(verb, path, body)).MustBe(409).Code);
            Assert.Equal("not_found", (await stranger.Send(verb, path, body)).MustBe(404).Code);
        }

        foreach (var session in (string[])["set_power_limit", "clear_power_limit"])
            (await box.Api.Post($"/sessions/aaaaaaaaaaaaaaaaaaaaaaaa/{session}", limit)).MustBe(404);
        Assert.Empty((await box.Api.Get("/actions")).Items);
    }

    [Fact]
    public async Task A_key_that_has_spent_its_commands_waits_and_others_do_not()
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Api = o.Api with { CommandsPerMinute = 2 },
        });
        using var box = await Box.Make(server);
        var other = (await box.Api.Post("/api_keys", """{"name":"Other","scopes":["*"]}""")).MustBe(201);
        using var second = server.Client(other.Text("key"));
        await using var station = await ScriptedStation.Connect(server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");
        var path = $"/chargestations/{box.Id}/clear_cache";

        (await box.Api.Post(path)).MustBe(200);
        (await box.Api.Post(path)).MustBe(200);
        var refused = (await box.Api.Post(path)).MustBe(429);

        Assert.Equal("too_many_requests", refused.Code);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"]), 1, 30);
        Assert.Equal(2, (await box.Api.Get("/actions")).Items.Count);
        (await box.Api.Get($"/chargestations/{box.Id}")).MustBe(200);
        (await second.Post(path)).MustBe(200);
    }

    [Fact]
    public async Task Each_operator_has_commands_of_their_own()
    {
        await using var server = await TestServer.Start(configure: o => o with
        {
            Api = o.Api with { CommandsPerMinute = 1 },
        });
        using var box = await Box.Make(server);
        using var first = await OperatorClient.Join(server, box.Api, "Admin");
        using var second = await OperatorClient.Join(server, box.Api, "Support");
        await using var station = await ScriptedStation.Connect(server.Url, box.Endpoint);
        await station.Call("Heartbeat", "{}");
        var path = $"/chargestations/{box.Id}/clear_cache";

        (await first.Send("POST", path, null)).MustBe(200);
        (await first.Send("POST", path, null)).MustBe(429);
        (await second.Send("POST", path, null)).MustBe(200);
    }

    private static async Task Tell(Box box, ScriptedStation station, params (string Key, string Value)[] keys)
    {
        (await box.Api.Get($"/chargestations/{box.Id}/configurations")).MustBe(200);
        var told = string.Join(',', keys.Select(
            k => $$"""{"key":"{{k.Key}}","readonly":true,"value":"{{k.Value}}"}"""));
        await station.Answer(await station.Expect(), $$"""{"configurationKey":[{{told}}]}""");
        await box.Happens("chargestation.get_configuration.accepted");
    }

    private static string Profile(
        int id = 7, int level = 0, string purpose = "TxDefaultProfile", string kind = "Absolute",
        string start = "\"startSchedule\":\"2026-01-01T00:00:00Z\",", string more = "", string periods = Period,
        string beside = "") => $$"""
            { {{beside}} "charging_profile":{"chargingProfileId":{{id}},"stackLevel":{{level}},
              "chargingProfilePurpose":"{{purpose}}","chargingProfileKind":"{{kind}}","chargingSchedule":{ {{start}}
              "chargingRateUnit":"A","chargingSchedulePeriod":[{{periods}}]} {{more}} } }
            """;
}
