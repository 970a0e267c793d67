namespace Voltgate.Ocpp.Rpc;

/// <summary>A CALL of ours. Its task ends with the outcome, whatever happens.</summary>
internal sealed class OutboundCall(string id, byte[] frame, CallPatience patience)
{
    private readonly TaskCompletionSource<CallOutcome> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => id;

    public byte[] Frame => frame;

    public CallPatience Patience => patience;

    public Task<CallOutcome> Outcome => _outcome.Task;

    /// <summary>Ends when the next call may go out: this one is settled, or has held it up enough.</summary>
    public Task Turn => _turn.Task;

    public long BeganAt { get; set; }

    public ITimer? Timer { get; set; }

    public void GiveWay() => _turn.TrySetResult();

    public void Settle(CallOutcome outcome)
    {
        Timer?.Dispose();
        _outcome.TrySetResult(outcome);
        _turn.TrySetResult();
    }
}

/// <summary>The CALLs that wait and the one on the wire (OCPP-J 1.6 §4.1.1: one at a time).</summary>
internal sealed class OutboundCalls(RpcOptions options, TimeProvider clock)
{
    private const int RememberedIds = 8;

    private readonly Lock _gate = new();
    private readonly List<OutboundCall> _waiting = [];
    private readonly Dictionary<string, OutboundCall> _late = [];
    private readonly Queue<string> _timedOut = [];
    private OutboundCall? _current;
    private bool _ended;
    private int _silences;

    /// <summary>How many CALLs in a row got no answer.</summary>
    public int ConsecutiveTimeouts => Volatile.Read(ref _silences);

    /// <summary>False: the call is settled already, as it could not be queued.</summary>
    public bool TryAdd(OutboundCall call)
    {
        lock (_gate)
        {
            var waits = _waiting.Count + (_current is null ? 0 : 1);
            if (_ended || waits > options.QueueLimit)
            {
                call.Settle(new CallUnsent(_ended ? UnsentReason.NotConnected : UnsentReason.QueueFull));
                return false;
            }
            _waiting.Add(call);
            call.BeganAt = clock.GetTimestamp();
            var wait = RestOf(call) ?? options.QueueTtl;
            call.Timer = clock.CreateTimer(
                _ => GiveUp(call), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            return true;
        }
    }

    /// <summary>Takes the next call to send; null: none waits. The one before must have given way.</summary>
    public OutboundCall? Next()
    {
        lock (_gate)
        {
            _current = null;
            if (_ended || _waiting.Count == 0) return null;
            _current = _waiting[0];
            _waiting.RemoveAt(0);
            _current.Timer?.Change(Least(options.AnswerTimeout, RestOf(_current)), Timeout.InfiniteTimeSpan);
            return _current;
        }
    }

    /// <summary>Null where the answer belonged to the call on the wire; else what is odd about it.</summary>
    public IncidentKind? Answer(string id, CallOutcome outcome)
    {
        lock (_gate)
        {
            var call = _late.Remove(id, out var late) ? late : _current;
            if (call?.Id != id)
                return _timedOut.Contains(id) ? IncidentKind.LateAnswer : IncidentKind.UnknownAnswer;
            if (call.Outcome.IsCompleted) return IncidentKind.LateAnswer;
            _silences = 0;
            call.Settle(outcome);
            return null;
        }
    }

    /// <summary>The connection is over: what was sent may have happened, what was not has not.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _current?.Settle(new CallCutOff());
            foreach (var call in _late.Values) call.Settle(new CallCutOff());
            _late.Clear();
            foreach (var call in _waiting) call.Settle(new CallUnsent(UnsentReason.NotConnected));
            _waiting.Clear();
        }
    }

    private void GiveUp(OutboundCall call)
    {
        lock (_gate)
        {
            if (call.Outcome.IsCompleted) return;
            if (_waiting.Remove(call))
            {
                call.Settle(new CallUnsent(UnsentReason.Expired));
                return;
            }
            var wasLate = _late.Remove(call.Id);
            if (!wasLate) _silences++;
            if (!wasLate && RestOf(call) is { } rest && rest > TimeSpan.Zero)
            {
                _late.Add(call.Id, call);
                call.Timer?.Change(rest, Timeout.InfiniteTimeSpan);
                call.GiveWay();
                return;
            }
            _timedOut.Enqueue(call.Id);
            if (_timedOut.Count > RememberedIds) _timedOut.Dequeue();
            call.Settle(new CallTimedOut());
        }
    }

    private TimeSpan? RestOf(OutboundCall call) => call.Patience.Life - clock.GetElapsedTime(call.BeganAt);

    private static TimeSpan Least(TimeSpan limit, TimeSpan? rest) =>
        rest is not { } left || left >= limit ? limit : left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
