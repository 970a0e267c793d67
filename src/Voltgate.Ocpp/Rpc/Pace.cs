namespace Voltgate.Ocpp.Rpc;

/// <summary>
/// How fast a peer may go: so much a second for good, and a burst after a rest. It never refuses: it tells how long to
/// wait with what comes next.
/// </summary>
/// <param name="perSecond">Messages, or bytes; 0: as many as it likes.</param>
/// <param name="burst">At least 1.</param>
public sealed class Pace(long perSecond, long burst, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly long _step = perSecond == 0 ? 0 : Math.Max(1, TimeSpan.TicksPerSecond / perSecond);
    private readonly long _beganAt = clock.GetTimestamp();
    private long _paidUntil;

    /// <summary>Takes so many, and ends when it is time to go on, or when the other end is gone.</summary>
    public ValueTask WaitAsync(int count, CancellationToken gone)
    {
        var wait = Take(count);
        return wait == TimeSpan.Zero ? ValueTask.CompletedTask : new ValueTask(Delay(wait, gone));
    }

    private async Task Delay(TimeSpan wait, CancellationToken gone) =>
        await Task.Delay(wait, clock, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private TimeSpan Take(int count)
    {
        if (_step == 0) return TimeSpan.Zero;
        lock (_gate)
        {
            var now = clock.GetElapsedTime(_beganAt).Ticks;
            _paidUntil = Math.Max(_paidUntil, now) + (_step * count);
            var ahead = _paidUntil - now - (_step * burst);
            return ahead > 0 ? new TimeSpan(ahead) : TimeSpan.Zero;
        }
    }
}
