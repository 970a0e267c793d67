using System.Text.Json.Nodes;
using Voltgate.Ocpp.Rpc;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

/// <summary>What a simulated station of 2.0.1 and 2.1 does when it is told to.</summary>
public sealed class V2OrderTests
{
    [Theory]
    [InlineData("UnlockConnector", """{"evseId":1,"connectorId":1}""", "OngoingAuthorizedTransaction")]
    [InlineData("UnlockConnector", """{"evseId":1,"connectorId":2}""", "UnknownConnector")]
    [InlineData("ClearCache", "{}", "Accepted")]
    [InlineData("ChangeAvailability", """{"operationalStatus":"Inoperative","evse":{"id":1}}""", "Scheduled")]
    [InlineData("ChangeAvailability", """{"operationalStatus":"Inoperative","evse":{"id":4}}""", "Rejected")]
    [InlineData("RequestStopTransaction", """{"transactionId":"other"}""", "Rejected")]
    [InlineData("RequestStartTransaction",
        """{"remoteStartId":5,"idToken":{"idToken":"X","type":"Central"}}""", "Rejected")]
    [InlineData("TriggerMessage", """{"requestedMessage":"TransactionEvent"}""", "Accepted")]
    [InlineData("TriggerMessage", """{"requestedMessage":"MeterValues","evse":{"id":1}}""", "Accepted")]
    [InlineData("TriggerMessage", """{"requestedMessage":"StatusNotification"}""", "Accepted")]
    [InlineData("TriggerMessage", """{"requestedMessage":"LogStatusNotification"}""", "Accepted")]
    [InlineData("TriggerMessage", """{"requestedMessage":"FirmwareStatusNotification"}""", "Accepted")]
    [InlineData("TriggerMessage", """{"requestedMessage":"BootNotification"}""", "Rejected")]
    [InlineData("TriggerMessage", """{"requestedMessage":"SignV2GCertificate"}""", "NotImplemented")]
    [InlineData("DataTransfer", """{"vendorId":"other"}""", "UnknownVendorId")]
    [InlineData("DataTransfer", """{"vendorId":"Voltgate","messageId":"echo","data":{"a":[1]}}""", "Accepted")]
    [InlineData("Reset", """{"type":"Immediate","evseId":1}""", "Rejected")]
    [InlineData("CancelReservation", """{"reservationId":1}""", "Rejected")]
    [InlineData("SendLocalList", """
        {"versionNumber":1,"updateType":"Full","localAuthorizationList":[
         {"idToken":{"idToken":"A","type":"Central"},"idTokenInfo":{"status":"Accepted"}}]}
        """, "Accepted")]
    [InlineData("GetLog", """
        {"logType":"SecurityLog","requestId":5,"log":{"remoteLocation":"http://127.0.0.1:9/up"}}
        """, "Accepted")]
    [InlineData("GetInstalledCertificateIds", "{}", "NotFound")]
    [InlineData("InstallCertificate", """{"certificateType":"V2GRootCertificate","certificate":"x"}""", "Rejected")]
    [InlineData("ClearChargingProfile", """{"chargingProfileId":9}""", "Unknown")]
    [InlineData("GetCompositeSchedule", """{"evseId":1,"duration":60}""", "Accepted")]
    [InlineData("GetBaseReport", """{"requestId":1,"reportBase":"SummaryInventory"}""", "Accepted")]
    [InlineData("GetReport", """{"requestId":1,"componentCriteria":["Problem"]}""", "EmptyResultSet")]
    [InlineData("GetReport", """
        {"requestId":1,"componentVariable":[{"component":{"name":"EVSE","evse":{"id":1}}}]}
        """, "Accepted")]
    public void Commands_are_obeyed_as_the_specification_says(string action, string payload, string status)
    {
        foreach (var version in new[] { "2.0.1", "2.1" })
        {
            var bench = SimulatorBench.Charging(version: version);
            Assert.Equal(status, StatusOf(bench.Order(action, payload)));
            bench.Pass(60);
            bench.AnswerAll();
        }
    }

    [Theory]
    [InlineData("CertificateSigned")]
    [InlineData("RemoteStartTransaction")]
    public void A_command_that_it_does_not_have_is_not_implemented(string action)
    {
        var bench = SimulatorBench.Booted(version: "2.1");
        bench.Order(action, "{}");
        Assert.Equal(RpcErrorCode.NotImplemented, bench.Reply.Code);
    }

    [Theory]
    [InlineData("2.0.1")]
    [InlineData("2.1")]
    public void All_its_variables_are_told_in_several_parts(string version)
    {
        var bench = SimulatorBench.Booted(version: version);
        Assert.Equal("Accepted", StatusOf(bench.Order(
            "GetBaseReport", """{"requestId":9,"reportBase":"FullInventory"}""")));
        bench.Pass(1);
        var parts = bench.Said.Select(s => JsonNode.Parse(SimulatorBench.TextOf(s))!).ToList();
        Assert.Equal(["0 True", "1 True", "2 True", "3 True", "4 False"],
            parts.Select(p => $"{p["seqNo"]} {(bool)p["tbc"]!}"));
        var told = parts.SelectMany(p => p["reportData"]!.AsArray())
            .ToDictionary(i => $"{i!["component"]} {i["variable"]}", i => i!["variableAttribute"]![0]!);
        Assert.Equal("60", (string)Named(told, "TxUpdatedInterval")["value"]!);
        Assert.Equal("ReadWrite", (string)Named(told, "TxUpdatedInterval")["mutability"]!);
        Assert.Equal("PowerPathClosed", (string)Named(told, "TxStartPoint")["value"]!);
    }

