using System.Collections.Immutable;
using Voltgate.Domain.Rates;

namespace Voltgate.Domain.Stations;

/// <summary>A stretch of a day, in minutes of the wall clock; the end is not part of it.</summary>
public readonly record struct OpenWindow(int StartMinute, int EndMinute);

/// <summary>
/// When a location is open (api-contract §3 Location), on its own clock. An hour that spring skips is never looked at,
/// one that autumn repeats counts twice.
/// </summary>
/// <param name="Days">Seven, Sunday first; a day without windows is closed.</param>
public sealed record OpeningHours(ImmutableArray<ImmutableArray<OpenWindow>> Days, TimeZoneInfo Zone)
{
    public bool IsOpen(long atMs)
    {
        var wall = WallClock.At(atMs, Zone);
        var minute = wall.Hour * 60 + wall.Minute;
        foreach (var window in Days[(int)wall.DayOfWeek])
            if (window.StartMinute <= minute && minute < window.EndMinute) return true;
        return false;
    }
}

/// <summary>
/// Opens and closes connectors as their location does. A station changes availability when its running transaction is
/// over (OCPP 1.6 §5.2 "Scheduled"), so no session is touched.
/// </summary>
internal static class HoursMachine
{
    /// <summary>Until a station that refused, or stayed silent, is asked again.</summary>
    private const long RetryMs = 15 * 60_000;

    public static void Turn(Decision decision, HoursTurned turned)
    {
        if (!decision.Station.Online || decision.Station.ConnectorById(turned.Connector) is not { } connector) return;
        if (!connector.IsDue(turned.Closed, decision.NowMs)) return;
        decision.Keep(connector with { Closed = turned.Closed, HoursRetryAtMs = null });
        decision.Tell(
            new Errand(ErrandKind.Hours, connector.Id), new ChangeAvailability(connector.Place, !turned.Closed));
    }

    public static void Answered(Decision decision, string id, Receipt receipt)
    {
        if (receipt.Answer == Answer.Accepted || decision.Station.ConnectorById(id) is not { } connector) return;
        var retryAtMs = receipt.Answer == Answer.Offline ? decision.NowMs : decision.NowMs + RetryMs;
        decision.Keep(connector with { Closed = !connector.Closed, HoursRetryAtMs = retryAtMs });
    }
}
