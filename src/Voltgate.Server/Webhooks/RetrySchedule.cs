using System.Globalization;

namespace Voltgate.Server.Webhooks;

/// <summary>When a failed delivery is tried again (api-contract §4): pure, the jitter is passed in.</summary>
internal static class RetrySchedule
{
    public const int JitterPermille = 200;

    private const long Second = 1000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long LongestRetryAfter = 24 * Hour;

    private static readonly long[] Delays =
    [
        5 * Second, 5 * Minute, 30 * Minute, 2 * Hour, 5 * Hour, 10 * Hour, 14 * Hour, 20 * Hour, 24 * Hour,
    ];

    /// <summary>The first try and one more for each delay.</summary>
    public static int MaxAttempts => Delays.Length + 1;

    /// <summary>
    /// Milliseconds from the end of attempt <paramref name="attempt"/> (from 1) to the next; null: exhausted.
    /// </summary>
    /// <param name="jitterPermille">−200…200: spreads the retries of many lanes.</param>
    /// <param name="retryAfterMs">What the receiver asked for; it can only make the wait longer, so that an eager
    /// receiver does not use up the attempts that are meant to outlast its outage.</param>
    public static long? DelayMs(long attempt, int jitterPermille, long? retryAfterMs)
    {
        if (attempt < 1 || attempt > Delays.Length) return null;
        var delay = Delays[attempt - 1];
        delay += delay * Math.Clamp(jitterPermille, -JitterPermille, JitterPermille) / 1000;
        return retryAfterMs is { } asked ? Math.Max(delay, Math.Min(asked, LongestRetryAfter)) : delay;
    }

    /// <summary>Reads Retry-After: seconds or an HTTP date; null when it is neither.</summary>
    public static long? RetryAfterMs(string? header, long nowMs)
    {
        if (long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return Math.Min(seconds, LongestRetryAfter / Second) * Second;
        if (!DateTimeOffset.TryParseExact(
                header, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return null;
        return Math.Clamp(date.ToUnixTimeMilliseconds() - nowMs, 0, LongestRetryAfter);
    }
}
