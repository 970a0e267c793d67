using System.Net.WebSockets;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

/// <summary>What breaks the bounds, and the status it is closed with.</summary>
public class RpcLimitTests
{
    [Theory]
    [InlineData("""[2,"1"]""", """[4,"1","ProtocolError","wrong number or kind of elements",{}]""")]
    [InlineData("""[2,"1","A",{"a":1,"a":2}]""", """[4,"1","FormationViolation","DuplicateName",{}]""")]
    public async Task A_bad_frame_with_an_id_is_answered(string text, string answer)
    {
        await using var pair = new RpcPair();

        await pair.SendAsync(text);

        Assert.Equal(answer, await pair.NextAsync());
        Assert.Equal(IncidentKind.BadFrame, Assert.Single(pair.Incidents).Kind);
    }

    [Theory]
    [InlineData("[7,\"1\",\"A\",{}]")]
    [InlineData("[5,\"1\",\"GenericError\",\"\",{}]")]
    public async Task Unknown_message_types_are_ignored_however_many(string text)
    {
        await using var pair = new RpcPair();

        for (var i = 0; i < 12; i++) await pair.SendAsync(text);

        await pair.SyncAsync();
        Assert.Equal(12, pair.Incidents.Count(i => i.Kind == IncidentKind.BadFrame));
    }

    [Fact]
    public async Task Nine_unreadable_messages_a_minute_are_ignored_and_the_tenth_closes()
    {
        await using var pair = new RpcPair();
        for (var i = 0; i < 9; i++) await pair.SendAsync("hello");
        await pair.SyncAsync();
        pair.Time.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 9; i++) await pair.SendAsync(i % 2 == 0 ? "" : "[]");
        await pair.SyncAsync();

        await pair.SendAsync("{}");

        Assert.Equal("close 1008", await pair.NextAsync());
        Assert.Equal(
            new RpcEnd(RpcEndKind.ClosedByUs, WebSocketCloseStatus.PolicyViolation, "not OCPP-J")
            {
                Breach = Breach.Unreadable,
            },
            await pair.EndAsync());
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003()
    {
        await using var pair = new RpcPair();

        await pair.SendAsync("[2,\"1\",\"A\",{}]"u8.ToArray(), WebSocketMessageType.Binary);

        Assert.Equal("close 1003", await pair.NextAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, (await pair.EndAsync()).Status);
    }

    [Fact]
    public async Task Invalid_UTF8_closes_with_1007()
    {
        await using var pair = new RpcPair();

        await pair.SendAsync([.. "[2,\"1\",\"A\",{\"a\":\""u8, 0xC3, 0x28, .. "\"}]"u8]);

        Assert.Equal("close 1007", await pair.NextAsync());
        Assert.Equal(RpcEndKind.Broken, (await pair.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Kind);
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_with_1009_and_one_at_the_limit_does_not()
    {
        await using var pair = new RpcPair(with: o => o with { MaxMessageBytes = 1_000 });
        var text = """[2,"sync","Echo",{}]""";

        await pair.SendAsync(text.PadRight(1_000));
        Assert.Equal("""[3,"sync",{}]""", await pair.NextAsync());
        await pair.SendAsync(text.PadRight(1_001));

        Assert.Equal("close 1009", await pair.NextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await pair.EndAsync()).Status);
    }

    [Fact]
    public async Task The_limit_can_be_raised_on_the_way()
    {
        await using var pair = new RpcPair();

        pair.Connection.MaxMessageBytes = 1024 * 1024;
        var sending = pair.SendAsync("""[2,"sync","Echo",{}]""".PadRight(1024 * 1024));

        Assert.Equal("""[3,"sync",{}]""", await pair.NextAsync());
        await sending;
    }

    [Fact]
    public async Task A_message_in_pieces_is_put_together()
    {
        await using var pair = new RpcPair();

        foreach (var piece in (string[])["[2,\"sy", "nc\",\"Ec", "", "ho\",{}"])
            await pair.SendAsync(System.Text.Encoding.UTF8.GetBytes(piece), isLast: false);
        await pair.SendAsync("]"u8.ToArray());

        Assert.Equal("""[3,"sync",{}]""", await pair.NextAsync());
    }

    [Fact]
    public async Task Endless_empty_pieces_close_with_1008()
    {
        await using var pair = new RpcPair();

        await pair.SendAsync("["u8.ToArray(), isLast: false);
        for (var piece = 0; piece < 8_200; piece++) await pair.SendAsync([], isLast: false);

        Assert.Equal("close 1008", await pair.NextAsync());
        Assert.Equal("too many fragments", (await pair.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_message_that_does_not_complete_in_time_closes_with_1008()
    {
        await using var pair = new RpcPair();
        await pair.SyncAsync();
        var before = pair.Time.Timers;
        await pair.SendAsync("[2,"u8.ToArray(), isLast: false);
        while (pair.Time.Timers == before) await Task.Yield();

        pair.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("close 1008", await pair.NextAsync());
        Assert.Equal("the message took too long", (await pair.EndAsync()).Reason);
    }

    [Fact]
    public async Task Twenty_calls_may_wait_and_the_next_closes_with_1008()
    {
        var gate = new TaskCompletionSource();
        await using var pair = new RpcPair(async _ =>
        {
            await gate.Task;
            return OutboundAnswer.Result("{}"u8.ToArray());
        });

        for (var i = 0; i < 22; i++) await pair.SendAsync($$"""[2,"{{i}}","Echo",{}]""");

        Assert.Equal("close 1008", await pair.NextAsync());
        gate.SetResult();
        Assert.Equal("too many calls at once", (await pair.EndAsync()).Reason);
    }
}
