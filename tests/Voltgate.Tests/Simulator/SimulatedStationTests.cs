using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V16;
using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

public sealed class SimulatedStationTests
{
    [Fact]
    public void It_boots_and_reports_every_connector()
    {
        var bench = new SimulatorBench();
        bench.Give(new LinkUp());
        Assert.Equal("BootNotification", bench.Said.Single().Saying.Action);

        bench.Answer("""{"status":"Accepted","currentTime":"2026-01-08T12:00:00.000Z","interval":60}""");

        Assert.Equal(["StatusNotification", "StatusNotification"], bench.AnswerAll());
        bench.Pass(61);
        Assert.Equal(["Heartbeat"], bench.AnswerAll());
    }

    [Theory]
    [InlineData("1.6")]
    [InlineData("2.1")]
    public void A_boot_that_is_pending_is_repeated_after_the_interval(string version)
    {
        var bench = new SimulatorBench(version: version);
        bench.Give(new LinkUp());
        bench.Answer("""{"status":"Pending","currentTime":"2026-01-08T12:00:00.000Z","interval":60}""");
        bench.Pass(59);
        Assert.Empty(bench.Said);
        bench.Pass(1);
        Assert.Equal("BootNotification", bench.Said.Single().Saying.Action);
    }

    [Fact]
    public void A_remote_start_waits_for_the_cable()
    {
        var bench = SimulatorBench.Booted();

        Assert.Equal("""{"status":"Accepted"}""",
            bench.Order("RemoteStartTransaction", """{"connectorId":1,"idTag":"TAG"}"""));
        bench.Pass(1);
        Assert.Equal(["StatusNotification"], bench.AnswerAll());
        bench.Give(new PluggedIn(1, Vehicle.Compact));

        var start = Assert.IsType<StartTransactionRequest>(bench.Said[0].Saying.Request);
        Assert.Equal((1, "TAG", 120_000m), (start.ConnectorId, start.IdTag, start.MeterStart));
        Assert.Equal("""{"status":"Rejected"}""",
            bench.Order("RemoteStartTransaction", """{"connectorId":1,"idTag":"OTHER"}"""));
    }

    [Fact]
    public void A_remote_start_without_a_cable_expires()
    {
        var bench = SimulatorBench.Booted();
        bench.Order("RemoteStartTransaction", """{"idTag":"TAG"}""");
        bench.Pass(119);
        Assert.Equal(ChargePointStatus.Preparing, bench.State.Connectors[0].Status);
        bench.Pass(1);
        Assert.Equal(ChargePointStatus.Available, bench.State.Connectors[0].Status);
    }

    [Fact]
    public void A_charge_is_sampled_in_time_and_its_messages_add_up()
    {
        var bench = SimulatorBench.Charging();
        bench.Pass(300);
        Assert.Equal(5, bench.AnswerAll().Count(a => a == "MeterValues"));
        bench.Order("RemoteStopTransaction", """{"transactionId":77}""");
        bench.Pass(1);

        var stop = bench.Said.First(s => s.Saying.Action == "StopTransaction");
        Assert.Contains("\"transactionId\":77", SimulatorBench.TextOf(stop));
        Assert.Contains("\"reason\":\"Remote\"", SimulatorBench.TextOf(stop));
        var charge = bench.State.Charges.Single();
        Assert.Equal(7, charge.Registers.Count);
        Assert.Equal(charge.Registers[^1] - charge.Registers[0], charge.MeteredWh);
        Assert.InRange(charge.MeteredWh, 850, 920); // 11 kW for five minutes, less the ramp
    }

    [Theory]
    [InlineData(Mishaps.None, true)]
    [InlineData(Mishaps.NewIdsOnRetry, false)]
    public void What_is_said_offline_is_kept_in_order_and_sent_again(Mishaps mishaps, bool sameId)
    {
        var bench = SimulatorBench.Charging(mishaps);
        bench.Pass(60);
        var lost = bench.Settle(new CallCutOff());
        bench.Give(new LinkDown());
        bench.Pass(60);
        bench.Give(new Unplugged(1));
        Assert.Empty(bench.Said);

        bench.Give(new LinkUp());

        var again = bench.Said.Single(s => s.FromQueue);
        Assert.Equal(sameId, lost.Id == again.Id);
        Assert.Equal(
            ["MeterValues", "MeterValues", "StopTransaction"], bench.AnswerAll().Where(a => a != "StatusNotification"));
        Assert.Empty(bench.State.Queue);
    }

    [Fact]
    public void A_refused_transaction_message_is_tried_as_often_as_configured_with_growing_pauses()
    {
        var bench = SimulatorBench.Charging();
        bench.Order("ChangeConfiguration", """{"key":"MeterValueSampleInterval","value":"0"}""");
        bench.Give(new Unplugged(1));
        bench.Said.RemoveAll(s => !s.FromQueue);
        var refusal = new CallRefused(RpcErrorCode.InternalError, "InternalError", "", "{}");

        bench.Settle(refusal);
        bench.Pass(59);
        Assert.Empty(bench.Said);
        bench.Pass(1);
        bench.Settle(refusal);
        bench.Pass(119);
        Assert.Empty(bench.Said);
        bench.Pass(1);
        bench.Settle(refusal);

        Assert.Empty(bench.State.Queue);
    }