    [Fact]
    public void Variables_are_read_and_written_by_the_names_of_2_x()
    {
        var bench = SimulatorBench.Booted(version: "2.0.1");
        Assert.Equal(
            ["Accepted", "Rejected", "Rejected", "Rejected", "UnknownVariable", "UnknownComponent"],
            Statuses(bench.Order("SetVariables", $$"""
                {"setVariableData":[
                 {{Set("SampledDataCtrlr", "TxUpdatedInterval", "10")}},
                 {{Set("SampledDataCtrlr", "TxUpdatedInterval", "often")}},
                 {{Set("SampledDataCtrlr", "TxUpdatedMeasurands", "Noise")}},
                 {{Set("ChargingStation", "Model", "Other")}},
                 {{Set("TxCtrlr", "Nonsense", "1")}},
                 {{Set("Nonsense", "Nonsense", "1")}}]}
                """), "setVariableResult"));
        var read = bench.Order("GetVariables", """
            {"getVariableData":[
             {"component":{"name":"sampleddatactrlr"},"variable":{"name":"TXUPDATEDINTERVAL"}},
             {"component":{"name":"Connector","evse":{"id":1,"connectorId":1}},"variable":{"name":"ConnectorType"}},
             {"component":{"name":"TxCtrlr"},"variable":{"name":"TxStartPoint"},"attributeType":"MaxSet"},
             {"component":{"name":"EVSE","evse":{"id":9}},"variable":{"name":"Power"}}]}
            """);
        Assert.Equal(
            ["Accepted", "Accepted", "NotSupportedAttributeType", "UnknownComponent"],
            Statuses(read, "getVariableResult"));
        Assert.Contains("\"attributeValue\":\"10\"", read);
        Assert.Contains("\"attributeValue\":\"cType2\"", read);
    }

    [Theory]
    [InlineData("2.0.1")]
    [InlineData("2.1")]
    public void A_kept_place_is_Reserved_named_by_its_start_and_told_when_it_ends_unused(string version)
    {
        var bench = SimulatorBench.Booted(version: version);
        Assert.Equal("Accepted", Reserve(bench, 7));
        bench.Pass(1);
        Assert.Contains("\"connectorStatus\":\"Reserved\"", SimulatorBench.TextOf(bench.Said.Single()));
        bench.AnswerAll();
        bench.Pass(1_801);
        Assert.Contains(
            """{"reservationId":7,"reservationUpdateStatus":"Expired"}""", bench.Said.Select(SimulatorBench.TextOf));
        bench.AnswerAll();
        Reserve(bench, 8, "2026-01-08T14:00:00Z");
        Assert.Equal("Rejected", Start(bench, "EVE"));
        Assert.Equal("Accepted", Start(bench, "ADA"));
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        Assert.Equal(8, (int)bench.Story()[0]["reservationId"]!);
    }

    [Fact]
    public void It_tells_whether_a_transaction_runs_and_messages_of_it_wait()
    {
        var bench = SimulatorBench.Charging(version: "2.0.1");
        var order = $$"""{"transactionId":"{{bench.State.Charges[0].Id}}"}""";
        Assert.Equal(
            """{"messagesInQueue":false,"ongoingIndicator":true}""", bench.Order("GetTransactionStatus", order));
        bench.Give(new Unplugged(1));
        Assert.Equal(
            """{"messagesInQueue":true,"ongoingIndicator":false}""", bench.Order("GetTransactionStatus", order));
        Assert.Equal("""{"messagesInQueue":true}""", bench.Order("GetTransactionStatus", "{}"));
        bench.AnswerAll();
        Assert.Equal("""{"messagesInQueue":false}""", bench.Order("GetTransactionStatus", "{}"));
    }

    [Fact]
    public void A_firmware_is_fetched_and_each_step_of_it_is_told_with_its_number()
    {
        var bench = SimulatorBench.Booted(version: "2.1");
        Assert.Equal("Accepted", StatusOf(bench.Order("UpdateFirmware", """
            {"requestId":3,"firmware":{"location":"http://127.0.0.1:9/fw","retrieveDateTime":"2026-01-08T11:00:00Z"}}
            """)));
        bench.Give(new Fetched(3, [1, 2]));
        bench.Pass(1);
        Assert.Equal(
            ["Downloading", "Downloaded", "Installing", "Installed"],
            bench.Said.Select(s => JsonNode.Parse(SimulatorBench.TextOf(s))!)
                .Where(n => (int?)n["requestId"] == 3).Select(n => (string)n["status"]!));
    }

    private static JsonNode Named(Dictionary<string, JsonNode> told, string variable) =>
        told.Single(t => t.Key.Contains($"\"{variable}\"", StringComparison.Ordinal)).Value;

    private static string Set(string component, string variable, string value) => $$"""
        {"component":{"name":"{{component}}"},"variable":{"name":"{{variable}}"},"attributeValue":"{{value}}"}
        """;

    private static string Reserve(SimulatorBench bench, int number, string until = "2026-01-08T12:30:00Z") =>
        StatusOf(bench.Order("ReserveNow", $$"""
            {"id":{{number}},"evseId":1,"expiryDateTime":"{{until}}","idToken":{"idToken":"ADA","type":"Central"} }
            """));

    private static string Start(SimulatorBench bench, string token) =>
        StatusOf(bench.Order("RequestStartTransaction", $$"""
            {"evseId":1,"remoteStartId":5,"idToken":{"idToken":"{{token}}","type":"Central"} }
            """));

    private static IEnumerable<string> Statuses(string answer, string list) =>
        JsonNode.Parse(answer)![list]!.AsArray().Select(r => (string)r!["attributeStatus"]!);

    private static string StatusOf(string answer) => (string)JsonNode.Parse(answer)!["status"]!;
}
