using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;
using LogKind = Voltgate.Domain.Stations.LogKind;
using StationProfile = Voltgate.Domain.Stations.ChargingProfile;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>What a 2.x station is told for each command, and what its answer means.</summary>
public class CommandTests
{
    private const long HalfPast = 1_795_332_600_000; // 2026-11-22T07:30:00Z

    private const string Url = "https://charge.example.org/x";

    private static readonly StationProfile Profile = new(
        900_001, 2, ProfilePurpose.SessionDefault, ProfileKind.Recurring, RateUnit.W, [new(0, 11_000m, 3)])
    {
        Recurrence = ProfileRecurrence.Daily,
        StartMs = HalfPast,
        DurationSeconds = 86_400,
        MinRate = 6.5m,
    };

    private static readonly (StationCommand Command, string Action, string Request)[] Rows =
    [
        (new StartCharging(new Place(2), "VG0123456789ABCDEF01") { Number = 7 }, "RequestStartTransaction",
            """{"evseId":2,"remoteStartId":7,"idToken":{"idToken":"VG0123456789ABCDEF01","type":"Central"}}"""),
        (new StopCharging(7) { Transaction = "t-1" }, "RequestStopTransaction", """{"transactionId":"t-1"}"""),
        (new ReadTransaction("t-1"), "GetTransactionStatus", """{"transactionId":"t-1"}"""),
        (new ReadConfiguration([]), "GetBaseReport", """{"requestId":1,"reportBase":"FullInventory"}"""),
        // Places that were counted as 1.6 does.
        (new UnlockConnector(new Place(3)), "UnlockConnector", """{"evseId":3,"connectorId":1}"""),
        (new UnlockConnector(new Place(0, 3)), "UnlockConnector", """{"evseId":3,"connectorId":1}"""),
        (new ChangeAvailability(new Place(1), true), "ChangeAvailability",
            """{"operationalStatus":"Operative","evse":{"id":1}}"""),
        (new ReleasePlace(4711), "CancelReservation", """{"reservationId":4711}"""),
        (new ChangeAvailability(new Place(2, 1), false), "ChangeAvailability",
            """{"operationalStatus":"Inoperative","evse":{"id":1,"connectorId":2}}"""),
        (new ChangeAvailability(new Place(0, 2), false), "ChangeAvailability",
            """{"operationalStatus":"Inoperative","evse":{"id":2}}"""),
        (new ChangeAvailability(Place.Station, true), "ChangeAvailability", """{"operationalStatus":"Operative"}"""),
        (new ClearCache(), "ClearCache", "{}"),
        (new ClearProfiles(7), "ClearChargingProfile", """{"chargingProfileId":7}"""),
        (new ClearProfiles(null, new Place(1, 3), ProfilePurpose.StationMaximum, 2), "ClearChargingProfile",
            """
            {"chargingProfileCriteria":{"evseId":3,"chargingProfilePurpose":"ChargingStationMaxProfile",
             "stackLevel":2}}
            """),
        (new SendData("org.example", "Ping", """a"b"""), "DataTransfer",
            """{"vendorId":"org.example","messageId":"Ping","data":"a\"b"}"""),
        (new DeleteCertificate("SHA384", "aa", "bb", "4f"), "DeleteCertificate",
            """
            {"certificateHashData":{"hashAlgorithm":"SHA384","issuerNameHash":"aa","issuerKeyHash":"bb",
             "serialNumber":"4f"}}
            """),
        (new ReadSchedule(Place.Station, 60), "GetCompositeSchedule", """{"duration":60,"evseId":0}"""),
        (new ReadSchedule(new Place(1, 2), 60, RateUnit.A), "GetCompositeSchedule",
            """{"duration":60,"evseId":2,"chargingRateUnit":"A"}"""),
        (new ReadConfiguration(["OCPPCommCtrlr.HeartbeatInterval", "EVSE@1.Power"]), "GetVariables",
            """
            {"getVariableData":[
             {"component":{"name":"OCPPCommCtrlr"},"variable":{"name":"HeartbeatInterval"}},
             {"component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"Power"}}]}
            """),
        (new WriteConfiguration("OCPPCommCtrlr.MessageTimeout/Default", "30"), "SetVariables",
            """
            {"setVariableData":[{"attributeValue":"30","component":{"name":"OCPPCommCtrlr"},
             "variable":{"name":"MessageTimeout","instance":"Default"}}]}
            """),
        (new ReadCertificates(CertificateUse.ManufacturerRoot), "GetInstalledCertificateIds",
            """{"certificateType":["ManufacturerRootCertificate"]}"""),
        (new ReadCertificates(CertificateUse.V2GChain), "GetInstalledCertificateIds",
            """{"certificateType":["V2GCertificateChain"]}"""),
        (new ReadCertificates(null), "GetInstalledCertificateIds", "{}"),
        (new ReadTokenList(), "GetLocalListVersion", "{}"),
        (new SendLog(LogKind.Security, Url, 815, HalfPast - 1_800_000, HalfPast, 3, 60), "GetLog",
            $$$"""
            {"logType":"SecurityLog","requestId":815,"retries":3,"retryInterval":60,"log":{"remoteLocation":"{{{Url}}}",
             "oldestTimestamp":"2026-11-22T07:00:00.000Z","latestTimestamp":"2026-11-22T07:30:00.000Z"}}
            """),
        (new SendDiagnostics("ftp://a/"), "GetLog",
            """{"logType":"DiagnosticsLog","requestId":1841374883,"log":{"remoteLocation":"ftp://a/"}}"""),
        (new InstallCertificate(CertificateUse.CentralSystemRoot, "PEM"), "InstallCertificate",
            """{"certificateType":"CSMSRootCertificate","certificate":"PEM"}"""),
        (new InstallCertificate(CertificateUse.V2GRoot, "PEM"), "InstallCertificate",
            """{"certificateType":"V2GRootCertificate","certificate":"PEM"}"""),
        (new InstallCertificate(CertificateUse.MobilityOperatorRoot, "PEM"), "InstallCertificate",
            """{"certificateType":"MORootCertificate","certificate":"PEM"}"""),
        (new CarryCertificate("PEM"), "CertificateSigned",
            """{"certificateChain":"PEM","certificateType":"ChargingStationCertificate"}"""),
        (new InstallFirmware(Url, HalfPast, 3, 60) { Proof = new FirmwareProof("PEM", "sig", 816, HalfPast) },
            "UpdateFirmware",
            $$$"""
            {"requestId":816,"retries":3,"retryInterval":60,"firmware":{"location":"{{{Url}}}",
             "retrieveDateTime":"2026-11-22T07:30:00.000Z","installDateTime":"2026-11-22T07:30:00.000Z",
             "signingCertificate":"PEM","signature":"sig"}}
            """),
        (new InstallFirmware("ftp://a/", HalfPast), "UpdateFirmware",
            """
            {"requestId":1841374883,"firmware":{"location":"ftp://a/",
             "retrieveDateTime":"2026-11-22T07:30:00.000Z"}}
            """),
        (new ReservePlace(new Place(1, 2), 4711, "04A1B2C3", "FAMILY-7", HalfPast), "ReserveNow",
            """
            {"id":4711,"expiryDateTime":"2026-11-22T07:30:00.000Z","evseId":2,
             "idToken":{"idToken":"04A1B2C3","type":"ISO14443"},"groupIdToken":{"idToken":"FAMILY-7","type":"Central"}}
            """),
        (new ResetStation(Hard: true), "Reset", """{"type":"Immediate"}"""),
        (new ResetStation(Hard: false), "Reset", """{"type":"OnIdle"}"""),
        (new ResetStation(Hard: false, new Place(1, 2)), "Reset", """{"type":"OnIdle","evseId":2}"""),
        (new ResetStation(Hard: true, new Place(3)), "Reset", """{"type":"Immediate","evseId":3}"""),
        (new WriteSettings([new("A.B", "7"), new("EVSE@1.C", "x")]), "SetVariables",
            """
            {"setVariableData":[{"attributeValue":"7","component":{"name":"A"},"variable":{"name":"B"}},
             {"attributeValue":"x","component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"C"}}]}
            """),
        (new WriteTokenList(8, IsFull: false,
            [new ListedToken("04A1B2C3", Authorization.Accepted, HalfPast), new ListedToken("GONE", null)]),
            "SendLocalList",
            """
            {"versionNumber":8,"updateType":"Differential","localAuthorizationList":[
             {"idToken":{"idToken":"04A1B2C3","type":"ISO14443"},
              "idTokenInfo":{"status":"Accepted","cacheExpiryDateTime":"2026-11-22T07:30:00.000Z"}},
             {"idToken":{"idToken":"GONE","type":"Central"}}]}
            """),
        (new WriteTokenList(1, IsFull: true, []), "SendLocalList", """{"versionNumber":1,"updateType":"Full"}"""),
        (new SetProfile(new Place(1, 2), Profile), "SetChargingProfile",
            """
            {"evseId":2,"chargingProfile":{"id":900001,"stackLevel":2,"chargingProfilePurpose":"TxDefaultProfile",
             "chargingProfileKind":"Recurring","recurrencyKind":"Daily","chargingSchedule":[{"id":900001,
              "startSchedule":"2026-11-22T07:30:00.000Z","duration":86400,"chargingRateUnit":"W",
              "minChargingRate":6.5,"chargingSchedulePeriod":[{"startPeriod":0,"limit":11000,"numberPhases":3}]}]}}
            """),
        (new TriggerReport("StatusNotification", new Place(1, 2)), "TriggerMessage",
            """{"requestedMessage":"StatusNotification","evse":{"id":2,"connectorId":1}}"""),
        // F06.FR.13: of a connector that was counted as 1.6 does, too.
        (new TriggerReport("StatusNotification", new Place(2)), "TriggerMessage",
            """{"requestedMessage":"StatusNotification","evse":{"id":2,"connectorId":1}}"""),
        (new TriggerReport("MeterValues", new Place(2)), "TriggerMessage",
            """{"requestedMessage":"MeterValues","evse":{"id":2}}"""),
        (new TriggerReport("SignChargePointCertificate", null), "TriggerMessage",
            """{"requestedMessage":"SignChargingStationCertificate"}"""),
        (new TriggerReport("DiagnosticsStatusNotification", null), "TriggerMessage",
            """{"requestedMessage":"LogStatusNotification"}"""),
        (new UnlockConnector(new Place(1, 2)), "UnlockConnector", """{"evseId":2,"connectorId":1}"""),
    ];

