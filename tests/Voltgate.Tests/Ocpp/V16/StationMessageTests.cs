using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;

namespace Voltgate.Tests.Ocpp.V16;

/// <summary>What the messages of a 1.6 station mean, and how the platform's replies are worded.</summary>
public class StationMessageTests
{
    private const long Seven = 1_795_330_800_000; // 2026-11-22T07:00:00Z

    private static readonly Dialect Dialect = Dialect.For("ocpp1.6")!;
    private static readonly StationTime AtSeven = new(Seven, TimeFlaw.None, "2026-11-22T07:00:00.000Z");
    private static readonly StationTime HalfPast = new(Seven + 1_800_000, TimeFlaw.None, "2026-11-22T07:30:00.000Z");

    private static readonly TagGrant Grant = new("FAMILY-7", Seven + 1_800_000);

    private static readonly Dictionary<string, (StationMessage? Word, Reply Reply)> Rows = new()
    {
        ["Authorize"] = (new TokenPresented("04A1B2C3D4"), new TokenJudged(Authorization.Accepted, Grant)),
        ["BootNotification"] = (
            new Booted(new BootInfo(
                "VendorX", "SingleSocket", "SN-1", "BOX-1", "1.2.3", "8931", "2040", "MID", "M-1")),
            new BootAnswered(true, Seven, 300)),
        ["DataTransfer"] = (
            new DataSent("org.example", "Ping", """{"a":1}"""), new DataAnswered(DataVerdict.Accepted, "pong")),
        ["DiagnosticsStatusNotification"] = (new DiagnosticsReported("Uploaded"), Noted.Instance),
        ["FirmwareStatusNotification"] = (new FirmwareReported("Downloading"), Noted.Instance),
        ["Heartbeat"] = (new Pulsed(), new PulseAnswered(Seven)),
        ["LogStatusNotification"] = (new DiagnosticsReported("UploadFailure", 815), Noted.Instance),
        ["MeterValues"] = (null, Noted.Instance),
        ["SecurityEventNotification"] = (
            new SecurityReported("TamperDetectionActivated", HalfPast, "lid open"), Noted.Instance),
        ["SignCertificate"] = (
            new CertificateWanted(
                "-----BEGIN CERTIFICATE REQUEST-----\nMIIBiTCCATCg\n-----END CERTIFICATE REQUEST-----\n"),
            new CertificateNoted(true)),
        ["SignedFirmwareStatusNotification"] = (new FirmwareReported("SignatureVerified", 816), Noted.Instance),
        ["StartTransaction"] = (
            new TransactionStarted(new Place(1), "04A1B2C3D4", Energy.FromWh(1000), AtSeven, 7),
            new SessionOpened(4711, Authorization.ConcurrentTx, Grant)),
        ["StatusNotification"] = (
            new ConnectorReported(
                new Place(2), ConnectorStatus.Faulted, "GroundFailure", "residual current", "E-17", AtSeven),
            Noted.Instance),
        ["StopTransaction"] = (null, new SessionClosed(Authorization.Expired, Grant)),
    };

