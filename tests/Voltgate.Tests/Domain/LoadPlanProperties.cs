using FsCheck;
using FsCheck.Fluent;
using Voltgate.Domain.Load;

namespace Voltgate.Tests.Domain;

/// <summary>Whoever charges, and however much there is: the supply is enough, and shared out fairly.</summary>
public sealed class LoadPlanProperties
{
    private const long Minimum = 1_380;

    private static readonly Gen<Load> AnyLoad =
        from since in Gen.Choose(0, 5)
        from most in Gen.Elements(0L, 500, 1_380, 3_680, 11_000, 22_000, 150_000)
        from wants in Gen.Choose(0, 30_000)
        from hold in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Load(since, most, Math.Min(wants, most), hold ? most / 2 : null);

    private static readonly Gen<(long Capacity, Load[] Loads)> Situations =
        from capacity in Gen.Choose(0, 120_000)
        from loads in AnyLoad.ListOf()
        select ((long)capacity, loads.ToArray());

    private static void ForEach(Action<long, Load[], long[]> check) =>
        Prop.ForAll(Situations.ToArbitrary(), s => check(
            s.Capacity, s.Loads, LoadPlan.Shares(s.Capacity, Minimum, s.Loads)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Together_they_have_no_more_than_there_is() => ForEach((capacity, loads, shares) =>
    {
        var held = loads.Sum(l => l.FixedW ?? 0);
        Assert.InRange(shares.Sum(), 0, Math.Max(capacity, held));
        for (var i = 0; i < loads.Length; i++)
            if (loads[i].FixedW is { } fixedAt) Assert.Equal(fixedAt, shares[i]);
            else Assert.InRange(shares[i], 0, loads[i].MostW);
    });

    [Fact]
    public void Each_has_enough_to_charge_or_nothing_and_who_came_first_has_it_first() => ForEach((_, loads, shares) =>
    {
        for (var i = 0; i < loads.Length; i++)
        {
            if (loads[i].FixedW is not null) continue;
            var least = Math.Min(Minimum, loads[i].MostW);
            Assert.True(shares[i] == 0 || shares[i] >= least);
            if (shares[i] >= least) continue;
            Assert.All(
                Enumerable.Range(0, loads.Length).Where(k => loads[k].FixedW is null && shares[k] >= least),
                k => Assert.True(loads[k].SinceMs <= loads[i].SinceMs));
        }
    });

    [Fact]
    public void Nobody_has_more_than_another_who_could_use_it() => ForEach((_, loads, shares) =>
    {
        for (var i = 0; i < loads.Length; i++)
            for (var k = 0; k < loads.Length; k++)
                if (loads[i].FixedW is null && loads[k].FixedW is null && shares[i] > 0
                    && shares[i] < loads[i].WantsW)
                    Assert.True(shares[k] <= Math.Max(shares[i] + 1, Minimum));
    });

    [Fact]
    public void Nothing_lies_idle_that_somebody_could_use() => ForEach((capacity, loads, shares) =>
    {
        var left = capacity - shares.Sum();
        var hungry = Enumerable.Range(0, loads.Length).Count(i =>
            loads[i].FixedW is null && shares[i] > 0 && shares[i] < loads[i].MostW);
        Assert.True(hungry == 0 || left < hungry);
    });

    [Theory]
    [InlineData(20_000, "22000 22000", "10000 10000")]
    [InlineData(20_000, "3680 22000", "3680 16320")]
    [InlineData(3_000, "22000 22000 22000", "1500 1500 0")]
    [InlineData(1_000, "22000", "0")]
    [InlineData(100_000, "22000 22000", "22000 22000")]
    public void Some_that_can_be_reckoned_by_hand(long capacity, string most, string shares) => Assert.Equal(
        shares,
        string.Join(' ', LoadPlan.Shares(
            capacity, Minimum,
            [.. most.Split(' ').Select(long.Parse).Select((watts, i) => new Load(i, watts, watts))])));

    [Fact]
    public void Less_is_told_first_and_more_as_far_as_there_is_room()
    {
        LoadStep[] steps = [new(20_000, 10_000, true), new(0, 10_000, true)];
        Assert.Equal([(0, 10_000)], LoadSteps.Next(20_000, steps));
        steps[0] = new(20_000, 10_000, false); // told, not confirmed
        Assert.Empty(LoadSteps.Next(20_000, steps));
        steps[0] = new(10_000, 10_000, true);
        Assert.Equal([(1, 10_000)], LoadSteps.Next(20_000, steps));
    }

    [Fact]
    public void For_a_few_watts_nobody_is_told_anything()
    {
        Assert.Empty(LoadSteps.Next(30_000, [new(10_000, 10_300, true), new(10_000, 9_700, true)]));
        Assert.Equal([(1, 9_700)], LoadSteps.Next(19_900, [new(10_000, 10_000, true), new(10_000, 9_700, true)]));
    }
}
