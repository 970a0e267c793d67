using System.Text;
using Voltgate.Domain.Stations;
using Voltgate.Ocpp;
using Voltgate.Ocpp.Rpc;
using Voltgate.Ocpp.V2;

namespace Voltgate.Tests.Ocpp.V2;

/// <summary>Requests that somebody else has worded: sent as they are once they are held to their edition.</summary>
public class SendRequestTests
{
    public static TheoryData<string, string> Actions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var dialect in (Dialect[])[V2Dialect.V201, V2Dialect.V21])
                foreach (var row in dialect.Commands.Where(c => c.Command == typeof(SendRequest)))
                    rows.Add(dialect.Subprotocol["ocpp".Length..], row.Action);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_request_of_an_edition_goes_out_as_it_was_given(string version, string action)
    {
        var dialect = Of(version);
        var text = Fixture.TextOf(version, action + ".request").Trim();
        var request = new SendRequest(action, text);

        Assert.Null(dialect.Check(request));
        var worded = dialect.Write(request)!;
        var receipt = dialect.ReadReceipt(
            request, new CallAnswered(Fixture.Read(version, action + ".response")));

        Assert.Equal((action, text), (worded.Action, Encoding.UTF8.GetString(worded.Payload)));
        Assert.NotEqual("OccurrenceConstraintViolation", receipt.Status);
    }

    [Theory]
    [InlineData("Reset", "{}", RpcErrorCode.OccurrenceConstraintViolation, "type")]
    [InlineData("Reset", """{"type":"Soft"}""", RpcErrorCode.PropertyConstraintViolation, "type")]
    [InlineData("Reset", """{"type":"OnIdle","force":true}""", RpcErrorCode.FormatViolation, "force")]
    [InlineData("Reset", """{"type":"OnIdle","evseId":null}""", RpcErrorCode.TypeConstraintViolation, "evseId")]
    [InlineData("Reset", """{"type":"ImmediateAndResume"}""", RpcErrorCode.PropertyConstraintViolation, "type")]
    [InlineData("Reset", "[]", RpcErrorCode.FormatViolation, "")]
    [InlineData("Reset", "{", RpcErrorCode.FormatViolation, "")]
    [InlineData(
        "GetVariables", """{"getVariableData":{"component":{"name":"A"},"variable":{"name":"B"}}}""",
        RpcErrorCode.TypeConstraintViolation, "getVariableData")]
    [InlineData(
        "GetVariables", """{"getVariableData":[{"component":{"name":"A","x":1},"variable":{"name":"B"}}]}""",
        RpcErrorCode.FormatViolation, "getVariableData.component.x")]
    [InlineData(
        "TriggerMessage", """{"requestedMessage":"Heartbeat","customTrigger":"x"}""",
        RpcErrorCode.FormatViolation, "customTrigger")]
    [InlineData(
        "RequestStartTransaction", """{"remoteStartId":1,"idToken":{"idToken":"a","type":"Ring"}}""",
        RpcErrorCode.PropertyConstraintViolation, "idToken.type")]
    [InlineData("SetTariff", "{}", RpcErrorCode.NotImplemented, "")]
    [InlineData("SetDefaultTariff", "{}", RpcErrorCode.NotImplemented, "")]
    [InlineData("Heartbeat", "{}", RpcErrorCode.NotImplemented, "")]
    public void What_2_0_1_does_not_allow_is_named_and_not_sent(
        string action, string payload, RpcErrorCode code, string field)
    {
        var request = new SendRequest(action, payload);

        var violation = V2Dialect.V201.Check(request);

        Assert.Equal((code, field), (violation?.Code, violation?.Field));
        Assert.Null(V2Dialect.V201.Write(request));
    }

    [Fact]
    public void What_vendors_add_is_theirs()
    {
        const string payload = """{"type":"OnIdle","customData":{"vendorId":"org.example","reason":"x"}}""";

        Assert.Equal(payload, Encoding.UTF8.GetString(
            V2Dialect.V201.Write(new SendRequest("Reset", payload))!.Payload));
    }

    [Fact]
    public void An_answer_is_judged_by_its_status_where_it_has_one()
    {
        var tariff = new SendRequest("SetDefaultTariff", Fixture.TextOf("2.1", "SetDefaultTariff.request"));
        var cost = new SendRequest("CostUpdated", """{"totalCost":1.5,"transactionId":"t"}""");

        Assert.Equal(Answer.Rejected, Judge(tariff, """{"status":"TooManyElements"}""").Answer);
        Assert.Equal(Answer.Accepted, Judge(cost, "{}").Answer);
        Assert.Equal(Answer.Rejected, Judge(tariff, "{}").Answer);
    }

    [Fact]
    public void An_answer_is_kept_without_a_password_that_it_tells()
    {
        var ask = new SendRequest("GetVariables", """
            {"getVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"}}]}
            """);

        var receipt = Judge(ask, """
            {"getVariableResult":[{"attributeStatus":"Accepted","attributeValue":"s3cret",
             "component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"}}]}
            """);

        Assert.Equal(Answer.Accepted, receipt.Answer);
        Assert.DoesNotContain("s3cret", receipt.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_1_6_has_no_such_requests()
    {
        var dialect = Dialect.For("ocpp1.6")!;
        var request = new SendRequest("Reset", """{"type":"Hard"}""");

        Assert.Null(dialect.Write(request));
        Assert.Equal(RpcErrorCode.NotImplemented, dialect.Check(request)?.Code);
    }

    [Fact]
    public void What_may_hold_a_secret_is_shown_without_it()
    {
        Assert.Equal("***", ((SendRequest)new SendRequest("SetNetworkProfile", "{}").Shown).Payload);
        Assert.Equal("{}", ((SendRequest)new SendRequest("ClearCache", "{}").Shown).Payload);
        Assert.Equal("***", ((WriteConfiguration)new WriteConfiguration(
            "SecurityCtrlr.BasicAuthPassword", "s3cret").Shown).Value);
        Assert.Equal("***", ((WriteConfiguration)new WriteConfiguration(
            "NetworkConfiguration/1.VpnPassword/a", "s3cret").Shown).Value);
    }

    private static Receipt Judge(SendRequest request, string answer) =>
        V2Dialect.V21.ReadReceipt(request, new CallAnswered(Fixture.WireOf(answer)));

    private static Dialect Of(string version) => version == "2.1" ? V2Dialect.V21 : V2Dialect.V201;
}
