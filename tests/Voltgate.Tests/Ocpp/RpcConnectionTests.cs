using System.Net.WebSockets;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Tests.Ocpp;

public class RpcConnectionTests
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    [Fact]
    public async Task A_call_is_served_and_both_frames_are_seen()
    {
        await using var pair = new RpcPair();

        await pair.SendAsync("""[2,"7","Echo",{"a":[1,2]}]""");

        Assert.Equal("""[3,"7",{"a":[1,2]}]""", await pair.NextAsync());
        Assert.Equal([FrameDirection.In, FrameDirection.Out], pair.Frames);
    }

    [Fact]
    public async Task An_error_is_spelt_as_the_version_does()
    {
        var refusal = OutboundAnswer.Error(RpcErrorCode.OccurrenceConstraintViolation, "idTag: is required");
        await using var pair = new RpcPair(_ => ValueTask.FromResult(refusal));

        await pair.SendAsync("""[2,"7","Authorize",{}]""");

        Assert.Equal("""[4,"7","OccurenceConstraintViolation","idTag: is required",{}]""", await pair.NextAsync());
    }

    [Fact]
    public async Task A_handler_that_throws_is_our_fault_and_costs_only_its_call()
    {
        await using var pair = new RpcPair(call => call.Action == "Echo"
            ? ValueTask.FromResult(OutboundAnswer.Result(Nothing))
            : throw new NotSupportedException("boom"));

        await pair.SendAsync("""[2,"7","Explode",{}]""");

        Assert.Equal("""[4,"7","InternalError","",{}]""", await pair.NextAsync());
        Assert.Equal(IncidentKind.HandlerFailed, Assert.Single(pair.Incidents).Kind);
        await pair.SyncAsync();
    }

    [Fact]
    public async Task Calls_are_served_one_at_a_time_in_their_order()
    {
        var gate = new TaskCompletionSource();
        var served = new List<string>();
        await using var pair = new RpcPair(async call =>
        {
            served.Add(call.Id);
            if (call.Id == "1") await gate.Task;
            return OutboundAnswer.Result(Nothing);
        });

        foreach (var id in (string[])["1", "2", "3"]) await pair.SendAsync($$"""[2,"{{id}}","Echo",{}]""");
        var call = pair.Connection.CallAsync("Reset", Nothing);
        var ours = await pair.NextCallAsync();
        await pair.SendAsync($$"""[3,"{{ours.Id}}",{}]""");

        // Our own call's answer arrives while theirs is being served: both directions are free of each other.
        Assert.IsType<CallAnswered>(await call.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(["1"], served);
        gate.SetResult();
        foreach (var id in (string[])["1", "2", "3"]) Assert.Equal($$"""[3,"{{id}}",{}]""", await pair.NextAsync());
        Assert.Equal(
            ["2", "3"], pair.Incidents.Where(i => i.Kind == IncidentKind.OverlappingCall).Select(i => i.MessageId!));
    }

    [Fact]
    public async Task The_same_id_again_reaches_the_handler_with_its_payload()
    {
        var seen = new List<(string, string)>();
        await using var pair = new RpcPair(call =>
        {
            seen.Add((call.Id, call.Payload.ToString()));
            return ValueTask.FromResult(OutboundAnswer.Result(Nothing));
        });

        await pair.SendAsync("""[2,"sync","Echo",{}]""");
        await pair.NextAsync();
        await pair.SyncAsync();

        Assert.Equal([("sync", "{}"), ("sync", "{}")], seen);
    }

    [Fact]
    public async Task One_call_of_ours_is_on_the_wire_at_a_time()
    {
        await using var pair = new RpcPair();

        var first = pair.Connection.CallAsync("Reset", """{"type":"Soft"}"""u8.ToArray());
        var second = pair.Connection.CallAsync("ClearCache", Nothing);
        var sent = await pair.NextCallAsync();
        await pair.SyncAsync();
        await pair.SendAsync($$"""[3,"{{sent.Id}}",{"status":"Accepted"}]""");
        var next = await pair.NextCallAsync();
        await pair.SendAsync($$"""[4,"{{next.Id}}","NotImplemented","no",{"x":1}]""");

        Assert.Equal(("Reset", "ClearCache"), (sent.Action, next.Action));
        Assert.Equal("""{"status":"Accepted"}""", Assert.IsType<CallAnswered>(await first).Payload.ToString());
        Assert.Equal(
            new CallRefused(
                RpcErrorCode.NotImplemented, "NotImplemented", "no",
                """{"errorCode":"NotImplemented","errorDescription":"no","errorDetails":{"x":1}}"""),
            await second);
        Assert.Empty(pair.Incidents);
    }

    [Fact]
    public async Task A_silent_peer_times_out_and_its_late_answer_is_dropped()
    {
        await using var pair = new RpcPair();

        var call = pair.Connection.CallAsync("Reset", Nothing);
        var next = pair.Connection.CallAsync("ClearCache", Nothing);
        var sent = await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        pair.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<CallTimedOut>(await call);
        Assert.Equal(1, pair.Connection.ConsecutiveTimeouts);
        var other = await pair.NextCallAsync();
        await pair.SendAsync($$"""[3,"{{sent.Id}}",{"status":"Accepted"}]""");
        await pair.SendAsync("""[3,"never-sent",{}]""");
        await pair.SendAsync($$"""[3,"{{other.Id}}",{}]""");
        Assert.IsType<CallAnswered>(await next);
        Assert.Equal(0, pair.Connection.ConsecutiveTimeouts);
        Assert.Equal(
            [(IncidentKind.LateAnswer, sent.Id), (IncidentKind.UnknownAnswer, "never-sent")],
            pair.Incidents.Select(i => (i.Kind, i.MessageId!)));
    }

    [Fact]
    public async Task A_call_with_a_longer_life_lets_the_next_one_go_and_its_answer_still_counts()
    {
        await using var pair = new RpcPair();
        var minute = new CallPatience(TimeSpan.FromSeconds(60));

        var first = pair.Connection.CallAsync("GetDiagnostics", Nothing, patience: minute);
        var second = pair.Connection.CallAsync("ClearCache", Nothing, patience: minute);
        var sent = await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(30));
        var next = await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, pair.Connection.ConsecutiveTimeouts);
        await pair.SendAsync($$"""[3,"{{sent.Id}}",{}]""");

        Assert.IsType<CallAnswered>(await first);
        pair.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<CallTimedOut>(await second);
        await pair.SendAsync($$"""[3,"{{next.Id}}",{}]""");
        await pair.SyncAsync();
        Assert.Equal([(IncidentKind.LateAnswer, next.Id)], pair.Incidents.Select(i => (i.Kind, i.MessageId!)));
    }

    [Fact]
    public async Task A_life_that_is_longer_than_the_usual_wait_counts_in_the_queue_too()
    {
        await using var pair = new RpcPair(with: o => o with { AnswerTimeout = TimeSpan.FromSeconds(100) });

        var first = pair.Connection.CallAsync("Reset", Nothing);
        var second = pair.Connection.CallAsync("ClearCache", Nothing, patience: new(TimeSpan.FromSeconds(600)));
        await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(100));

        Assert.IsType<CallTimedOut>(await first);
        Assert.Equal("ClearCache", (await pair.NextCallAsync()).Action);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public async Task A_call_whose_life_ends_in_the_queue_is_never_sent_and_never_said_to_go_out()
    {
        await using var pair = new RpcPair();
        var sent = new List<string>();
        CallPatience Of(string name, int seconds) => new(TimeSpan.FromSeconds(seconds), () => sent.Add(name));

        var first = pair.Connection.CallAsync("Reset", Nothing, patience: Of("first", 20));
        var second = pair.Connection.CallAsync("ClearCache", Nothing, patience: Of("second", 10));
        await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new CallUnsent(UnsentReason.Expired), await second);
        pair.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.IsType<CallTimedOut>(await first);
        await pair.SyncAsync();
        Assert.Equal(["first"], sent);
    }

    [Fact]
    public async Task A_call_that_waits_too_long_for_its_turn_is_never_sent()
    {
        await using var pair = new RpcPair(with: o => o with { AnswerTimeout = TimeSpan.FromSeconds(90) });

        var first = pair.Connection.CallAsync("Reset", Nothing);
        var second = pair.Connection.CallAsync("ClearCache", Nothing);
        var sent = await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(new CallUnsent(UnsentReason.Expired), await second);
        await pair.SendAsync($$"""[3,"{{sent.Id}}",{}]""");
        Assert.IsType<CallAnswered>(await first);
        await pair.SyncAsync();
    }

    [Fact]
    public async Task The_queue_of_our_calls_is_bounded()
    {
        await using var pair = new RpcPair(with: o => o with { QueueLimit = 2 });

        var calls = Enumerable.Range(0, 4).Select(_ => pair.Connection.CallAsync("Reset", Nothing)).ToList();

        Assert.Equal(new CallUnsent(UnsentReason.QueueFull), await calls[3]);
        Assert.All(calls.Take(3), c => Assert.False(c.IsCompleted));
    }

    [Fact]
    public async Task When_the_connection_ends_what_was_sent_is_unknown_and_what_was_not_never_happened()
    {
        await using var pair = new RpcPair();
        var late = pair.Connection.CallAsync("Reset", Nothing, patience: new(TimeSpan.FromSeconds(60)));
        var sent = pair.Connection.CallAsync("Reset", Nothing);
        var waiting = pair.Connection.CallAsync("Reset", Nothing);
        await pair.NextCallAsync();
        pair.Time.Advance(TimeSpan.FromSeconds(30));
        await pair.NextCallAsync();

        pair.Peer.Abort();

        Assert.Equal(RpcEndKind.Broken, (await pair.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Kind);
        Assert.IsType<CallCutOff>(await late);
        Assert.IsType<CallCutOff>(await sent);
        Assert.Equal(new CallUnsent(UnsentReason.NotConnected), await waiting);
        Assert.Equal(new CallUnsent(UnsentReason.NotConnected), await pair.Connection.CallAsync("Reset", Nothing));
    }

    [Fact]
    public async Task A_result_with_unfit_JSON_refuses_its_call_at_once()
    {
        await using var pair = new RpcPair();
        var call = pair.Connection.CallAsync("Reset", Nothing);
        var sent = await pair.NextCallAsync();

        await pair.SendAsync($$"""[3,"{{sent.Id}}",{"status":"Accepted","status":"Rejected"}]""");

        Assert.Equal("FormationViolation", Assert.IsType<CallRefused>(await call).Word);
    }

    [Fact]
    public async Task The_peers_close_is_answered_and_ends_the_connection()
    {
        await using var pair = new RpcPair();

        await pair.Peer.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "bye", CancellationToken.None);

        Assert.Equal("close 1000", await pair.NextAsync());
        Assert.Equal(
            new RpcEnd(RpcEndKind.ClosedByPeer, WebSocketCloseStatus.EndpointUnavailable, "bye"),
            await pair.Ended.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(WebSocketState.Closed, pair.State);
    }

    [Fact]
    public async Task Our_close_lets_the_call_being_served_be_answered_first()
    {
        var gate = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var pair = new RpcPair(async _ =>
        {
            entered.SetResult();
            await gate.Task;
            return OutboundAnswer.Result(Nothing);
        });
        await pair.SendAsync("""[2,"7","StopTransaction",{}]""");
        await entered.Task;

        var closing = pair.Connection.CloseAsync((WebSocketCloseStatus)1012, "restart");
        gate.SetResult();

        Assert.Equal("""[3,"7",{}]""", await pair.NextAsync());
        Assert.Equal("close 1012", await pair.NextAsync());
        await closing;
        Assert.Equal(
            new RpcEnd(RpcEndKind.ClosedByUs, (WebSocketCloseStatus)1012, "restart"), await pair.EndAsync());
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_our_close_is_cut_off()
    {
        await using var pair = new RpcPair();
        await pair.SyncAsync();
        await pair.Connection.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        await pair.SendAsync("""[2,"8","Echo",{}]""");

        pair.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(RpcEndKind.ClosedByUs, (await pair.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Kind);
        Assert.Equal("close 1000", await pair.NextAsync());
    }

    [Fact]
    public async Task A_bug_in_an_observer_does_not_keep_the_connection_from_ending()
    {
        await using var pair = new RpcPair(
            _ => throw new NotSupportedException("boom"), onIncident: _ => throw new NotSupportedException("worse"));

        await pair.SendAsync("""[2,"7","Echo",{}]""");
        pair.Peer.Abort();

        Assert.Equal(RpcEndKind.Broken, (await pair.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Kind);
    }

    [Fact]
    public async Task Cancelling_the_run_aborts_the_socket()
    {
        using var abort = new CancellationTokenSource();
        var ours = WebSocket.CreateFromStream(new SilentStream(), true, null, Timeout.InfiniteTimeSpan);
        using var connection = new RpcConnection(
            ours, new RpcOptions { Rules = RpcRules.V16 }, _ => default, TimeProvider.System);
        var run = connection.RunAsync(abort.Token);

        await abort.CancelAsync();

        Assert.Equal(RpcEndKind.Broken, (await run.WaitAsync(TimeSpan.FromSeconds(10))).Kind);
    }

    /// <summary>A stream on which nothing ever arrives until it is disposed.</summary>
    private sealed class SilentStream : MemoryStream
    {
        private readonly TaskCompletionSource<int> _gone = new();

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await _gone.Task.WaitAsync(cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _gone.TrySetResult(0);
            base.Dispose(disposing);
        }
    }
}