    public static TheoryData<int> Commands => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_becomes_the_request_of_both_editions(int row)
    {
        var (command, action, request) = Rows[row];

        foreach (var dialect in (Dialect[])[V2Dialect.V201, V2Dialect.V21])
        {
            var worded = dialect.Write(command);
            Assert.Equal(action, worded?.Action);
            Fixture.AssertSame(request, worded!.Payload);
        }
    }

    public static TheoryData<string> Unsayable => [.. Silences.Keys];

    private static readonly Dictionary<string, StationCommand> Silences = new()
    {
        ["the station's own cable"] = new UnlockConnector(Place.Station),
        ["a report nobody knows"] = new TriggerReport("Gossip", null),
        ["a report by its number"] = new TriggerReport("1", null),
        ["a report of a vendor's own"] = new TriggerReport("CustomTrigger", null),
        ["a key of 1.6"] = new WriteConfiguration("HeartbeatInterval", "300"),
        ["a key of 1.6 among several"] = new WriteSettings([new("A.B", "7"), new("HeartbeatInterval", "300")]),
        ["one key of 1.6 among others"] = new ReadConfiguration(["A.B", "HeartbeatInterval"]),
        ["a hash that is none"] = new DeleteCertificate("MD5", "a", "b", "c"),
        ["a session without a name"] = new SetProfile(
            new Place(1, 1), Profile with { Purpose = ProfilePurpose.Session, Number = 7 }),
        ["the end of a transaction without a name"] = new StopCharging(7),
        ["nothing at all"] = new SetProfile(Place.Station, Profile with { Periods = [] }),
        ["a token that is too long"] = new ReservePlace(Place.Station, 1, new string('x', 256), null, HalfPast),
        ["a chain that is the station's own"] = new InstallCertificate(CertificateUse.V2GChain, "PEM"),
        ["a report of a whole"] = new UnheardOf(),
    };

