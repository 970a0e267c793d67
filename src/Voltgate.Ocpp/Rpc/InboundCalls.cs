namespace Voltgate.Ocpp.Rpc;

/// <summary>The peer's CALLs, served in their order, one at a time, and no faster than it may go.</summary>
internal sealed class InboundCalls(RpcOptions options, TimeProvider clock, Func<Call, Task> serve) : IDisposable
{
    /// <summary>What waits may have so many bytes together; a single one may have more.</summary>
    private const long MostBytes = 1_048_576;

    private readonly Pace _pace = new(options.MessagesPerSecond, options.MessageBurst, clock);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private readonly Queue<Call> _waiting = [];
    private long _waitingBytes;
    private TaskCompletionSource? _idle;
    private bool _busy;
    private bool _ended;

    public enum Admission
    {
        Served,
        Waits,
        Full,
    }

    public Admission Accept(Call call)
    {
        lock (_gate)
        {
            if (_busy && IsFull(call)) return Admission.Full;
            if (_busy)
            {
                _waiting.Enqueue(call);
                _waitingBytes += call.Text.Length;
                return Admission.Waits;
            }
            _busy = true;
        }
        // Owned by WhenIdle: the connection does not end before this does.
        _ = ServeFromAsync(PacedAsync(call));
        return Admission.Served;
    }

    /// <summary>Ends when no CALL is being served and none waits.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            if (!_busy) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Nothing that waits will be served any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _waiting.Clear();
            _waitingBytes = 0;
        }
        _over.Cancel();
    }

    /// <summary>A message that is no CALL counts, too; ends when it is time to go on.</summary>
    public ValueTask PaceAsync() => _pace.WaitAsync(1, _over.Token);

    public void Dispose() => _over.Dispose();

    private Task PacedAsync(Call call)
    {
        var wait = PaceAsync();
        return wait.IsCompletedSuccessfully ? serve(call) : ServeLaterAsync(wait, call);
    }

    private async Task ServeLaterAsync(ValueTask wait, Call call)
    {
        await wait;
        if (!_over.IsCancellationRequested) await serve(call);
    }

    private async Task ServeFromAsync(Task first)
    {
        var rests = false;
        try
        {
            for (var serving = first; !rests; rests = !TryNext(out serving)) await serving;
        }
        finally
        {
            // Only a bug throws here; even then nobody may wait for ever.
            if (!rests) Rest();
        }
    }

    /// <summary>Serves the next one; false: there is none, and the connection rests.</summary>
    private bool TryNext(out Task serving)
    {
        Call? call;
        lock (_gate)
        {
            if (_ended || !_waiting.TryDequeue(out call))
            {
                Rest();
                serving = Task.CompletedTask;
                return false;
            }
            _waitingBytes -= call.Text.Length;
        }
        serving = PacedAsync(call);
        return true;
    }

    private bool IsFull(Call call) =>
        _waiting.Count >= options.InboundQueueLimit
        || (_waiting.Count > 0 && _waitingBytes + call.Text.Length > MostBytes);

    private void Rest()
    {
        lock (_gate)
        {
            _busy = false;
            _idle?.SetResult();
            _idle = null;
        }
    }
}
