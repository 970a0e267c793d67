using Voltgate.Server.Webhooks;

namespace Voltgate.Server.Tests.Webhooks;

public sealed class RetryScheduleTests
{
    private const long Hour = 3_600_000;

    [Theory]
    [InlineData(1, 5_000)]
    [InlineData(2, 300_000)]
    [InlineData(3, 1_800_000)]
    [InlineData(4, 2 * Hour)]
    [InlineData(5, 5 * Hour)]
    [InlineData(6, 10 * Hour)]
    [InlineData(7, 14 * Hour)]
    [InlineData(8, 20 * Hour)]
    [InlineData(9, 24 * Hour)]
    public void Each_failure_waits_as_the_table_says_give_or_take_a_fifth(int attempt, long delay)
    {
        Assert.Equal(delay, RetrySchedule.DelayMs(attempt, 0, null));
        Assert.Equal(delay * 8 / 10, RetrySchedule.DelayMs(attempt, -200, null));
        Assert.Equal(delay * 12 / 10, RetrySchedule.DelayMs(attempt, 200, null));
        Assert.Equal(delay * 12 / 10, RetrySchedule.DelayMs(attempt, 5000, null));
    }

    [Fact]
    public void After_the_last_there_is_no_other() =>
        Assert.Null(RetrySchedule.DelayMs(RetrySchedule.MaxAttempts, 0, null));

    [Fact]
    public void A_receiver_may_ask_for_more_time_but_not_for_more_than_a_day()
    {
        Assert.Equal(60_000, RetrySchedule.DelayMs(1, 0, 60_000));
        Assert.Equal(5_000, RetrySchedule.DelayMs(1, 0, 1_000));
        Assert.Equal(24 * Hour, RetrySchedule.DelayMs(1, 0, 1000 * Hour));
    }

    [Theory]
    [InlineData("120", 120_000L)]
    [InlineData("0", 0L)]
    [InlineData("99999999", 24 * Hour)]
    [InlineData("Sun, 22 Nov 2026 07:01:00 GMT", 60_000L)]
    [InlineData("Sun, 22 Nov 2026 06:00:00 GMT", 0L)]
    [InlineData("Sat, 22 Nov 2036 06:00:00 GMT", 24 * Hour)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("", null)]
    public void Retry_After_is_seconds_or_a_date(string header, long? expected)
    {
        var now = new DateTimeOffset(2026, 11, 22, 7, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        Assert.Equal(expected, RetrySchedule.RetryAfterMs(header, now));
    }
}