    [Theory]
    [MemberData(nameof(Unsayable))]
    public void What_there_are_no_words_for_is_not_written(string what)
    {
        Assert.Null(V2Dialect.V201.Write(Silences[what]));
        Assert.Null(V2Dialect.V21.Write(Silences[what]));
    }

    [Fact]
    public void Words_and_lengths_of_2_1_are_not_said_to_2_0_1()
    {
        var token = new ReservePlace(Place.Station, 1, new string('x', 37), null, HalfPast);
        var value = new WriteConfiguration("A.B", new string('x', 1_001));
        var trigger = new TriggerReport("SignV2G20Certificate", null);

        Assert.All((StationCommand[])[token, value, trigger], c => Assert.Null(V2Dialect.V201.Write(c)));
        Assert.All((StationCommand[])[token, value, trigger], c => Assert.NotNull(V2Dialect.V21.Write(c)));
    }

    [Fact]
    public void A_profile_of_a_session_names_its_transaction()
    {
        var worded = V2Dialect.V201.Write(new SetProfile(
            new Place(1, 1), Profile with { Purpose = ProfilePurpose.Session, Transaction = "t-1" }))!;

        var profile = Fields.Read(WireValue.Parse(worded.Payload)!.Value, SetChargingProfileRequest.Read).Value!;
        Assert.Equal(
            (ChargingProfilePurpose.TxProfile, "t-1"),
            (profile.ChargingProfile.ChargingProfilePurpose, profile.ChargingProfile.TransactionId));
    }

