using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Voltgate.Domain.Rates;
using Voltgate.Domain.Stations;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Stations;

/// <summary>
/// Compares what connected stations were told with their locations' opening hours. What was told lies with the
/// connector, so a restart, a station that was away, or hours that were changed need nothing of their own.
/// </summary>
internal sealed class HoursKeeper(Database database, LocalStations stations, Entropy entropy)
{
    private sealed class Row
    {
        public string Id { get; init; } = "";

        public string Body { get; init; } = "";
    }

    public async Task Look(
        IReadOnlyCollection<KeyValuePair<StationLink, string>> links, CancellationToken cancel)
    {
        var hours = await Hours(cancel);
        var nowMs = entropy.NowMs;
        foreach (var (_, id) in links)
        {
            if (await stations.Of(id) is not { } actor) continue;
            var station = actor.Station;
            var isClosed = station.Settings.Location is { } location && hours.TryGetValue(location, out var its)
                && !its.IsOpen(nowMs);
            foreach (var connector in station.Connectors)
                if (connector.IsDue(isClosed, nowMs))
                    await actor.Post(new StationWork(new HoursTurned(connector.Id, isClosed)));
        }
    }

    private async Task<Dictionary<string, OpeningHours>> Hours(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<Row>(
            "select id as Id, body as Body from locations where body like '%\"openingHours\"%'");
        return rows
            .Select(r => (r.Id, Location: JsonSerializer.Deserialize(r.Body, WireContext.Default.LocationResource)!))
            .Where(l => l.Location.OpeningHours is not null)
            .ToDictionary(l => l.Id, l => Of(l.Location));
    }

    private static OpeningHours Of(LocationResource location) => new(
        [.. Enumerable.Range(0, 7).Select(day => location.OpeningHours!.TryGetValue($"{day}", out var windows)
            ? windows.Select(w => new OpenWindow(MinuteOf(w.StartTime), MinuteOf(w.EndTime))).ToImmutableArray()
            : [])],
        TimeZoneInfo.FindSystemTimeZoneById(location.Timezone));

    /// <summary>The location's shape let only such times in.</summary>
    private static int MinuteOf(string time) => RateRules.TryReadMinute(time, out var minute)
        ? minute
        : throw new FormatException($"{time} is no time of day.");
}
