namespace Voltgate.Ocpp.Rpc;

/// <summary>The peer's CALLs, served in their order, one at a time.</summary>
internal sealed class InboundCalls(int limit, Func<Call, Task> serve)
{
    private readonly Lock _gate = new();
    private readonly Queue<Call> _waiting = [];
    private bool _busy;
    private bool _ended;

    public enum Admission
    {
        Served,
        Waits,
        Full,
    }

    /// <summary>Ends when no CALL is being served or waits; started anew by the next one.</summary>
    public Task Serving { get; private set; } = Task.CompletedTask;

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
        // Only the receive loop comes here, so nobody else assigns it meanwhile.
        Serving = ServeFromAsync(call);
        return Admission.Served;
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
        for (Call? call = first; call is not null; call = Next()) await serve(call);
    }

    private Call? Next()
    {
        lock (_gate)
        {
            if (!_ended && _waiting.TryDequeue(out var call)) return call;
            _busy = false;
            return null;
        }
    }
}
