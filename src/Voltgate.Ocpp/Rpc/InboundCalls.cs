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
        _ = ServeFromAsync(serve(call));
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
        }
        serving = serve(call);
        return true;
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
