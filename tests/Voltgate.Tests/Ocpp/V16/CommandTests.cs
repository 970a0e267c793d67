using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp.V16;

/// <summary>What a 1.6 station is told for each command, and what its answer means.</summary>
public class CommandTests
{
    private const long HalfPast = 1_795_332_600_000; // 2026-11-22T07:30:00Z

    private const string Hash = "6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f6d3f";

    private const string Pem = "-----BEGIN CERTIFICATE-----\nMIIBiTCCATCg\n-----END CERTIFICATE-----\n";

    private static readonly Dialect Dialect = Dialect.For("ocpp1.6")!;

    private static readonly Dictionary<string, (StationCommand Command, Answer Answer, string Status)> Rows = new()
    {
        ["CancelReservation"] = (new ReleasePlace(4711), Answer.Rejected, "Rejected"),
        ["ChangeAvailability"] = (new ChangeAvailability(new Place(1), false), Answer.Accepted, "Scheduled"),
        ["ChangeConfiguration"] =
            (new WriteConfiguration("HeartbeatInterval", "300"), Answer.Accepted, "RebootRequired"),
        ["ClearCache"] = (new ClearCache(), Answer.Rejected, "Rejected"),
        ["ClearChargingProfile"] = (
            new ClearProfiles(900_001, new Place(1), ProfilePurpose.SessionDefault, 2), Answer.Rejected, "Unknown"),
        ["DataTransfer"] = (new SendData("org.example", "Ping", """{"a":1}"""), Answer.Accepted, "Accepted"),
        ["DeleteCertificate"] = (
            new DeleteCertificate("SHA256", Hash, new string([.. Hash.Reverse()]), "4f1c9b27"), Answer.Rejected,
            "NotFound"),
        ["ExtendedTriggerMessage"] =
            (new TriggerReport("LogStatusNotification", new Place(1)), Answer.Unsupported, "NotImplemented"),
        ["GetCompositeSchedule"] =
            (new ReadSchedule(new Place(1), 3_600, RateUnit.W), Answer.Accepted, "Accepted"),
        ["GetConfiguration"] =
            (new ReadConfiguration(["HeartbeatInterval", "Unheard"]), Answer.Accepted, "Accepted"),
        ["GetDiagnostics"] = (
            new SendDiagnostics(
                "https://charge.example.org/uploads/abc", HalfPast - 1_800_000, HalfPast, 3, 60), Answer.Accepted,
            "Accepted"),
        ["GetInstalledCertificateIds"] =
            (new ReadCertificates(CertificateUse.ManufacturerRoot), Answer.Accepted, "Accepted"),
        ["GetLocalListVersion"] = (new ReadTokenList(), Answer.Accepted, "Accepted"),
        ["GetLog"] = (
            new SendLog(
                LogKind.Security, "https://charge.example.org/uploads/abc", 815, HalfPast - 1_800_000, HalfPast, 3, 60),
            Answer.Accepted, "AcceptedCanceled"),
        ["CertificateSigned"] = (new CarryCertificate(Pem), Answer.Accepted, "Accepted"),
        ["InstallCertificate"] =
            (new InstallCertificate(CertificateUse.CentralSystemRoot, Pem), Answer.Rejected, "Failed"),
        ["RemoteStartTransaction"] =
            (new StartCharging(new Place(1), "04A1B2C3D4", HalfPast), Answer.Accepted, "Accepted"),
        ["RemoteStopTransaction"] = (new StopCharging(4711), Answer.Accepted, "Accepted"),
        ["ReserveNow"] = (
            new ReservePlace(new Place(1), 4711, "04A1B2C3D4", "FAMILY-7", HalfPast), Answer.Rejected, "Occupied"),
        ["Reset"] = (new ResetStation(Hard: false), Answer.Accepted, "Accepted"),
        ["SendLocalList"] = (
            new WriteTokenList(8, IsFull: false,
            [
                new ListedToken("04A1B2C3D4", Authorization.Accepted, HalfPast, "FAMILY-7"),
                new ListedToken("04FFFF", Authorization.Blocked), new ListedToken("GONE", null),
            ]), Answer.Rejected, "VersionMismatch"),
        ["SetChargingProfile"] = (new SetProfile(new Place(1), Weekly), Answer.Unsupported, "NotSupported"),
        ["SignedUpdateFirmware"] = (
            new InstallFirmware("https://firmware.example.org/v2.bin", HalfPast - 1_800_000, 2, 120)
            {
                Proof = new FirmwareProof(Pem, "MEQCIGx+R3oJ", 816, HalfPast),
            }, Answer.Rejected, "InvalidCertificate"),
        ["TriggerMessage"] =
            (new TriggerReport("StatusNotification", new Place(1)), Answer.Unsupported, "NotImplemented"),
        ["UnlockConnector"] = (new UnlockConnector(new Place(1)), Answer.Accepted, "Unlocked"),
        ["UpdateFirmware"] = (
            new InstallFirmware("https://firmware.example.org/v2.bin", HalfPast, 2, 120), Answer.Accepted, "Accepted"),
    };