    [Theory]
    [InlineData("Accepted", Answer.Accepted)]
    [InlineData("RebootRequired", Answer.Accepted)]
    [InlineData("Rejected", Answer.Rejected)]
    [InlineData("UnknownComponent", Answer.Unsupported)]
    [InlineData("UnknownVariable", Answer.Unsupported)]
    [InlineData("NotSupportedAttributeType", Answer.Unsupported)]
    public void A_written_variable_has_a_status_of_its_own(string word, Answer answer)
    {
        var json = $$$"""
            {"setVariableResult":[{"attributeStatus":"{{{word}}}","component":{"name":"A"},"variable":{"name":"B"}}]}
            """;

        var receipt = Answered(new WriteConfiguration("A.B", "7"), json);

        Assert.Equal((answer, word, json), (receipt.Answer, receipt.Status, receipt.Payload));
        Assert.Equal(
            answer == Answer.Accepted ? new Dictionary<string, string> { ["A.B"] = "7" } : null, receipt.Configuration);
    }

    [Theory]
    [InlineData("Accepted", "RebootRequired", Answer.Accepted, "Accepted")]
    [InlineData("Accepted", "Rejected", Answer.Rejected, "Rejected")]
    [InlineData("UnknownVariable", "Accepted", Answer.Unsupported, "UnknownVariable")]
    public void Of_several_written_variables_the_first_that_was_not_taken_counts(
        string first, string second, Answer answer, string word)
    {
        var several = new WriteSettings([new("A.B", "7"), new("SecurityCtrlr.BasicAuthPassword", "s3cret")]);

        var receipt = Answered(several, $$$"""
            {"setVariableResult":[
             {"attributeStatus":"{{{first}}}","component":{"name":"A"},"variable":{"name":"B"}},
             {"attributeStatus":"{{{second}}}","component":{"name":"SecurityCtrlr"},
              "variable":{"name":"BasicAuthPassword"}}]}
            """);

        Assert.Equal((answer, word), (receipt.Answer, receipt.Status));
        Assert.Equal(
            answer == Answer.Accepted ? new Dictionary<string, string> { ["A.B"] = "7" } : null, receipt.Configuration);
        Assert.Equal(["7", "***"], ((WriteSettings)several.Shown).Values.Select(v => v.Value));
    }

