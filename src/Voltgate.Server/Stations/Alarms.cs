using System.Collections.Concurrent;
using Voltgate.Domain.Stations;

namespace Voltgate.Server.Stations;

/// <summary>
/// Tells the owner of a station that somebody came in its name with a certificate that does not do: the first of a kind
/// at once, then one a minute. How often it was tried stands among the connection attempts.
/// </summary>
internal sealed class Alarms(LocalStations stations, TimeProvider clock)
{
    private const string Kind = "client_certificate_refused";
    private const int Most = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Station, string Code), long> told = new();

    public async Task Raise(Attempt refused)
    {
        if (refused.Station is not { } station || !refused.Code.StartsWith("certificate_", StringComparison.Ordinal))
            return;
        if (!IsDue((station, refused.Code)) || await stations.Of(station) is not { } actor) return;
        var detail = refused.Detail.Length == 0 ? refused.Code : $"{refused.Code}: {refused.Detail}";
        await actor.Post(new StationWork(new Suspected(Kind, detail)));
    }

    private bool IsDue((string Station, string Code) what)
    {
        var now = clock.GetTimestamp();
        if (told.Count >= Most)
            foreach (var old in told)
                if (clock.GetElapsedTime(old.Value, now) >= Pause) told.TryRemove(old);
        while (true)
        {
            if (told.TryAdd(what, now)) return true;
            if (!told.TryGetValue(what, out var last)) continue;
            if (clock.GetElapsedTime(last, now) < Pause) return false;
            if (told.TryUpdate(what, now, last)) return true;
        }
    }
}
