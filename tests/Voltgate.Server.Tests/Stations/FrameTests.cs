using System.Text;
using System.Text.Json.Nodes;

namespace Voltgate.Server.Tests.Stations;

/// <summary>What a station may send that is not in order, and what becomes of it (reliability §10.3, 1.6J).</summary>
public sealed class FrameTests(SharedServers servers)
{
    private const string Boot = """{"chargePointVendor":"Test","chargePointModel":"One"}""";
    private const string Start =
        """{"connectorId":1,"idTag":"X","meterStart":0,"timestamp":"2026-02-30T24:00:60Z"}""";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("[2]")]
    [InlineData("""[2,"a","Heartbeat",{}][2,"b","Heartbeat",{}]""")]
    [InlineData("""[2,"a","Heartbeat",{},]""")]
    [InlineData("""[2,"a","Heartbeat",{}""")]
    [InlineData("\uFEFF[2,\"a\",\"Heartbeat\",{}]")]
    [InlineData("""[0,"a","Heartbeat",{}]""")]
    [InlineData("""[7,"a","Heartbeat",{}]""")]
    [InlineData("""["2","a","Heartbeat",{}]""")]
    [InlineData("""[2.0,"a","Heartbeat",{}]""")]
    [InlineData("""[2,"","Heartbeat",{}]""")]
    [InlineData("""[2,5,"Heartbeat",{}]""")]
    [InlineData("""[2,"1234567890123456789012345678901234567","Heartbeat",{}]""")]
    [InlineData("""[3,"never-asked",{}]""")]
    [InlineData("""[4,"never-asked","GenericError","",{}]""")]
    public async Task What_cannot_be_answered_is_passed_over(string frame)
    {
        using var socket = await Station();

        await socket.Send(frame);

        Assert.StartsWith("[3,\"next\",", await socket.Call("Heartbeat", id: "next"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[2,"a"]""", "ProtocolError")]
    [InlineData("""[2,"a","Heartbeat"]""", "ProtocolError")]
    [InlineData("""[2,"a","Heartbeat",{},1]""", "ProtocolError")]
    [InlineData("""[2,"a",5,{}]""", "ProtocolError")]
    [InlineData("""[2,"a","Levitate",{}]""", "NotImplemented")]
    [InlineData("""[2,"a","heartbeat",{}]""", "NotImplemented")]
    [InlineData("""[2,"a","Reset",{"type":"Hard"}]""", "NotSupported")]
    [InlineData("""[2,"a","Heartbeat",[]]""", "FormationViolation")]
    [InlineData("""[2,"a","Heartbeat","x"]""", "FormationViolation")]
    [InlineData("""[2,"a","Authorize",{}]""", "OccurenceConstraintViolation")]
    [InlineData("""[2,"a","Authorize",{"idTag":5}]""", "TypeConstraintViolation")]
    [InlineData(
        """[2,"a","DataTransfer",{"vendorId":"v","messageId":"123456789012345678901234567890123456789012345678901"}]""",
        "PropertyConstraintViolation")]
    [InlineData(
        """[2,"a","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Idle"}]""",
        "PropertyConstraintViolation")]
    [InlineData(
        """[2,"a","StatusNotification",{"connectorId":-1,"errorCode":"NoError","status":"Available"}]""",
        "PropertyConstraintViolation")]
    [InlineData(
        """
        [2,"a","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available",
         "timestamp":"2026-02-30T12:00:00Z"}]
        """,
        "PropertyConstraintViolation")]
    [InlineData("""[2,"a","Authorize",{"idTag":"A","idTag":"B"}]""", "FormationViolation")]
    [InlineData("""[2,"a","Authorize",{"idTag":"A\u0000"}]""", "FormationViolation")]
    [InlineData("""[2,"a","Authorize",{"idTag":"\ud800"}]""", "FormationViolation")]
    [InlineData("""[2,"a","Heartbeat",{"x":1e400}]""", "FormationViolation")]
    [InlineData(
        """[2,"a","Heartbeat",{"x":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}]""",
        "FormationViolation")]
    [InlineData("""[2,"a","Heartbeat",{"more":1}]""", null)]
    [InlineData("""[2,"a","Heartbeat",null]""", null)]
    [InlineData("""[2,"a","StartTransaction",""" + Start + "]", null)]
    [InlineData(
        """
        [2,"a","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available",
         "timestamp":"2026-11-22 07:00:00Z"}]
        """,
        null)]
    public async Task A_call_that_is_not_in_order_gets_the_version_s_own_code(string frame, string? code)
    {
        using var socket = await Station();

        await socket.Send(frame);

        var answer = JsonNode.Parse(await socket.NextText())!.AsArray();
        Assert.Equal("a", (string)answer[1]!);
        Assert.Equal((code is null ? 3 : 4, code), ((int)answer[0]!, code is null ? null : (string)answer[2]!));
        if (code is not null) Assert.Equal((5, "{}"), (answer.Count, answer[4]!.ToJsonString()));
        Assert.StartsWith("[3,\"next\",", await socket.Call("Heartbeat", id: "next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_unreadable_messages_in_a_minute_close_with_1008()
    {
        using var socket = await Station();
        for (var i = 0; i < 9; i++) await socket.Send("nonsense");
        Assert.StartsWith("[3,", await socket.Call("Heartbeat"), StringComparison.Ordinal);

        await socket.Send("nonsense");

        Assert.Equal(1008, await socket.CloseCode());
    }

    [Fact]
    public async Task More_calls_at_once_than_wait_close_with_1008()
    {
        using var socket = await Station();
        var call = RawSocket.BytesOf(RawFrame.Text, Encoding.UTF8.GetBytes(
            """[2,"a","Authorize",{"idTag":"X"}]"""));

        await socket.Write([.. Enumerable.Repeat(call, 500).SelectMany(c => c)]);

        Assert.Equal(1008, await socket.CloseCode());
    }

    [Fact]
    public async Task A_few_calls_at_once_are_answered_in_their_order()
    {
        using var socket = await Station();
        var calls = Enumerable.Range(0, 20).Select(i => RawSocket.BytesOf(RawFrame.Text, Encoding.UTF8.GetBytes(
            $$"""[2,"{{i}}","Authorize",{"idTag":"X"}]""")));

        await socket.Write([.. calls.SelectMany(c => c)]);

        for (var i = 0; i < 20; i++)
            Assert.StartsWith($"[3,\"{i}\",", await socket.NextText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003()
    {
        using var socket = await Station();

        await socket.Frame(RawFrame.Binary, Encoding.UTF8.GetBytes("""[2,"a","Heartbeat",{}]"""));

        Assert.Equal(1003, await socket.CloseCode());
    }

    [Fact]
    public async Task A_text_that_is_not_UTF_8_closes_with_1007()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        using var socket = await box.Connect();

        await socket.Frame(RawFrame.Text, [(byte)'[', 0xC0, 0xAF, (byte)']']);

        Assert.Equal(1007, await socket.CloseCode());
        await Logged(box);
    }

    [Theory]
    [InlineData(RawFrame.Text, true, false, 0)]
    [InlineData(RawFrame.Text, true, true, 4)]
    [InlineData(RawFrame.Text, true, true, 1)]
    [InlineData(3, true, true, 0)]
    [InlineData(11, true, true, 0)]
    [InlineData(0, true, true, 0)]
    [InlineData(RawFrame.Ping, false, true, 0)]
    [InlineData(RawFrame.Ping, true, true, 0, 126)]
    [InlineData(RawFrame.Close, true, true, 0, 1)]
    public async Task A_frame_that_breaks_the_framing_ends_the_connection_with_a_reason_in_the_log(
        int opcode, bool fin, bool mask, int reserved, int length = 4)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        using var socket = await box.Connect();

        await socket.Frame(opcode, new byte[length], fin, mask, reserved);

        Assert.True(await socket.CloseCode() is null or 1002);
        await box.Becomes(online: false);
        await Logged(box);
    }

    [Theory]
    [InlineData(new byte[0], 1005)]
    [InlineData(new byte[] { 3, 232 }, 1000)]
    [InlineData(new byte[] { 3, 237 }, 1002)]
    [InlineData(new byte[] { 3, 238 }, 1002)]
    public async Task A_farewell_is_answered(byte[] payload, int expected)
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        using var socket = await box.Connect();

        await socket.Frame(RawFrame.Close, payload);

        var code = await socket.CloseCode();
        Assert.True(code == expected || (expected == 1005 && code == 1000), $"{code}");
        await box.Becomes(online: false);
    }

    [Fact]
    public async Task Before_its_boot_a_station_may_send_64_kB_and_then_1_MB()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        using (var socket = await box.Connect())
        {
            await socket.Send(Heartbeat(65_536));
            Assert.StartsWith("[3,", await socket.NextText(), StringComparison.Ordinal);
            await socket.Send(Heartbeat(65_537));
            Assert.Equal(1009, await socket.CloseCode());
        }

        await box.Becomes(online: false);
        using (var socket = await box.Connect())
        {
            Assert.StartsWith("[3,", await socket.Call("BootNotification", Boot), StringComparison.Ordinal);
            await socket.Send(Heartbeat(1_048_576));
            Assert.StartsWith("[3,", await socket.NextText(), StringComparison.Ordinal);
            await socket.Send(Heartbeat(1_048_577));
            Assert.Equal(1009, await socket.CloseCode());
        }
    }

    [Fact]
    public async Task A_frame_that_announces_the_end_of_numbers_is_read_no_further_than_the_limit()
    {
        using var socket = await Station();

        await socket.Write([0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]);
        await socket.Write(new byte[70_000]);

        Assert.Equal(1009, await socket.CloseCode());
    }

    [Fact]
    public async Task A_message_may_come_in_pieces_with_pings_in_between()
    {
        using var socket = await Station();
        var text = Encoding.UTF8.GetBytes("""[2,"\u00fc","Authorize",{"idTag":"Ünï"}]""");

        for (var i = 0; i < text.Length; i++)
        {
            await socket.Frame(i == 0 ? RawFrame.Text : 0, [text[i]], fin: i == text.Length - 1);
            if (i == 9) await socket.Frame(RawFrame.Ping, [1, 2, 3]);
        }

        var pong = await socket.Read();
        Assert.Equal((RawFrame.Pong, "1,2,3"), (pong!.Opcode, string.Join(',', pong.Payload)));
        Assert.StartsWith("[3,\"\\u00FC\",", await socket.NextText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_message_in_endless_pieces_closes_with_1008()
    {
        using var socket = await Station();
        await socket.Frame(RawFrame.Text, "["u8.ToArray(), fin: false);
        var piece = RawSocket.BytesOf(0, " "u8.ToArray(), fin: false);

        await socket.Write([.. Enumerable.Repeat(piece, 10_000).SelectMany(p => p)]);

        Assert.Equal(1008, await socket.CloseCode());
    }

    private static string Heartbeat(int length)
    {
        const string head = """[2,"a","Heartbeat",{"x":" """;
        const string tail = "\"}]";
        return head + new string('x', length - head.Length - tail.Length) + tail;
    }

    private async Task<RawSocket> Station()
    {
        using var box = await Box.Make(await servers.Get(On.Sqlite));
        return await box.Connect();
    }

    private static Task Logged(Box box) => Box.Until(
        () => Task.FromResult(box.Server.Logs.All.Any(
            line => line.Contains($"{box.Id}: disconnected, Broken", StringComparison.Ordinal))),
        "the reason, in the log");
}