    [Fact]
    public void Variables_that_an_answer_tells_are_learnt_but_never_a_password()
    {
        var receipt = Answered(
            new ReadConfiguration(["A.B"]),
            """
            {"getVariableResult":[
             {"attributeStatus":"Accepted","attributeValue":"1","component":{"name":"A"},"variable":{"name":"B"}},
             {"attributeStatus":"Accepted","attributeType":"MaxSet","attributeValue":"9","component":{"name":"A"},
              "variable":{"name":"B"}},
             {"attributeStatus":"Accepted","attributeType":"Actual","attributeValue":"on",
              "component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"Enabled"}},
             {"attributeStatus":"UnknownVariable","component":{"name":"A"},"variable":{"name":"C"}},
             {"attributeStatus":"Accepted","attributeValue":"s3cret","component":{"name":"SecurityCtrlr"},
              "variable":{"name":"BasicAuthPassword"}}]}
            """);

        Assert.Equal(Answer.Accepted, receipt.Answer);
        Assert.Equal(
            new Dictionary<string, string> { ["A.B"] = "1", ["EVSE@1.Enabled"] = "on" }, receipt.Configuration);
        Assert.DoesNotContain("s3cret", receipt.Payload, StringComparison.Ordinal);
        Assert.Empty(Answered(
            new WriteConfiguration("SecurityCtrlr.BasicAuthPassword", "s3cret"),
            """
            {"setVariableResult":[{"attributeStatus":"Accepted","component":{"name":"SecurityCtrlr"},
             "variable":{"name":"BasicAuthPassword"}}]}
            """).Configuration!);
    }

    [Theory]
    [InlineData("Accepted", Answer.Accepted)]
    [InlineData("Scheduled", Answer.Accepted)]
    [InlineData("AcceptedCanceled", Answer.Accepted)]
    [InlineData("EmptyResultSet", Answer.Accepted)]
    [InlineData("OngoingAuthorizedTransaction", Answer.Rejected)]
    [InlineData("NotImplemented", Answer.Unsupported)]
    [InlineData("NotSupported", Answer.Unsupported)]
    public void A_status_keeps_the_stations_own_word(string word, Answer answer)
    {
        var json = $$$"""{"status":"{{{word}}}","statusInfo":{"reasonCode":"X"}}""";

        Assert.Equal(new Receipt(answer, word, json), Answered(new ResetStation(true), json));
    }

    [Fact]
    public void Lists_are_answered_by_their_version_and_certificates_by_there_being_none()
    {
        Assert.Equal(7, Answered(new ReadTokenList(), """{"versionNumber":7}""").ListVersion);
        Assert.Equal(
            (Answer.Accepted, "NotFound"),
            Answered(new ReadCertificates(CertificateUse.CentralSystemRoot), """{"status":"NotFound"}""") is var r
                ? (r.Answer, r.Status)
                : default);
    }

    private static Receipt Answered(StationCommand command, string json) =>
        V2Dialect.V201.ReadReceipt(command, new CallAnswered(Fixture.WireOf(json)));

    private sealed record UnheardOf : StationCommand;
}
