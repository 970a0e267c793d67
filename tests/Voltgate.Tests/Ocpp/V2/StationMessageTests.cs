using System.Text;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;
using ConnectorStatus = Voltgate.Domain.Stations.ConnectorStatus;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>What the messages of a 2.x station mean, and how the platform's replies are worded.</summary>
public class StationMessageTests
{
    private const long HalfPast = 1_795_332_600_000; // 2026-11-22T07:30:00Z

    private const string Csr =
        "-----BEGIN CERTIFICATE REQUEST-----\nMIIBAzCBqgIB\n-----END CERTIFICATE REQUEST-----\n";

    private static readonly StationTime At = new(HalfPast, TimeFlaw.None, "2026-11-22T07:30:00.000Z");

    private static readonly Dictionary<string, (StationMessage? Word, Reply Reply, string Answer)> Rows = new()
    {
        ["Authorize"] = (
            new TokenPresented("04A1B2C3D4") { Type = "Central" },
            new TokenJudged(Authorization.Accepted, new TagGrant("FAMILY-7", HalfPast)),
            """
            {"idTokenInfo":{"status":"Accepted","cacheExpiryDateTime":"2026-11-22T07:30:00.000Z",
             "groupIdToken":{"idToken":"FAMILY-7","type":"Central"}}}
            """),
        ["BootNotification"] = (
            new Booted(new BootInfo(
                "Example", "EX-22", "EX22-0042", FirmwareVersion: "2.4.1", Iccid: "8931086020093212345",
                Imsi: "204046201123456"))
            {
                Reason = "ApplicationReset",
            },
            new BootAnswered(true, HalfPast, 300),
            """{"status":"Accepted","currentTime":"2026-11-22T07:30:00.000Z","interval":300}"""),
        ["DataTransfer"] = (
            new DataSent("org.example", "Ping", """{"kind":"ping","count":1}"""),
            new DataAnswered(DataVerdict.UnknownMessageId, "pong"),
            """{"status":"UnknownMessageId","data":"pong"}"""),
        ["Heartbeat"] = (
            new Pulsed(), new PulseAnswered(HalfPast), """{"currentTime":"2026-11-22T07:30:00.000Z"}"""),
        ["MeterValues"] = (null, Noted.Instance, "{}"),
        ["StatusNotification"] = (
            new ConnectorReported(
                new Place(1, 1), ConnectorStatus.Available, "NoError", null, null, At),
            Noted.Instance, "{}"),
        ["FirmwareStatusNotification"] = (new FirmwareReported("Downloaded", 815), Noted.Instance, "{}"),
        ["LogStatusNotification"] = (new DiagnosticsReported("BadMessage", 815), Noted.Instance, "{}"),
        ["SecurityEventNotification"] = (
            new SecurityReported("FirmwareUpdated", At, "0x01"), Noted.Instance, "{}"),
        ["NotifyEVChargingNeeds"] = (
            new VehicleTold("NotifyEVChargingNeeds", new Place(0, 1)), new VehicleJudged(true),
            """{"status":"Accepted"}"""),
        ["NotifyEVChargingSchedule"] = (
            new VehicleTold("NotifyEVChargingSchedule", new Place(0, 1), new PowerLimit(RateUnit.W, 16.5m)),
            new VehicleJudged(false), """{"status":"Rejected"}"""),
        ["NotifyReport"] = (null, Noted.Instance, "{}"),
        ["TransactionEvent"] = (
            null, new TransactionNoted(Authorization.Blocked) { CostMicros = 12_340_000 },
            """{"totalCost":12.34,"idTokenInfo":{"status":"Blocked"}}"""),
        ["SignCertificate"] = (
            new CertificateWanted(Csr), new CertificateNoted(true), """{"status":"Accepted"}"""),
    };

    public static TheoryData<string> Spoken => [.. Rows.Keys];

