using Voltgate.Domain.Rates;
using Voltgate.Domain.Sessions;
using Voltgate.Domain.Stations;
using static Voltgate.Tests.Domain.Given;

namespace Voltgate.Tests.Domain;

/// <summary>Sessions that a queue tells of months later, by the tenant's word.</summary>
public sealed class StationsLateTests
{
    private readonly Story story = new() { Plan = Plan() };

    [Theory]
    [InlineData(LatePolicy.Bill, 0, 5_000_000)]
    [InlineData(LatePolicy.Review, 1, 5_000_000)]
    [InlineData(LatePolicy.Waive, 1, 0)]
    public void The_tenant_says_what_becomes_of_a_late_bill(LatePolicy policy, int flags, long micros)
    {
        story.Late = new LateBilling(policy, 30);
        FromQueue(Noon - 31 * Day);

        Assert.Equal((SessionStatus.Ended, micros), (story.Session.Status, story.Session.CostMicros));
        Assert.Equal(flags == 1 ? "late" : "", string.Join(' ', story.Session.Review));
        Assert.Equal(micros, Tariffing.BillOf(story.Session)!.AmountMicros);
        Assert.Equal(5m, Assert.Single(Tariffing.BillOf(story.Session)!.Lines).TotalCost); // what it would have been
    }

    [Fact]
    public void What_ended_less_long_ago_is_billed_as_ever()
    {
        story.Late = new LateBilling(LatePolicy.Waive, 30);
        FromQueue(Noon - 30 * Day);

        Assert.Equal(5_000_000, story.Session.CostMicros);
        Assert.Empty(story.Session.Review);
    }

    [Fact]
    public void A_clock_that_is_months_behind_does_not_charge_for_free()
    {
        story.Late = new LateBilling(LatePolicy.Waive, 30);
        story.Start(wh: 0, at: StationTime.At(Noon - 90 * Day));
        story.Pass(Hour);
        story.Stop(wh: 10_000, at: StationTime.At(Noon - 90 * Day + Hour));

        Assert.Equal((5_000_000, "clock"), (story.Session.CostMicros, Assert.Single(story.Session.Review)));
    }

    [Fact]
    public void One_whose_stop_never_came_is_judged_by_its_last_reading()
    {
        story.Late = new LateBilling(LatePolicy.Waive, 30);
        story.Start(wh: 0, at: StationTime.At(Noon - 60 * Day));
        story.Meter(story.Session.Number, Register(Noon - 60 * Day + Hour, 4_000));
        story.Start("OTHER", wh: 4_000);

        var old = story.Sessions.Values.Single(s => s.IdTag == "CARD");
        Assert.Equal((0, SessionStatus.Ended), (old.CostMicros, old.Status));
        Assert.Equal(["late", "superseded"], old.Review);
    }

    // An hour, in one go, with ten kWh.
    private void FromQueue(long fromMs)
    {
        story.Start(wh: 0, at: StationTime.At(fromMs - Hour));
        story.Stop(wh: 10_000, at: StationTime.At(fromMs));
    }
}
