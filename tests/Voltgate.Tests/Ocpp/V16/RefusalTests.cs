using Voltgate.Domain;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp.V16;

/// <summary>What is refused and with which code, and what is kept although it is nonsense.</summary>
public class RefusalTests
{
    private const string Boot = "BootNotification", Status = "StatusNotification", Auth = "Authorize";

    private static readonly Dialect Dialect = Dialect.For("ocpp1.6")!;

    [Theory]
    [InlineData("Explode", RpcErrorCode.NotImplemented)]
    [InlineData("heartbeat", RpcErrorCode.NotImplemented)]
    [InlineData("TransactionEvent", RpcErrorCode.NotImplemented)]
    [InlineData("RemoteStartTransaction", RpcErrorCode.NotSupported)]
    [InlineData("Reset", RpcErrorCode.NotSupported)]
    [InlineData("SetChargingProfile", RpcErrorCode.NotSupported)]
    [InlineData("CertificateSigned", RpcErrorCode.NotSupported)]
    public void Actions_that_are_not_served_are_told_apart(string action, RpcErrorCode code) =>
        Assert.Equal(code, Refuse(action, "{}").Code);

    [Theory]
    [InlineData(Auth, "[]", RpcErrorCode.FormatViolation)]
    [InlineData(Auth, "\"x\"", RpcErrorCode.FormatViolation)]
    [InlineData("StartTransaction", "7", RpcErrorCode.FormatViolation)]
    [InlineData(Auth, "{}", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData(Auth, "null", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData(Boot, """{"chargePointVendor":"v"}""", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData("StartTransaction", """{"connectorId":1}""", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData("MeterValues", """{"connectorId":1}""", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-11-22T07:00:00Z"}]}""",
        RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData(Auth, """{"idTag":12}""", RpcErrorCode.TypeConstraintViolation)]
    [InlineData(Auth, """{"idTag":null}""", RpcErrorCode.TypeConstraintViolation)]
    [InlineData(Status, """{"connectorId":"1","errorCode":"NoError","status":"Available"}""",
        RpcErrorCode.TypeConstraintViolation)]
    [InlineData(Status, """{"connectorId":1.5,"errorCode":"NoError","status":"Available"}""",
        RpcErrorCode.TypeConstraintViolation)]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":"x"}""", RpcErrorCode.TypeConstraintViolation)]
    [InlineData("MeterValues", """{"connectorId":1,"meterValue":[1]}""", RpcErrorCode.TypeConstraintViolation)]
    [InlineData("StopTransaction", """{"transactionId":"1","meterStop":1,"timestamp":"x"}""",
        RpcErrorCode.TypeConstraintViolation)]
    [InlineData("DataTransfer",
        """{"vendorId":"v","messageId":"123456789012345678901234567890123456789012345678901"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(
        Status,
        """
        {"connectorId":1,"errorCode":"NoError","status":"Faulted",
         "info":"123456789012345678901234567890123456789012345678901"}
        """,
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(Status, """{"connectorId":1,"errorCode":"NoError","status":"Sleeping"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(Status, """{"connectorId":1,"errorCode":"NoError","status":"3"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(Status, """{"connectorId":1,"errorCode":"noerror","status":"Available"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(Status, """{"connectorId":-1,"errorCode":"NoError","status":"Available"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(Status, """{"connectorId":3000000000,"errorCode":"NoError","status":"Available"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    [InlineData(
        Status,
        """{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2026-02-30T07:00:00Z"}""",
        RpcErrorCode.PropertyConstraintViolation)]
    public void Each_class_of_violation_has_its_code(string action, string payload, RpcErrorCode code) =>
        Assert.Equal(code, Refuse(action, payload).Code);

    [Fact]
    public void The_field_is_named() => Assert.Equal(
        "meterValue.sampledValue: is required",
        Refuse("MeterValues", """{"connectorId":1,"meterValue":[{"timestamp":"2026-11-22T07:00:00Z"}]}""").Description);

    [Fact]
    public void Extra_fields_are_ignored_and_counted()
    {
        var understood = Assert.IsType<Understood>(Dialect.Read(
            "MeterValues",
            Fixture.WireOf("""
                {"connectorId":1,"vendor":{"x":1},"meterValue":[{"timestamp":"2026-11-22T07:00:00Z","y":2,
                 "sampledValue":[{"value":"1","z":null}]}]}
                """)));

        Assert.Equal(3, understood.ExtraFields);
    }

    [Fact]
    public void A_null_in_an_optional_field_counts_as_absent() => Assert.Null(
        Assert.IsType<ConnectorReported>(Understand(
            Status,
            """{"connectorId":1,"errorCode":"NoError","status":"Available","info":null,"timestamp":null}""")).At);

    [Theory]
    [InlineData("yesterday", TimeFlaw.Unreadable)]
    [InlineData("2026-02-30T07:00:00Z", TimeFlaw.Unreadable)]
    [InlineData("", TimeFlaw.Unreadable)]
    [InlineData("2026-11-22 07:00:00", TimeFlaw.NoZone)]
    public void A_transactions_time_is_kept_with_its_flaw(string text, TimeFlaw flaw)
    {
        var start = Start($$"""{"connectorId":1,"idTag":"a","meterStart":0,"timestamp":"{{text}}"}""");

        Assert.Equal((flaw, text), (start.At.Flaw, start.At.Raw));
    }

    [Fact]
    public void A_start_with_nonsense_in_it_is_kept()
    {
        var start = Start($$"""
            {"connectorId":-3,"idTag":"{{new string('a', 255)}}","meterStart":1000.125,"timestamp":"?",
             "reservationId":9e9}
            """);

        Assert.Equal((Place.Station, 255, -1), (start.Place, start.IdTag.Length, start.ReservationId));
        Assert.Equal(1_000_125, start.MeterStart.MilliWh);
    }

    [Fact]
    public void A_register_beyond_any_meter_does_not_overflow() => Assert.Equal(
        Energy.FromWh(1_000_000_000_000m),
        Start("""{"connectorId":1,"idTag":"a","meterStart":9223372036854775807,"timestamp":"?"}""").MeterStart);

    [Fact]
    public void A_stop_with_nonsense_in_it_is_kept()
    {
        var stop = Assert.IsType<TransactionEnded>(Understand(
            "StopTransaction",
            """{"transactionId":3000000000,"meterStop":-5,"timestamp":"?","reason":"Boredom","transactionData":[]}"""));

        Assert.Equal((-1, -5_000L, "Other"), (stop.Number, stop.MeterStop.MilliWh, stop.Reason));
    }

    private static Refused Refuse(string action, string payload) =>
        Assert.IsType<Refused>(Dialect.Read(action, Fixture.WireOf(payload)));

    private static StationMessage Understand(string action, string payload) =>
        Assert.IsType<Understood>(Dialect.Read(action, Fixture.WireOf(payload))).Message;

    private static TransactionStarted Start(string payload) =>
        Assert.IsType<TransactionStarted>(Understand("StartTransaction", payload));
}
