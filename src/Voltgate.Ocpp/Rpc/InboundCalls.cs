namespace Voltgate.Ocpp.Rpc;

/// <summary>The peer's CALLs, served in their order, one at a time.</summary>
internal sealed class InboundCalls(int limit, Func<Call, Task> serve)
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _waiting = [];
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
            if (_busy && _waiting.Count >= limit) return Admission.Full;
            if (_busy)
            {
                _waiting.Enqueue(call);
                return Admission.Waits;
            }
            _busy = true;
        }
        // Owned by WhenIdle: the connection does not end before this does.
        _ = ServeFromAsync(call);
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
        }
    }

    private async Task ServeFromAsync(Call first)
    {
        Call? call = first;
        try
        {
            for (; call is not null; call = Next()) await serve(call);
        }
        finally
        {
            // Only a bug throws here; even then nobody may wait for ever.
            if (call is not null) Rest();
        }
    }

    private Call? Next()
    {
        lock (_gate)
        {
            if (!_ended && _waiting.TryDequeue(out var call)) return call;
            Rest();
            return null;
        }
    }

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
