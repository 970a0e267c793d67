using System.Text;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

public class FrameTests
{
    private static Frame Parse(string text) => Frame.Parse(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_call_is_read()
    {
        var call = Assert.IsType<Call>(Parse("""[2,"19223201","Heartbeat",{"a":[1,{"b":"c"}]}]"""));

        Assert.Equal(("19223201", "Heartbeat"), (call.Id, call.Action));
        Assert.Equal("""{"a":[1,{"b":"c"}]}""", call.Payload.ToString());
    }

    [Fact]
    public void A_result_is_read()
    {
        var result = Assert.IsType<CallResult>(Parse(""" [ 3 , "x\u0041" , { } ] """));

        Assert.Equal(("xA", "{ }"), (result.Id, result.Payload.ToString()));
    }

    [Theory]
    [InlineData("NotImplemented", RpcErrorCode.NotImplemented)]
    [InlineData("NotSupported", RpcErrorCode.NotSupported)]
    [InlineData("InternalError", RpcErrorCode.InternalError)]
    [InlineData("ProtocolError", RpcErrorCode.ProtocolError)]
    [InlineData("SecurityError", RpcErrorCode.SecurityError)]
    [InlineData("FormationViolation", RpcErrorCode.FormatViolation)]
    [InlineData("FormatViolation", RpcErrorCode.FormatViolation)]
    [InlineData("PropertyConstraintViolation", RpcErrorCode.PropertyConstraintViolation)]
    [InlineData("OccurenceConstraintViolation", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData("OccurrenceConstraintViolation", RpcErrorCode.OccurrenceConstraintViolation)]
    [InlineData("TypeConstraintViolation", RpcErrorCode.TypeConstraintViolation)]
    [InlineData("GenericError", RpcErrorCode.GenericError)]
    [InlineData("RpcFrameworkError", RpcErrorCode.RpcFrameworkError)]
    [InlineData("MessageTypeNotSupported", RpcErrorCode.MessageTypeNotSupported)]
    [InlineData("SomethingElse", RpcErrorCode.GenericError)]
    [InlineData("3", RpcErrorCode.GenericError)]
    [InlineData("", RpcErrorCode.GenericError)]
    public void Every_versions_error_codes_are_read(string word, RpcErrorCode expected)
    {
        var error = Assert.IsType<CallError>(Parse($$"""[4,"7","{{word}}","why",{"a":1}]"""));

        Assert.Equal((expected, word, "why"), (error.Code, error.Word, error.Description));
        Fixture.AssertSame(
            $$$"""{"errorCode":"{{{word}}}","errorDescription":"why","errorDetails":{"a":1}}""", error.ToJson());
    }

    [Fact]
    public void An_error_without_description_and_details_is_read() =>
        Assert.Equal("", Assert.IsType<CallError>(Parse("""[4,"7","GenericError"]""")).Description);

    [Theory]
    [InlineData(RpcErrorCode.FormatViolation, "FormationViolation", "FormatViolation")]
    [InlineData(
        RpcErrorCode.OccurrenceConstraintViolation, "OccurenceConstraintViolation", "OccurrenceConstraintViolation")]
    [InlineData(RpcErrorCode.RpcFrameworkError, "ProtocolError", "RpcFrameworkError")]
    [InlineData(RpcErrorCode.SecurityError, "SecurityError", "SecurityError")]
    public void Each_version_spells_its_own_codes(RpcErrorCode code, string in16, string in2) =>
        Assert.Equal((in16, in2), (RpcRules.V16.Spell(code), RpcRules.V201.Spell(code)));

    public static TheoryData<string, BadFrameKind, string?, string?, string?> BadFrames()
    {
        var rows = new TheoryData<string, BadFrameKind, string?, string?, string?>();
        Add(NotJson, BadFrameKind.NotJson, null, null, "RpcFrameworkError");
        Add(WithoutId, BadFrameKind.Malformed, null, null, "RpcFrameworkError");
        Add(Misshapen, BadFrameKind.Malformed, "1", "ProtocolError", "RpcFrameworkError");
        Add(OfUnknownType, BadFrameKind.UnknownType, "1", null, "MessageTypeNotSupported");
        Add(UnfitPayloads.Select(p => $$"""[2,"1","A",{{p}}]"""),
            BadFrameKind.UnfitJson, "1", "FormationViolation", "FormatViolation");
        // An answer is never answered.
        Add(["""[3,"1"]""", """[4,"1",9,"",{}]"""], BadFrameKind.Malformed, "1", null, null);
        Add(["""[3,"1",{"a":1,"a":1}]"""], BadFrameKind.UnfitJson, "1", null, null);
        return rows;

        void Add(IEnumerable<string> texts, BadFrameKind kind, string? id, string? in16, string? in2)
        {
            foreach (var text in texts) rows.Add(text, kind, id, in16, in2);
        }
    }

    private static readonly string[] NotJson =
    [
        "", " ", "hello", "null", "{}", "2", "\"x\"", """[2,"1","A",{}]x""", """[2,"1""", """[2,"1","A",{}][2]""",
        """[2,"1","A",{},]""", "\uFEFF[2,\"1\",\"A\",{}]", "[2,'1','A',{}]", """[2,"1","A",{"a":01}]""",
        """[2,"1","A",{"a":NaN}]""", """[2,"1","A",/*c*/{}]""", "[2,\"1\",\"A\",{\"a\":\"\u0001\"}]",
    ];

    private static readonly string[] WithoutId =
    [
        "[]", "[2]", """[2,1,"A",{}]""", """[2,"","A",{}]""", """[2,null,"A",{}]""", """[2,"a\u0000","A",{}]""",
        """[2,"\uD800","A",{}]""", $$"""[2,"{{new string('i', 37)}}","A",{}]""",
    ];

    private static readonly string[] Misshapen =
    [
        """[2,"1"]""", """[2,"1","A"]""", """[2,"1","A",{},{}]""", """[2,"1",7,{}]""", """[2,"1","",{}]""",
        """[2,"1",{},"A"]""",
    ];

    private static readonly string[] OfUnknownType =
    [
        """[0,"1"]""", """[7,"1","A",{}]""", """[1,"1","A",{}]""", """["2","1","A",{}]""", """[2.0,"1","A",{}]""",
        """[null,"1"]""", """[5,"1","GenericError","",{}]""", """[6,"1","A",{}]""",
    ];

    private static readonly string[] UnfitPayloads =
    [
        """{"a":1,"a":2}""", """{"x":[{"a":1,"\u0061":2}]}""", """{"a":1e400}""", """{"a":-1E+999999999999}""",
        """{"a":"\uD800"}""", """{"a":"\\uD834\uDD1E"}""", """{"a":"\uDC00\uD800"}""",
        """{"a":"\uD800x"}""", """{"a":"b\u0000"}""", """{"\u0000":1}""",
        $$"""{"a":{{new string('[', 32)}}{{new string(']', 32)}}}""",
    ];

    [Fact]
    public void A_send_is_a_call_that_wants_no_answer_where_the_version_has_it()
    {
        var send = Assert.IsType<Call>(Latest("""[6,"7","NotifyPeriodicEventStream",{"id":1}]"""));

        Assert.Equal(("7", "NotifyPeriodicEventStream", true), (send.Id, send.Action, send.IsSend));
        Assert.False(Assert.IsType<Call>(Latest("""[2,"7","Heartbeat",{}]""")).IsSend);
    }

    [Fact]
    public void An_error_about_a_result_is_told_from_one_about_a_call()
    {
        var refusal = Assert.IsType<CallError>(Latest("""[5,"7","FormatViolation","interval: is required",{}]"""));

        Assert.Equal(
            (true, RpcErrorCode.FormatViolation, "interval: is required"),
            (refusal.IsOfResult, refusal.Code, refusal.Description));
        Assert.False(Assert.IsType<CallError>(Latest("""[4,"7","FormatViolation","",{}]""")).IsOfResult);
    }

    [Theory]
    [InlineData("""[6,"1"]""")]
    [InlineData("""[6,"1","A"]""")]
    [InlineData("""[6,"1","A",{"a":1,"a":2}]""")]
    [InlineData("""[5,"1",9,"",{}]""")]
    [InlineData("""[5,"1"]""")]
    public void What_wants_no_answer_gets_none_however_bad_it_is(string text) =>
        Assert.Null(RpcRules.V21.AnswerTo(Assert.IsType<BadFrame>(Latest(text))));

    [Fact]
    public void Types_beyond_the_last_are_unknown() => Assert.Equal(
        RpcErrorCode.MessageTypeNotSupported,
        RpcRules.V21.AnswerTo(Assert.IsType<BadFrame>(Latest("""[7,"1","A",{}]"""))));

    private static Frame Latest(string text) => Frame.Parse(Encoding.UTF8.GetBytes(text), RpcRules.V21.LastType);

    [Theory]
    [MemberData(nameof(BadFrames))]
    public void A_bad_frame_gets_what_its_version_says(
        string text, BadFrameKind kind, string? id, string? in16, string? in2)
    {
        var bad = Assert.IsType<BadFrame>(Parse(text));

        Assert.Equal((kind, id), (bad.Kind, bad.Id));
        Assert.Equal(in16, RpcRules.V16.AnswerTo(bad) is { } old ? RpcRules.V16.Spell(old) : null);
        Assert.Equal(in2, RpcRules.V201.AnswerTo(bad) is { } code ? RpcRules.V201.Spell(code) : null);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_frame() =>
        Assert.IsType<BadFrame>(Frame.Parse((byte[])[.. "[2,\"1\",\"A\",{\"a\":\""u8, 0xC3, 0x28, .. "\"}]"u8]));

    [Fact]
    public void Pairs_of_halves_and_deep_but_bounded_payloads_are_fine()
    {
        var deep = new string('[', 30) + new string(']', 30);

        var call = Assert.IsType<Call>(Parse($$"""[2,"1","A",{"a":"\uD83D\uDE00","b":"\\u0000","c":{{deep}}}]"""));

        Assert.StartsWith("{\"a\":", call.Payload.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_duplicate_among_many_names_is_found()
    {
        var names = string.Join(",", Enumerable.Range(0, 500).Select(i => $"\"n{i}\":{i}"));

        Assert.IsType<Call>(Parse($"[2,\"1\",\"A\",{{{names}}}]"));
        Assert.Equal(
            TapeFlaw.DuplicateName, Assert.IsType<BadFrame>(Parse($"[2,\"1\",\"A\",{{{names},\"n7\":1}}]")).Flaw);
    }

    [Fact]
    public void A_flood_of_tiny_values_is_refused_before_it_costs_much()
    {
        var flood = string.Join(",", Enumerable.Repeat('1', 200_000));

        var bad = Assert.IsType<BadFrame>(Parse($$"""[2,"1","A",{"a":[{{flood}}]}]"""));

        Assert.Equal(TapeFlaw.TooManyValues, bad.Flaw);
    }

    [Fact]
    public void Every_prefix_of_a_frame_is_read_without_an_exception()
    {
        var whole = Encoding.UTF8.GetBytes("""[2,"1","A",{"a":"\uD83D\uDE00é","b":[1.5e3,true,null],"c":{"d":{}}}]""");

        for (var length = 0; length < whole.Length; length++)
            Assert.IsType<BadFrame>(Frame.Parse(whole.AsMemory(0, length)));
    }

    [Fact]
    public void What_is_written_is_ASCII_and_reads_back()
    {
        var error = FrameWriter.Error("é\"1", "GenericError", new string('é', 300) + "\n");

        Assert.All(error, b => Assert.InRange(b, (byte)0x20, (byte)0x7E));
        var read = Assert.IsType<CallError>(Frame.Parse(error));
        Assert.Equal(("é\"1", 255), (read.Id, read.Description.Length));
        Assert.Equal("""[2,"a-1","Reset",{"type":"Soft"}]""", Encoding.UTF8.GetString(
            FrameWriter.Call("a-1", "Reset", """{"type":"Soft"}"""u8)));
        Assert.Equal("""[6,"a-1","Notify",{"id":1}]""", Encoding.UTF8.GetString(
            FrameWriter.Send("a-1", "Notify", """{"id":1}"""u8)));
        Assert.Equal("""[5,"a-1","FormatViolation","why",{}]""", Encoding.UTF8.GetString(
            FrameWriter.ResultError("a-1", "FormatViolation", "why")));
        Assert.Equal("""[3,"a-1",{}]""", Encoding.UTF8.GetString(FrameWriter.Result("a-1", "{}"u8)));
    }
}