    private static ChargingProfile Weekly => new(
        900_001, 2, ProfilePurpose.Session, ProfileKind.Recurring, RateUnit.A,
        [new ProfilePeriod(0, 16.1m, 3), new ProfilePeriod(3_600, 6)])
    {
        Number = 4711,
        Recurrence = ProfileRecurrence.Weekly,
        ValidFromMs = HalfPast - 1_800_000,
        ValidToMs = HalfPast - 1_800_000 + (7 * 24 * 3_600_000),
        StartMs = HalfPast,
        DurationSeconds = 86_400,
        MinRate = 6.5m,
    };

    public static TheoryData<string> Actions => [.. Dialect.Commands.Select(c => c.Action)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_command_becomes_a_request_and_the_response_a_receipt(string action)
    {
        var (command, answer, status) = Rows[action];

        var worded = Dialect.Write(command)!;
        var response = Fixture.Read("1.6", action + ".response");
        var receipt = Dialect.ReadReceipt(command, new CallAnswered(response));

        Assert.Equal(action, worded.Action);
        Fixture.AssertSame(Fixture.TextOf("1.6", action + ".request"), worded.Payload);
        Assert.Equal((answer, status, response.ToString()), (receipt.Answer, receipt.Status, receipt.Payload));
    }

    [Theory]
    [InlineData("Accepted", Answer.Accepted)]
    [InlineData("Scheduled", Answer.Accepted)]
    [InlineData("RebootRequired", Answer.Accepted)]
    [InlineData("Unlocked", Answer.Accepted)]
    [InlineData("Rejected", Answer.Rejected)]
    [InlineData("UnlockFailed", Answer.Rejected)]
    [InlineData("UnknownVendorId", Answer.Rejected)]
    [InlineData("Perhaps", Answer.Rejected)]
    [InlineData("NotSupported", Answer.Unsupported)]
    [InlineData("NotImplemented", Answer.Unsupported)]
    public void A_status_keeps_the_stations_own_word(string word, Answer answer)
    {
        var json = $$"""{"status":"{{word}}","more":1}""";

        Assert.Equal(
            new Receipt(answer, word, json),
            Dialect.ReadReceipt(new ResetStation(true), new CallAnswered(Fixture.WireOf(json))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":7}""")]
    [InlineData("[]")]
    public void An_answer_without_a_status_is_no_yes(string json) => Assert.Equal(
        Answer.Rejected,
        Dialect.ReadReceipt(new ClearCache(), new CallAnswered(Fixture.WireOf(json))).Answer);

    [Fact]
    public void Settings_that_an_answer_tells_are_learnt_but_never_the_key()
    {
        var read = Dialect.ReadReceipt(new ReadConfiguration([]), new CallAnswered(Fixture.WireOf("""
            {"configurationKey":[{"key":"A","readonly":true,"value":"1"},{"key":"B","readonly":false},
             {"key":"AuthorizationKey","readonly":false,"value":"s3cret"},{"key":"A","readonly":true,"value":"2"}]}
            """)));

        Assert.Equal(new Dictionary<string, string> { ["A"] = "2" }, read.Configuration);
        Assert.Equal(new Dictionary<string, string> { ["K"] = "v" }, Written("K", "Accepted"));
        Assert.Equal(new Dictionary<string, string> { ["K"] = "v" }, Written("K", "RebootRequired"));
        Assert.Empty(Written("AuthorizationKey", "Accepted")!);
        Assert.Null(Written("K", "Rejected"));
    }

    [Fact]
    public void Every_other_outcome_has_its_receipt()
    {
        var command = new ClearCache();

        Assert.Equal(Error(Answer.Unsupported, "NotImplemented"), Dialect.ReadReceipt(
            command, new CallRefused(RpcErrorCode.NotImplemented, "NotImplemented", "", "{}")));
        Assert.Equal(Error(Answer.Unsupported, "NotSupported"), Dialect.ReadReceipt(
            command, new CallRefused(RpcErrorCode.NotSupported, "NotSupported", "", "{}")));
        Assert.Equal(Error(Answer.Rejected, "GenericError"), Dialect.ReadReceipt(
            command, new CallRefused(RpcErrorCode.GenericError, "GenericError", "", "{}")));
        Assert.Equal(new Receipt(Answer.TimedOut, "NoAnswer"), Dialect.ReadReceipt(command, new CallTimedOut()));
        Assert.Equal(new Receipt(Answer.Offline, "ConnectionLost"), Dialect.ReadReceipt(command, new CallCutOff()));
        Assert.Equal(new Receipt(Answer.Offline, "NotConnected"), Dialect.ReadReceipt(
            command, new CallUnsent(UnsentReason.NotConnected)));
        Assert.Equal(new Receipt(Answer.TimedOut, "QueueFull"), Dialect.ReadReceipt(
            command, new CallUnsent(UnsentReason.QueueFull)));
    }

    private static Receipt Error(Answer answer, string status) => new(answer, status, "{}") { IsError = true };

    [Fact]
    public void Optional_fields_are_left_out()
    {
        Fixture.AssertSame("""{"idTag":"a"}""", Write(new StartCharging(Place.Station, "a")));
        Fixture.AssertSame("{}", Write(new ReadConfiguration([])));
        Fixture.AssertSame("""{"requestedMessage":"Heartbeat"}""", Write(new TriggerReport("Heartbeat", null)));
        Fixture.AssertSame("""{"vendorId":"v"}""", Write(new SendData("v", null, null)));
        Fixture.AssertSame(
            """{"connectorId":0,"type":"Operative"}""", Write(new ChangeAvailability(Place.Station, true)));
        Fixture.AssertSame("""{"type":"Hard"}""", Write(new ResetStation(true)));
        Assert.Null(Dialect.Write(new ResetStation(true, new Place(1))));
        Fixture.AssertSame("{}", Write(new ClearProfiles()));
        Fixture.AssertSame(
            """{"chargingProfilePurpose":"ChargePointMaxProfile"}""",
            Write(new ClearProfiles(Purpose: ProfilePurpose.StationMaximum)));
        Fixture.AssertSame("""{"connectorId":0,"duration":60}""", Write(new ReadSchedule(Place.Station, 60)));
        Fixture.AssertSame("""{"location":"ftp://a/"}""", Write(new SendDiagnostics("ftp://a/")));
        Fixture.AssertSame("""{"listVersion":1,"updateType":"Full"}""", Write(new WriteTokenList(1, true, [])));
    }

    [Fact]
    public void What_1_6_has_no_words_for_is_not_written()
    {
        Assert.Null(Dialect.Write(new UnheardOf()));
        Assert.Null(Dialect.Write(new UnlockConnector(Place.Station)));
        Assert.Null(Dialect.Write(new TriggerReport("NotifyReport", null)));
        Assert.Null(Dialect.Write(new DeleteCertificate("MD5", "a", "b", "c")));
        Assert.Null(Dialect.Write(new ReservePlace(new Place(1), 1, new string('x', 21), null, HalfPast)));
        Assert.Null(Dialect.Write(new TriggerReport("1", null)));
        Assert.Null(Dialect.Write(new InstallCertificate(CertificateUse.V2GRoot, "PEM")));
        Assert.Null(Dialect.Write(new ReadCertificates(null)));
        Assert.Null(Dialect.Write(new WriteTokenList(1, true, [new(new string('x', 21), Authorization.Accepted)])));
    }

    [Theory]
    [InlineData("MeterValues", "TriggerMessage", "MeterValues")]
    [InlineData("FirmwareStatusNotification", "TriggerMessage", "FirmwareStatusNotification")]
    [InlineData("LogStatusNotification", "ExtendedTriggerMessage", "LogStatusNotification")]
    [InlineData("SignedFirmwareStatusNotification", "ExtendedTriggerMessage", "FirmwareStatusNotification")]
    [InlineData("SignChargePointCertificate", "ExtendedTriggerMessage", "SignChargePointCertificate")]
    public void A_message_is_triggered_by_the_command_that_has_a_word_for_it(string word, string action, string said)
    {
        var worded = Dialect.Write(new TriggerReport(word, null))!;

        Assert.Equal(action, worded.Action);
        Fixture.AssertSame($$"""{"requestedMessage":"{{said}}"}""", worded.Payload);
    }

    [Fact]
    public void A_station_without_certificates_of_a_kind_has_answered() => Assert.Equal(
        Answer.Accepted,
        Dialect.ReadReceipt(
            new ReadCertificates(CertificateUse.CentralSystemRoot),
            new CallAnswered(Fixture.WireOf("""{"status":"NotFound"}"""))).Answer);

    [Fact]
    public void Dialects_are_found_by_their_exact_subprotocol()
    {
        Assert.Equal("ocpp1.6", Dialect.Subprotocol);
        Assert.Null(Dialect.For("OCPP1.6"));
        Assert.Null(Dialect.For("ocpp1.5"));
    }

    private static IReadOnlyDictionary<string, string>? Written(string key, string status) => Dialect
        .ReadReceipt(
            new WriteConfiguration(key, "v"), new CallAnswered(Fixture.WireOf($$"""{"status":"{{status}}"}""")))
        .Configuration;

    private static byte[] Write(StationCommand command) => Dialect.Write(command)!.Payload;

    private sealed record UnheardOf : StationCommand;
}
