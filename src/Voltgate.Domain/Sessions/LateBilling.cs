namespace Voltgate.Domain.Sessions;

/// <summary>
/// What becomes of a bill that comes late: made as any other, looked at by a person first, or not made.
/// </summary>
public enum LatePolicy
{
    Bill,
    Review,
    Waive,
}

/// <summary>A tenant's word on sessions that a station reports long after they ended (an offline queue).</summary>
/// <param name="AfterDays">From when on, counted from the session's end, it is late; one at least.</param>
public sealed record LateBilling(LatePolicy Policy, int AfterDays)
{
    /// <summary>Of a tenant that has said nothing.</summary>
    public static readonly LateBilling Standard = new(LatePolicy.Review, 30);

    private const long DayMs = 86_400_000;

    /// <summary>Nobody's policy need be asked for before that.</summary>
    public static bool IsCalledFor(long atMs, long nowMs) => nowMs - atMs > DayMs;

    /// <summary>
    /// Judges a session as it closes. One whose clock was wrong is not late: nobody knows when it was.
    /// </summary>
    public static Session Judge(LateBilling? tenant, Session session, long endMs, long nowMs)
    {
        if (tenant is not { Policy: not LatePolicy.Bill } late) return session;
        if (nowMs - endMs <= late.AfterDays * DayMs || session.Review.Contains("clock")) return session;
        return MeterFold.Flag(session, "late") with { Waived = late.Policy == LatePolicy.Waive };
    }
}
