using Voltgate.Server.Tests.Transcripts;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Transaction ids: positive, 31 bits, never twice, over restarts and when the clock is set back.</summary>
public sealed class D15_TransactionIds
{
    private const int Starts = 8;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task They_are_positive_and_never_come_twice(string provider)
    {
        await using var stage = await Stage.Set(provider);
        var numbers = new List<long>();
        for (var life = 0; life < 3; life++)
        {
            for (var i = 0; i < Starts; i++)
                numbers.Add((long)(await stage.Station.Call(
                    "StartTransaction", Talk.Start(stage, 1 + i % 2, meter: 100 * life + i)))["transactionId"]!);
            await stage.Restart();
            stage.Clock.Leap(TimeSpan.FromHours(-1));
            await stage.Connect();
        }

        Assert.All(numbers, n => Assert.InRange(n, 1, int.MaxValue));
        Assert.Equal(3 * Starts, numbers.Distinct().Count());
        Assert.Equal(3 * Starts, await stage.Count("sessions"));
        // Counted up, as a guesser would hope: neighbours would differ by little.
        var close = numbers.Zip(numbers.Skip(1)).Count(p => Math.Abs(p.First - p.Second) < 1_000);
        Assert.InRange(close, 0, 1);
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task The_store_itself_refuses_a_number_that_is_taken(string provider)
    {
        await using var stage = await Stage.Set(provider);
        await stage.Station.Call("StartTransaction", Talk.Start(stage));

        var refused = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => stage.Execute(
            "insert into sessions (id, organization, chargestation, connector, rate_version, status, source, number, "
            + "created_at, updated_at) select 'twin', organization, chargestation, connector, rate_version, "
            + "'Ended', source, number, created_at, updated_at from sessions"));

        Assert.Contains("number", refused.Message, StringComparison.Ordinal);
    }
}
