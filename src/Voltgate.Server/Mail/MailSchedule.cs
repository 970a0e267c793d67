namespace Voltgate.Server.Mail;

/// <summary>When a mail that could not be sent is tried again: pure.</summary>
internal static class MailSchedule
{
    /// <summary>Who could not be reached for so long is not told any more.</summary>
    public const long PatienceMs = 3 * 24 * 60 * Minute;

    private const long Minute = 60_000;

    private static readonly long[] Delays =
        [Minute, 5 * Minute, 15 * Minute, 30 * Minute, 60 * Minute, 120 * Minute, 240 * Minute];

    /// <param name="attempts">How many failed, from 1.</param>
    public static long DelayMs(long attempts) => Delays[Math.Min(attempts, Delays.Length) - 1];
}
