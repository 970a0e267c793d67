using System.Net.WebSockets;

namespace Voltgate.Ocpp.Rpc;

/// <summary>
/// One end of an OCPP-J connection, station's or platform's. <see cref="RunAsync"/> receives until the end; the
/// peer's CALLs go to <paramref name="serve"/> in order, one at a time; ours wait for their turn in
/// <see cref="CallAsync"/>. The handler may answer late, but must never await a CALL of ours to the same peer.
/// </summary>
public sealed class RpcConnection(
    WebSocket socket,
    RpcOptions options,
    Func<Call, ValueTask<OutboundAnswer>> serve,
    TimeProvider clock,
    RpcObserver? observer = null) : IDisposable
{
    private readonly OutboundCalls _outbound = new(options, clock);
    private readonly RpcSender _sender = new(socket, options, clock, observer);
    private readonly Lock _gate = new();
    private InboundCalls? _inbound;
    private Task _pump = Task.CompletedTask;
    private Task _shutting = Task.CompletedTask;
    private bool _pumping;
    private RpcEnd? _end;
    private long _minuteFrom;
    private int _unreadable;

    /// <summary>May be raised once the station has earned it; holds from the next message on.</summary>
    public int MaxMessageBytes { get; set; } = options.MaxMessageBytes;

    /// <summary>How many CALLs of ours in a row got no answer: a sign of a link that is only half alive.</summary>
    public int ConsecutiveTimeouts => _outbound.ConsecutiveTimeouts;

    /// <summary>Serves the connection until it ends. To be called once. Aborts the socket when cancelled.</summary>
    public async Task<RpcEnd> RunAsync(CancellationToken abort = default)
    {
        using var aborting = abort.UnsafeRegister(static s => ((WebSocket)s!).Abort(), socket);
        _inbound = new InboundCalls(options, clock, ServeAsync);
        try
        {
            await ReceiveAsync(_inbound);
        }
        catch (Exception broken) when (RpcSender.IsTransport(broken))
        {
            // Invalid UTF-8, reserved bits and other faults of framing come here too: the runtime closes those itself.
            SetEnd(new RpcEnd(RpcEndKind.Broken, socket.CloseStatus, broken.GetBaseException().Message));
        }
        finally
        {
            _inbound.End();
            _outbound.End();
            await _inbound.WhenIdle();
            await _pump;
            await _shutting;
            AbortUnlessClosed();
        }
        return _end!;
    }

    /// <summary>Sends a CALL when its turn comes. Never throws; see <see cref="CallOutcome"/>.</summary>
    /// <param name="payload">A JSON object.</param>
    /// <param name="messageId">At most 36 characters; null: a new one. Stations repeat theirs when they retry.</param>
    public Task<CallOutcome> CallAsync(
        string action, ReadOnlyMemory<byte> payload, string? messageId = null, CallPatience patience = default)
    {
        var id = messageId ?? Guid.NewGuid().ToString();
        var call = new OutboundCall(id, FrameWriter.Call(id, action, payload.Span), patience);
        if (!_outbound.TryAdd(call)) return call.Outcome;
        lock (_gate)
        {
            if (_pumping) return call.Outcome;
            _pumping = true;
        }
        _pump = PumpAsync();
        return call.Outcome;
    }

    /// <summary>Sends a SEND (OCPP-J 2.1 §4.2.4) at once; false: the connection closes.</summary>
    public ValueTask<bool> SendAsync(string action, ReadOnlyMemory<byte> payload) =>
        _sender.SendAsync(FrameWriter.Send(Guid.NewGuid().ToString(), action, payload.Span));

    /// <summary>Lets the CALL being served be answered, then closes. <see cref="RunAsync"/> ends later.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason)
    {
        var idle = _inbound?.WhenIdle() ?? Task.CompletedTask;
        await Task.WhenAny(idle, Task.Delay(options.CloseTimeout, clock));
        SetEnd(new RpcEnd(RpcEndKind.ClosedByUs, status, reason));
        await _sender.CloseAsync(status, reason);
    }

    /// <summary>After the end of <see cref="RunAsync"/>. The socket itself is its owner's to dispose.</summary>
    public void Dispose()
    {
        AbortUnlessClosed();
        _sender.Dispose();
        _inbound?.Dispose();
    }

    // After a whole closing handshake our close frame may still be on its way: aborting would overtake it.
    private void AbortUnlessClosed()
    {
        if (socket.State != WebSocketState.Closed) socket.Abort();
    }

    private async Task ReceiveAsync(InboundCalls inbound)
    {
        var reader = new MessageReader(socket, options.MessageTimeout, clock, Stalled);
        while (true)
        {
            var received = await reader.ReadAsync(() => MaxMessageBytes);
            if (received.Text is { } text && _end is null)
                await TakeAsync(Frame.Parse(text, options.Rules.LastType), inbound);
            else if (received.Breach is { } breach) await ShutAsync(breach, received.Reason);
            else if (received.Text is null) break;
            if (_end is null) continue;
            await reader.DrainAsync();
            break;
        }
        SetEnd(new RpcEnd(RpcEndKind.ClosedByPeer, socket.CloseStatus, socket.CloseStatusDescription ?? ""));
        await _sender.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
    }

    private async ValueTask TakeAsync(Frame frame, InboundCalls inbound)
    {
        observer?.OnFrame?.Invoke(FrameDirection.In, frame.Text);
        // CALLs wait in their queue, so that whoever goes on regardless fills it; the rest holds up what follows.
        if (frame is not Call) await inbound.PaceAsync();
        switch (frame)
        {
            case Call call:
                await AcceptAsync(call, inbound);
                break;
            case CallResult result:
                Settle(result.Id, new CallAnswered(result.Payload));
                break;
            case CallError { IsOfResult: true } refusal:
                Report(IncidentKind.AnswerRefused, refusal.Id, $"{refusal.Word}: {refusal.Description}");
                break;
            case CallError error:
                Settle(error.Id, new CallRefused(error.Code, error.Word, error.Description, error.ToJson()));
                break;
            case BadFrame bad:
                await TakeBadAsync(bad);
                break;
        }
    }

    private async ValueTask AcceptAsync(Call call, InboundCalls inbound)
    {
        var admission = inbound.Accept(call);
        if (admission == InboundCalls.Admission.Served) return;
        if (!call.IsSend) Report(IncidentKind.OverlappingCall, call.Id, call.Action);
        if (admission == InboundCalls.Admission.Full)
            await ShutAsync(Breach.TooManyCalls, "too many calls at once");
    }

    private async ValueTask TakeBadAsync(BadFrame bad)
    {
        Report(IncidentKind.BadFrame, bad.Id, bad.Reason);
        if (bad is { Id: not null, Type: FrameType.CallResult or FrameType.CallError })
        {
            var word = options.Rules.Spell(RpcErrorCode.FormatViolation);
            if (bad.Type == FrameType.CallResult && options.Rules.RefusesResults)
                await _sender.SendAsync(FrameWriter.ResultError(bad.Id, word, bad.Reason));
            Settle(bad.Id, new CallRefused(RpcErrorCode.FormatViolation, word, bad.Reason, "{}"));
        }
        if (options.Rules.AnswerTo(bad) is { } code)
            await SendErrorAsync(bad.Id ?? options.Rules.IdOfNothing!, code, bad.Reason);
        var unreadable = bad.Kind == BadFrameKind.NotJson || (bad.Kind == BadFrameKind.Malformed && bad.Id is null);
        if (unreadable && IsOneTooMany()) await ShutAsync(Breach.Unreadable, "not OCPP-J");
    }

    private bool IsOneTooMany()
    {
        var now = clock.GetTimestamp();
        if (_unreadable == 0 || clock.GetElapsedTime(_minuteFrom, now) >= TimeSpan.FromMinutes(1))
            (_minuteFrom, _unreadable) = (now, 0);
        return ++_unreadable >= options.UnreadablePerMinute;
    }

    // The frame itself is not kept alive while its answer is awaited: that may take as long as a disk.
    private Task ServeAsync(Call call)
    {
        ValueTask<OutboundAnswer> serving;
        try
        {
            serving = serve(call);
        }
        catch (Exception failure)
        {
            serving = ValueTask.FromException<OutboundAnswer>(failure);
        }
        return AnswerAsync(call.Id, call.Action, serving, call.IsSend);
    }

    private async Task AnswerAsync(string id, string action, ValueTask<OutboundAnswer> serving, bool isSend)
    {
        OutboundAnswer answer;
        try
        {
            answer = await serving;
        }
        catch (Exception failure)
        {
            // The edge: one CALL's failure must not take the connection, and is never the peer's fault.
            Report(IncidentKind.HandlerFailed, id, action, failure);
            answer = OutboundAnswer.Error(RpcErrorCode.InternalError);
        }
        if (isSend) return;
        if (answer.Code is { } code) await SendErrorAsync(id, code, answer.Description);
        else await _sender.SendAsync(FrameWriter.Result(id, answer.Payload.Span));
    }

    private async Task PumpAsync()
    {
        while (TakeNext() is { } call)
        {
            call.Patience.OnSend?.Invoke();
            if (await _sender.SendAsync(call.Frame)) await call.Turn;
            else call.Settle(new CallUnsent(UnsentReason.NotConnected));
        }
    }

    private OutboundCall? TakeNext()
    {
        lock (_gate)
        {
            var call = _outbound.Next();
            _pumping = call is not null;
            return call;
        }
    }

    private ValueTask<bool> SendErrorAsync(string id, RpcErrorCode code, string description) =>
        _sender.SendAsync(FrameWriter.Error(id, options.Rules.Spell(code), description));

    private void Settle(string id, CallOutcome outcome)
    {
        if (_outbound.Answer(id, outcome) is { } odd) Report(odd, id, "");
    }

    private void Stalled() => _shutting = ShutAsync(Breach.TooSlow, "the message took too long");

    private Task ShutAsync(Breach breach, string reason)
    {
        var status = breach.Status();
        SetEnd(new RpcEnd(RpcEndKind.ClosedByUs, status, reason) { Breach = breach });
        return _sender.CloseAsync(status, reason);
    }

    private void SetEnd(RpcEnd end) => Interlocked.CompareExchange(ref _end, end, null);

    private void Report(IncidentKind kind, string? id, string detail, Exception? failure = null) =>
        observer?.OnIncident?.Invoke(new RpcIncident(kind, id, detail, failure));
}
