using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

/// <summary>What OCPP 2.1 added to the RPC layer: SEND and CALLRESULTERROR.</summary>
public class RpcSendTests
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    [Fact]
    public async Task A_send_is_served_and_never_answered()
    {
        var served = new List<string>();
        await using var pair = Pair(RpcRules.V21, served);

        await pair.SendAsync("""[6,"7","NotifyPeriodicEventStream",{}]""");
        await pair.SyncAsync();

        Assert.Equal(["NotifyPeriodicEventStream", "Echo"], served);
    }

    [Fact]
    public async Task A_send_that_cannot_be_served_is_not_answered_either()
    {
        await using var pair = new RpcPair(
            call => ValueTask.FromResult(call.IsSend
                ? OutboundAnswer.Error(RpcErrorCode.NotImplemented)
                : OutboundAnswer.Result(call.Payload.Utf8)),
            o => o with { Rules = RpcRules.V21 });

        await pair.SendAsync("""[6,"7","Explode",{}]""");

        await pair.SyncAsync();
    }

    [Fact]
    public async Task A_send_may_come_while_a_call_is_served()
    {
        var gate = new TaskCompletionSource();
        await using var pair = new RpcPair(
            async call =>
            {
                if (call.Id == "1") await gate.Task;
                return OutboundAnswer.Result(call.Payload.Utf8);
            },
            o => o with { Rules = RpcRules.V21 });

        await pair.SendAsync("""[2,"1","Echo",{}]""");
        await pair.SendAsync("""[6,"2","NotifyPeriodicEventStream",{}]""");
        gate.SetResult();

        Assert.Equal("""[3,"1",{}]""", await pair.NextAsync());
        await pair.SyncAsync();
        Assert.Empty(pair.Incidents);
    }

    [Theory]
    [InlineData("""[6,"7","NotifyPeriodicEventStream",{}]""")]
    [InlineData("""[5,"7","FormatViolation","",{}]""")]
    public async Task A_version_without_them_says_so(string text)
    {
        var served = new List<string>();
        await using var pair = Pair(RpcRules.V201, served);

        await pair.SendAsync(text);

        Assert.Equal("""[4,"7","MessageTypeNotSupported","unknown message type",{}]""", await pair.NextAsync());
        Assert.Empty(served);
    }

    [Fact]
    public async Task A_send_of_ours_waits_for_nothing()
    {
        await using var pair = Pair(RpcRules.V21, []);
        var call = pair.Connection.CallAsync("Reset", Nothing);
        var ours = await pair.NextCallAsync();

        Assert.True(await pair.Connection.SendAsync("NotifyPeriodicEventStream", Nothing));

        Assert.EndsWith(""","NotifyPeriodicEventStream",{}]""", await pair.NextAsync(), StringComparison.Ordinal);
        await pair.SendAsync($$"""[3,"{{ours.Id}}",{}]""");
        Assert.IsType<CallAnswered>(await call);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_refused_where_there_are_words_for_it()
    {
        await using var pair = Pair(RpcRules.V21, []);
        var call = pair.Connection.CallAsync("Reset", Nothing);
        var ours = await pair.NextCallAsync();

        await pair.SendAsync($$"""[3,"{{ours.Id}}",{"a":1,"a":2}]""");

        Assert.Equal(
            $$"""[5,"{{ours.Id}}","FormatViolation","DuplicateName",{}]""", await pair.NextAsync());
        Assert.IsType<CallRefused>(await call);
    }

    [Fact]
    public async Task A_refusal_of_our_answer_is_noticed_and_settles_nothing()
    {
        await using var pair = Pair(RpcRules.V21, []);
        var call = pair.Connection.CallAsync("Reset", Nothing);
        var ours = await pair.NextCallAsync();

        await pair.SendAsync($$"""[5,"{{ours.Id}}","FormatViolation","interval: is required",{}]""");
        await pair.SyncAsync();

        Assert.False(call.IsCompleted);
        var incident = Assert.Single(pair.Incidents);
        Assert.Equal(
            (IncidentKind.AnswerRefused, "FormatViolation: interval: is required"), (incident.Kind, incident.Detail));
        await pair.SendAsync($$"""[3,"{{ours.Id}}",{}]""");
        Assert.IsType<CallAnswered>(await call);
    }

    private static RpcPair Pair(RpcRules rules, List<string> served) => new(
        call =>
        {
            served.Add(call.Action);
            return ValueTask.FromResult(OutboundAnswer.Result(call.Payload.Utf8));
        },
        o => o with { Rules = rules });
}