    [Fact]
    public void A_power_failure_ends_the_charge_and_is_reported_after_the_next_boot()
    {
        var bench = SimulatorBench.Charging(Mishaps.Restarts);
        bench.Pass(125);
        Assert.Contains(bench.Others, e => e is GoDown);
        bench.Said.Clear();
        bench.Give(new LinkDown());
        bench.Give(new LinkUp());

        Assert.Equal("BootNotification", bench.Said.Single().Saying.Action);
        bench.Answer("""{"status":"Accepted","currentTime":"2026-01-08T12:00:00.000Z","interval":60}""");
        var stop = bench.State.Queue.Select(q => q.Saying.Request).OfType<StopTransactionRequest>().Single();
        Assert.Equal(Reason.PowerLoss, stop.Reason);
        Assert.Contains("StopTransaction", bench.AnswerAll());
    }

    [Fact]
    public void A_soft_reset_says_its_stop_before_it_goes_down()
    {
        var bench = SimulatorBench.Charging();
        bench.Order("Reset", """{"type":"Soft"}""");
        bench.Pass(1);
        Assert.DoesNotContain(bench.Others, e => e is GoDown);
        Assert.Contains("StopTransaction", bench.AnswerAll());
        bench.Pass(1);
        Assert.Contains(bench.Others, e => e is GoDown);
    }

    [Theory]
    [InlineData(Mishaps.None, "1.6")]
    [InlineData(Mishaps.NewIdsOnRetry, "1.6")]
    [InlineData(Mishaps.None, "2.1")]
    public void No_message_id_is_used_twice(Mishaps mishaps, string version)
    {
        var bench = SimulatorBench.Charging(mishaps, version: version);
        var ids = new List<string>();
        for (var minute = 0; minute < 10; minute++)
        {
            bench.Pass(60);
            ids.AddRange(bench.Said.Select(s => s.Id));
            bench.AnswerAll();
        }

        Assert.Equal(12, ids.Distinct().Count()); // ten samples and two heartbeats
    }

    [Theory]
    [InlineData("1.6")]
    [InlineData("2.0.1")]
    public void A_meter_that_falls_back_is_reckoned_by_its_steps_upward(string version)
    {
        var bench = SimulatorBench.Charging(Mishaps.MeterRollsBack, version: version);
        bench.Pass(300);
        var charge = bench.State.Charges.Single();
        Assert.Contains(charge.Registers.Zip(charge.Registers.Skip(1)), p => p.Second < p.First);
        Assert.InRange(charge.MeteredWh, 600, 920);
    }

    [Fact]
    public void A_card_starts_and_the_same_card_stops()
    {
        var bench = SimulatorBench.Booted();
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Give(new CardPresented(1, "CARD"));
        Assert.Contains("Authorize", bench.AnswerAll());
        bench.Give(new CardPresented(1, "STRANGER"));
        Assert.Null(bench.State.Charges.Single().EndedAtMs);
        bench.Give(new CardPresented(1, "CARD"));
        Assert.Equal(Reason.Local, bench.State.Charges.Single().Reason);
    }

    [Fact]
    public void A_tag_that_the_platform_refuses_ends_the_charge()
    {
        var bench = SimulatorBench.Booted();
        bench.Give(new PluggedIn(1, Vehicle.Compact));
        bench.Order("RemoteStartTransaction", """{"connectorId":1,"idTag":"TAG"}""");
        bench.Pass(1);
        bench.Said.RemoveAll(s => !s.FromQueue);
        bench.Answer("""{"transactionId":5,"idTagInfo":{"status":"Blocked"}}""");
        Assert.Equal(Reason.DeAuthorized, bench.State.Charges.Single().Reason);
        Assert.Equal(["StatusNotification", "StopTransaction"], bench.AnswerAll().Order());
        Assert.Empty(bench.State.Queue);
    }

    [Theory]
    [InlineData("UnlockConnector", """{"connectorId":1}""", "Unlocked")]
    [InlineData("UnlockConnector", """{"connectorId":9}""", "NotSupported")]
    [InlineData("ClearCache", "{}", "Accepted")]
    [InlineData("ChangeConfiguration", """{"key":"Nonsense","value":"1"}""", "NotSupported")]
    [InlineData("ChangeConfiguration", """{"key":"NumberOfConnectors","value":"1"}""", "Rejected")]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"many"}""", "Rejected")]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"30"}""", "Accepted")]
    [InlineData("ChangeAvailability", """{"connectorId":1,"type":"Inoperative"}""", "Scheduled")]
    [InlineData("RemoteStopTransaction", """{"transactionId":1}""", "Rejected")]
    [InlineData("TriggerMessage", """{"requestedMessage":"MeterValues","connectorId":1}""", "Accepted")]
    [InlineData("DataTransfer", """{"vendorId":"other"}""", "UnknownVendorId")]
    public void Commands_are_obeyed_as_the_specification_says(string action, string payload, string status) =>
        Assert.Contains($"\"status\":\"{status}\"", SimulatorBench.Charging().Order(action, payload));

    [Fact]
    public void An_unknown_command_is_not_implemented()
    {
        var bench = SimulatorBench.Booted();
        bench.Order("MakeCoffee", "{}");
        Assert.Equal(RpcErrorCode.NotImplemented, bench.Reply.Code);
    }
}
