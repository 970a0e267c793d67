namespace Voltgate.Tests;

/// <summary>A clock that stands still until a test moves it; its timers fire inside <see cref="Advance"/>.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long NowMs => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, stopping at each timer that is due on the way, earliest first.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset until;
        lock (_gate) until = _now + by;
        while (TakeDue(until) is { } due) due.Fire();
        lock (_gate) _now = until;
    }

    /// <summary>
    /// Moves on at once and then fires what came due: whatever other threads begin to wait for meanwhile counts from
    /// the new time, so that no step of theirs can be late by the leap itself.
    /// </summary>
    public void Leap(TimeSpan by)
    {
        lock (_gate) _now += by;
        Advance(TimeSpan.Zero);
    }

    /// <summary>How many timers are set: lets a test wait until code under test waits.</summary>
    public int Timers
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var due = _timers.Where(t => t.DueAt <= until).MinBy(t => t.DueAt);
            if (due is null) return null;
            if (due.DueAt > _now) _now = due.DueAt;
            if (due.Period > TimeSpan.Zero) due.DueAt += due.Period;
            else _timers.Remove(due);
            return due;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                Period = period > TimeSpan.Zero ? period : TimeSpan.Zero;
                if (dueTime < TimeSpan.Zero) return true;
                DueAt = time._now + dueTime;
                time._timers.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
