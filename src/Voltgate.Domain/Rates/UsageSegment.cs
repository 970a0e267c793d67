namespace Voltgate.Domain.Rates;

/// <summary>
/// What was used during one stretch of one price list. <see cref="RateIndex"/>: 0 is the plan's default rate,
/// n its n-th schedule entry. Draw is time the vehicle drew energy, Idle time it was plugged in and did not.
/// From and To span what was booked so far; they never reach over a boundary of the schedule.
/// </summary>
public sealed record UsageSegment(long FromMs, long ToMs, int RateIndex, Energy Energy, long DrawMs, long IdleMs);