    public static TheoryData<string> Actions => [.. Dialect.Routes.Select(r => r.Action)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void A_request_becomes_a_word_and_the_reply_a_response(string action)
    {
        var (word, reply) = Rows[action];

        var understood = Assert.IsType<Understood>(Dialect.Read(action, Fixture.Read("1.6", action + ".request")));

        // Records with lists compare them by identity: the two that have some are looked at below.
        if (word is not null) Assert.Equal(word, understood.Message);
        Assert.Equal(0, understood.ExtraFields);
        Fixture.AssertSame(Fixture.TextOf("1.6", action + ".response"), understood.Route.Answer(reply));
    }

    [Fact]
    public void Meter_values_come_in_base_units()
    {
        var message = Read<MeterReported>("MeterValues", Fixture.TextOf("1.6", "MeterValues.request"));

        Assert.Equal((new Place(1), 4711), (message.Place, message.Number));
        var reading = Assert.Single(message.Readings);
        Assert.Equal(AtSeven, reading.At);
        Assert.Equal(
            [
                new Sample(Measurand.EnergyActiveImportRegister, 1250.5m, Raw: "1250.5", RawUnit: "Wh"),
                new Sample(
                    Measurand.PowerActiveImport, 7360m, Context: ReadingContext.Clock, Raw: "7.36", RawUnit: "kW"),
                new Sample(
                    Measurand.CurrentImport, 16000m, Phase.L1, MeterLocation.Inlet, ReadingContext.Trigger, "16000",
                    "A"),
                new Sample(
                    Measurand.StateOfCharge, 80m, Location: MeterLocation.EV, Raw: "80", RawUnit: "Percent"),
                new Sample(
                    Measurand.Temperature, 25m, Phase.None, MeterLocation.Body, ReadingContext.Other, "298.15", "K"),
            ],
            reading.Samples);
    }

    [Fact]
    public void A_stop_brings_its_readings_without_the_signed_ones()
    {
        var message = Read<TransactionEnded>("StopTransaction", Fixture.TextOf("1.6", "StopTransaction.request"));

        Assert.Equal(
            (4711, "04A1B2C3D4", Energy.FromWh(6000), HalfPast, "EVDisconnected"),
            (message.Number, message.IdTag, message.MeterStop, message.At, message.Reason));
        var sample = Assert.Single(Assert.Single(message.Readings).Samples);
        Assert.Equal((6000m, ReadingContext.End), (sample.Value, sample.Context));
    }

    [Fact]
    public void A_stop_without_reason_was_local_and_without_tag_gets_no_verdict()
    {
        var understood = Understand(
            "StopTransaction", """{"transactionId":-1,"meterStop":5,"timestamp":"2026-11-22T07:00:00.000Z"}""");

        var message = Assert.IsType<TransactionEnded>(understood.Message);
        Assert.Equal((-1, null, "Local"), (message.Number, message.IdTag, message.Reason));
        Assert.Equal("{}"u8, understood.Route.Answer(new SessionClosed(null)));
    }

    [Theory]
    [InlineData(false, "Rejected")]
    [InlineData(true, "Accepted")]
    public void A_boot_is_answered_with_the_time(bool accepted, string status) => Fixture.AssertSame(
        $$"""{"status":"{{status}}","currentTime":"2026-11-22T07:00:00.000Z","interval":60}""",
        Understand("BootNotification", """{"chargePointVendor":"","chargePointModel":"m"}""")
            .Route.Answer(new BootAnswered(accepted, Seven, 60)));

    [Theory]
    [InlineData(DataVerdict.Accepted)]
    [InlineData(DataVerdict.Rejected)]
    [InlineData(DataVerdict.UnknownMessageId)]
    [InlineData(DataVerdict.UnknownVendorId)]
    public void Every_verdict_on_data_has_its_word(DataVerdict verdict) => Fixture.AssertSame(
        $$"""{"status":"{{verdict}}"}""",
        Understand("DataTransfer", """{"vendorId":"v"}""").Route.Answer(new DataAnswered(verdict)));

    [Theory]
    [InlineData(Authorization.Accepted)]
    [InlineData(Authorization.Blocked)]
    [InlineData(Authorization.Expired)]
    [InlineData(Authorization.Invalid)]
    [InlineData(Authorization.ConcurrentTx)]
    public void Every_verdict_on_a_token_has_its_word(Authorization verdict) => Fixture.AssertSame(
        $$$"""{"idTagInfo":{"status":"{{{verdict}}}"}}""",
        Understand("Authorize", """{"idTag":"a"}""").Route.Answer(new TokenJudged(verdict)));

    [Fact]
    public void Every_connector_status_has_its_word()
    {
        foreach (var status in Enum.GetValues<Voltgate.Ocpp.V16.ChargePointStatus>())
            Assert.Equal(
                status.ToString(),
                Read<ConnectorReported>(
                    "StatusNotification", $$"""{"connectorId":0,"errorCode":"NoError","status":"{{status}}"}""")
                    .Status.ToString());
    }

    [Fact]
    public void Connector_0_is_the_station() => Assert.Equal(
        Place.Station,
        Read<ConnectorReported>(
            "StatusNotification", """{"connectorId":0,"errorCode":"NoError","status":"Available"}""").Place);

    private static Understood Understand(string action, string json) =>
        Assert.IsType<Understood>(Dialect.Read(action, Fixture.WireOf(json)));

    private static T Read<T>(string action, string json)
        where T : StationMessage => Assert.IsType<T>(Understand(action, json).Message);
}
