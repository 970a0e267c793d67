using Voltgate.Simulator;

namespace Voltgate.Tests.Simulator;

public sealed class PhysicsTests
{
    [Fact]
    public void Direct_current_tapers_with_the_battery()
    {
        long At(int percent) => Vehicle.Of(60, percent, 11_000, 120_000).DrawW(ConnectorSpec.Dc150, 60_000);

        Assert.Equal(120_000, At(20));
        Assert.InRange(At(65), 80_000, 95_000);
        Assert.InRange(At(90), 25_000, 35_000);
        Assert.Equal(0, At(100));
    }

    [Fact]
    public void Alternating_current_is_bound_by_the_car_and_holds_until_nearly_full()
    {
        long At(int percent) => Vehicle.Of(60, percent, 11_000, 120_000).DrawW(ConnectorSpec.Ac22, 60_000);

        Assert.Equal(11_000, At(20));
        Assert.Equal(11_000, At(95));
        Assert.InRange(At(99), 1_000, 6_000);
    }

    [Fact]
    public void A_hurried_clock_never_passes_the_real_one_and_never_goes_back()
    {
        var real = new HandClock();
        var clock = new StationClock(real, new Pace(60, TimeSpan.FromMinutes(10)));
        var start = clock.Advance(hurries: false);
        Assert.Equal(600_000, real.NowMs - start);

        real.NowMs += 5_000;
        Assert.Equal(start + 300_000, clock.Advance(hurries: true));
        real.NowMs += 60_000;
        Assert.Equal(real.NowMs, clock.Advance(hurries: true));
        var before = real.NowMs;
        real.NowMs -= 1_000;
        Assert.Equal(before, clock.Advance(hurries: true));
    }

    [Fact]
    public void The_same_seed_gives_the_same_story()
    {
        static List<int> Story(ulong seed)
        {
            var dice = new Dice(seed);
            return [.. Enumerable.Range(0, 50).Select(_ => dice.Between(-10, 10))];
        }

        Assert.Equal(Story(7), Story(7));
        Assert.NotEqual(Story(7), Story(8));
        Assert.All(Story(7), n => Assert.InRange(n, -10, 9));
    }

    private sealed class HandClock : TimeProvider
    {
        public long NowMs { get; set; } = SimulatorBench.Noon;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
    }
}
