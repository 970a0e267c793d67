namespace Voltgate.Simulator;

/// <summary>A station's own time, in unix ms: see <see cref="Pace"/>.</summary>
internal sealed class StationClock
{
    private readonly TimeProvider _real;
    private readonly int _factor;
    private long _realMs;
    private long _nowMs;

    public StationClock(TimeProvider real, Pace pace)
    {
        (_real, _factor) = (real, pace.Factor);
        _realMs = RealNow();
        _nowMs = _realMs - (pace.Factor > 1 ? (long)pace.Lead.TotalMilliseconds : 0);
    }

    /// <param name="hurries">Whether a vehicle is plugged in, so that the clock may run ahead.</param>
    public long Advance(bool hurries)
    {
        var real = RealNow();
        var passed = Math.Max(0, real - _realMs) * (hurries ? _factor : 1);
        _realMs = real;
        return _nowMs = Math.Max(_nowMs, Math.Min(real, _nowMs + passed));
    }

    public long RealMs => _realMs;

    private long RealNow() => _real.GetUtcNow().ToUnixTimeMilliseconds();
}