    public static TheoryData<string, string> Kept
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var dialect in (Dialect[])[V2Dialect.V201, V2Dialect.V21])
                foreach (var route in dialect.Routes.Where(r => !Rows.ContainsKey(r.Action)))
                    rows.Add(dialect.Subprotocol["ocpp".Length..], route.Action);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Spoken))]
    public void A_request_becomes_a_word_and_the_reply_a_response(string action)
    {
        var (word, reply, answer) = Rows[action];

        var understood = Assert.IsType<Understood>(
            V2Dialect.V201.Read(action, Fixture.Read("2.0.1", action + ".request")));

        // A contract is held to values of its own, below.
        var bare = understood.Message is TokenPresented token ? token with { Contract = null } : understood.Message;
        if (word is not null) Assert.Equal(word, bare);
        Assert.Equal(0, understood.ExtraFields);
        Fixture.AssertSame(answer, understood.Route.Answer(reply));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_is_only_kept_is_kept_as_it_came_and_answered_properly(string version, string action)
    {
        var dialect = version == "2.1" ? V2Dialect.V21 : V2Dialect.V201;
        var text = Fixture.TextOf(version, action + ".request").Trim();

        var understood = Assert.IsType<Understood>(dialect.Read(action, Fixture.WireOf(text)));

        var isAsked = understood.Message is Consulted;
        Assert.Equal(new Filed(action, text), isAsked ? ((Consulted)understood.Message).Told : understood.Message);
        var answer = Fixture.WireOf(Encoding.UTF8.GetString(
            understood.Route.Answer(isAsked ? new Advised(ContractAdvice.None) : Noted.Instance)));
        if (action == "NotifyPeriodicEventStream") return;
        var wire = version == "2.1" ? V2Wire.V21 : V2Wire.V201;
        var reread = Records.All[action + ".response"](wire.Edition, wire, answer);
        Assert.Equal((null, 0), (reread.Violation, reread.ExtraFields));
    }

    [Fact]
    public void A_contract_is_shown_with_its_chain_and_the_certificates_that_are_in_doubt()
    {
        var shown = Assert.IsType<TokenPresented>(
            Understand("Authorize", Fixture.TextOf("2.0.1", "Authorize.request")).Message).Contract!;

        Assert.Equal("04A1B2C3D4", shown.Emaid);
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", shown.Chain, StringComparison.Ordinal);
        Assert.Equal(
            ("SHA256", "https://ocsp.example.org/"),
            (shown.Certificates[0].Algorithm, shown.Certificates[0].Responder));
    }

    [Theory]
    [InlineData(7_500, 7_500, "Accepted", "Accepted")]
    [InlineData(7_504, 17_000, "Failed", "Accepted")]
    [InlineData(17_004, 17_004, "Failed", "Failed")]
    public void What_a_provider_says_is_passed_on_as_long_as_the_edition_has_room(
        int length, int later, string earlierStatus, string laterStatus)
    {
        foreach (var (version, dialect, size, status) in new[]
        {
            ("2.0.1", V2Dialect.V201, length, earlierStatus), ("2.1", V2Dialect.V21, later, laterStatus),
        })
        {
            var asked = Assert.IsType<Understood>(dialect.Read(
                "Get15118EVCertificate",
                Fixture.WireOf(Fixture.TextOf(version, "Get15118EVCertificate.request"))));
            var advice = new ContractAdvice(ContractVerdict.Accepted, new string('A', size));
            var answer = Encoding.UTF8.GetString(asked.Route.Answer(new Advised(advice)));
            Assert.Contains($"\"status\":\"{status}\"", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_message_of_a_station_has_a_row()
    {
        foreach (var (dialect, version) in (IEnumerable<(Dialect, string)>)
            [(V2Dialect.V201, "2.0.1"), (V2Dialect.V21, "2.1")])
        {
            var free = dialect.Commands.Where(c => c.Command == typeof(SendRequest)).Select(c => c.Action).ToArray();
            var said = dialect.Routes.Select(r => r.Action).Concat(free).ToHashSet();
            Assert.Equal(Fixture.Names(version).Select(n => n.Split('.')[0]).ToHashSet(), said);
            Assert.Equal(["DataTransfer"], dialect.Routes.Select(r => r.Action).Intersect(free));
        }
    }

    [Fact]
    public void A_piece_of_a_transaction_is_told_whole()
    {
        var told = Assert.IsType<TransactionTold>(
            Understand("TransactionEvent", Fixture.TextOf("2.0.1", "TransactionEvent.request")).Message);

        Assert.Equal(("6f1c2e0a-7d1b-4d5e-9b57-0a4c2d3e4f50", 3), (told.Transaction, told.Sequence));
        Assert.Equal((TransactionMoment.Ended, HalfPast), (told.Moment, told.At.AtMs));
        Assert.Equal((new Place(1, 7), 4711, 4711), (told.Place, told.Requested, told.ReservationId));
        Assert.Equal(("04A1B2C3D4", "Charging", "DeAuthorized"), (told.IdTag, told.ChargingState, told.StopReason));
        Assert.Equal(23_050_000m, told.Readings.Single().Samples.Single().Value); // 230.5 x 10^2 kWh
        Assert.False(told.IsFree);
    }

    [Fact]
    public void A_token_that_nobody_is_asked_for_is_none()
    {
        var told = Assert.IsType<TransactionTold>(Understand("TransactionEvent", """
            {"eventType":"Started","timestamp":"2026-11-22T07:30:00Z","triggerReason":"CablePluggedIn","seqNo":0,
             "transactionInfo":{"transactionId":"t"},"idToken":{"idToken":"","type":"NoAuthorization"}}
            """).Message);

        Assert.Equal((null, true, null), (told.IdTag, told.IsFree, told.Place));
    }

    [Fact]
    public void A_report_tells_settings_as_their_keys_and_no_password()
    {
        var told = Assert.IsType<SettingsReported>(Understand("NotifyReport", """
            {"requestId":1,"generatedAt":"2026-11-22T07:30:00Z","seqNo":0,"tbc":true,"reportData":[
             {"component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"Power"},
              "variableAttribute":[{"type":"MaxSet","value":"9"},{"value":"22000"}]},
             {"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},
              "variableAttribute":[{"value":"secret"}]}]}
            """).Message);

        Assert.Equal([KeyValuePair.Create("EVSE@1.Power", "22000")], told.Values);
        Assert.False(told.IsLast);
    }

    [Theory]
    [InlineData("Occupied", ConnectorStatus.Occupied, "NoError")]
    [InlineData("Reserved", ConnectorStatus.Reserved, "NoError")]
    [InlineData("Unavailable", ConnectorStatus.Unavailable, "NoError")]
    [InlineData("Faulted", ConnectorStatus.Faulted, "OtherError")]
    public void A_connectors_status_keeps_its_meaning(
        string word, ConnectorStatus status, string errorCode)
    {
        var json = $$"""{"timestamp":"2026-11-22T07:30:00Z","connectorStatus":"{{word}}","evseId":2,"connectorId":1}""";

        var reported = Assert.IsType<ConnectorReported>(Understand("StatusNotification", json).Message);

        Assert.Equal(
            (new Place(1, 2), status, errorCode), (reported.Place, reported.Status, reported.ErrorCode));
    }

    [Fact]
    public void A_connectors_status_may_come_as_an_event()
    {
        static string Event(string component, string value) => $$$"""
            {"eventId":1,"timestamp":"2026-11-22T07:30:00Z","trigger":"Delta","actualValue":"{{{value}}}",
             "component":{"name":"{{{component}}}","evse":{"id":2,"connectorId":1}},
             "variable":{"name":"AvailabilityState"},"eventNotificationType":"HardWiredNotification"}
            """;
        var json = $$"""
            {"generatedAt":"2026-11-22T07:30:00Z","seqNo":0,"eventData":[
             {{Event("EVSE", "Occupied")}},{{Event("Connector", "1")}},{{Event("Connector", "Faulted")}}]}
            """;

        var filed = Assert.IsType<Filed>(Understand("NotifyEvent", json).Message);

        Assert.Equal(("NotifyEvent", json), (filed.Action, filed.Json));
        Assert.Equal(
            new ConnectorReported(new Place(1, 2), ConnectorStatus.Faulted, "OtherError", null, null, At),
            Assert.Single(filed.Statuses) with { At = At });
    }

    [Fact]
    public void Evse_0_is_the_station() => Assert.Equal(
        Place.Station,
        Assert.IsType<MeterReported>(Understand("MeterValues", """
            {"evseId":0,"meterValue":[{"timestamp":"2026-11-22T07:30:00Z","sampledValue":[{"value":1}]}]}
            """).Message).Place);

    [Fact]
    public void A_group_that_is_too_long_for_2_0_1_is_left_out_there()
    {
        var judged = new TokenJudged(Authorization.Blocked, new TagGrant(new string('g', 37), null));
        const string request = """{"idToken":{"idToken":"a","type":"Central"}}""";
        var latest = Assert.IsType<Understood>(V2Dialect.V21.Read("Authorize", Fixture.WireOf(request)));

        Fixture.AssertSame(
            """{"idTokenInfo":{"status":"Blocked"}}""", Understand("Authorize", request).Route.Answer(judged));
        var said = Encoding.UTF8.GetString(latest.Route.Answer(judged));
        Assert.Contains("ggg", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vehicles_certificate_is_told_from_the_stations_own() => Assert.Equal(
        "V2GCertificate",
        Assert.IsType<CertificateWanted>(Understand(
            "SignCertificate", """{"csr":"x","certificateType":"V2GCertificate"}""").Message).Use);

    [Fact]
    public void What_a_vehicle_needs_is_answered_in_its_editions_words()
    {
        var older = Understand("NotifyEVChargingNeeds", Fixture.TextOf("2.0.1", "NotifyEVChargingNeeds.request"));
        var latest = Assert.IsType<Understood>(V2Dialect.V21.Read(
            "NotifyEVChargingNeeds", Fixture.Read("2.1", "NotifyEVChargingNeeds.request")));

        Fixture.AssertSame("""{"status":"Rejected"}""", older.Route.Answer(new VehicleJudged(false)));
        Fixture.AssertSame("""{"status":"NoChargingProfile"}""", latest.Route.Answer(new VehicleJudged(false)));
        Fixture.AssertSame("""{"status":"Accepted"}""", latest.Route.Answer(new VehicleJudged(true)));
    }

    [Theory]
    [InlineData("Explode", RpcErrorCode.NotImplemented)]
    [InlineData("StartTransaction", RpcErrorCode.NotImplemented)]
    [InlineData("BatterySwap", RpcErrorCode.NotImplemented)]
    [InlineData("SetVariables", RpcErrorCode.NotSupported)]
    [InlineData("RequestStartTransaction", RpcErrorCode.NotSupported)]
    public void Actions_that_are_not_served_are_told_apart(string action, RpcErrorCode code) => Assert.Equal(
        code, Assert.IsType<Refused>(V2Dialect.V201.Read(action, Fixture.WireOf("{}"))).Code);

    [Theory]
    [InlineData("Heartbeat", "[]", RpcErrorCode.FormatViolation, "the payload is not an object")]
    [InlineData("Authorize", "{}", RpcErrorCode.OccurrenceConstraintViolation, "idToken: is required")]
    [InlineData(
        "StatusNotification",
        """{"timestamp":"2026-11-22T07:30:00Z","connectorStatus":"Asleep","evseId":1,"connectorId":1}""",
        RpcErrorCode.PropertyConstraintViolation, "connectorStatus: is none of the words allowed here")]
    [InlineData(
        "NotifyEvent", """{"generatedAt":"2026-11-22T07:30:00Z","seqNo":0,"eventData":[]}""",
        RpcErrorCode.OccurrenceConstraintViolation, "eventData: is an empty list")]
    public void A_violation_is_named(string action, string payload, RpcErrorCode code, string description)
    {
        var refused = Assert.IsType<Refused>(V2Dialect.V201.Read(action, Fixture.WireOf(payload)));

        Assert.Equal((code, description), (refused.Code, refused.Description));
    }

    [Fact]
    public void A_boot_and_a_token_with_nonsense_in_them_are_kept()
    {
        var boot = Assert.IsType<Booted>(Understand(
            "BootNotification", $$$"""
            {"reason":"Boredom","chargingStation":{"model":"{{{new string('m', 40)}}}","vendorName":""}}
            """).Message);
        var token = Assert.IsType<TokenPresented>(Understand(
            "Authorize", $$$"""{"idToken":{"idToken":"{{{new string('a', 50)}}}","type":"Ring"}}""").Message);

        Assert.Equal(("Unknown", 40), (boot.Reason, boot.Info.ChargePointModel.Length));
        Assert.Equal((50, "Ring"), (token.IdTag.Length, token.Type));
    }

    [Fact]
    public void What_vendors_add_is_ignored() => Assert.Equal(
        1, Understand("Heartbeat", """{"customData":{"vendorId":"x","mood":"fine"}}""").ExtraFields);

    private static Understood Understand(string action, string payload) =>
        Assert.IsType<Understood>(V2Dialect.V201.Read(action, Fixture.WireOf(payload)));
}
