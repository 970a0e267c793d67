using System.Globalization;
using Dapper;
using Voltgate.Domain.Rates;
using Voltgate.Server.Resources;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Api;

/// <summary>Counts and sums over everything that an organisation has.</summary>
internal sealed class StatisticsApi(Database database, Committer committer, Entropy entropy)
{
    private const int MostDays = 366;
    private const int UsualDays = 30;

    /// <summary>Every zone's days begin at a multiple of it (UTC+5:45 among them).</summary>
    private const long QuarterMs = 15 * 60_000;

    private static readonly Shape DaysQuery = new(
        "StatisticsDaysQuery",
        Field.Text("from", "The first day, like 2026-01-31; 30 days up to the last one unless given.", max: 10),
        Field.Text("to", "The last day; today unless given.", max: 10),
        Fields.TimeZone);

    public IReadOnlyList<ApiRoute> Routes =>
    [
        new("GET", "/statistics/network", "read:chargestations", Network)
        {
            Summary = "How the whole network stands at this moment: stations, connectors, sessions, power.",
            Answer = typeof(NetworkResource),
        },
        new("GET", "/statistics/days", "read:sessions", Days)
        {
            Summary = "Energy and revenue of the sessions that ended, day by day, at most 366 days.",
            Query = DaysQuery, Answer = typeof(DaysResource),
        },
    ];

    private async Task<IResult> Network(Call call)
    {
        var me = new { organization = call.Organization };
        await using var connection = await database.Open(call.Cancel);
        var stations = await connection.QueryFirstAsync<Stations>(
            "select count(*) as Total, coalesce(sum(case when online then 1 else 0 end), 0) as Online, "
            + "coalesce(sum(case when active then 0 else 1 end), 0) as Inactive "
            + "from chargestations where organization = @organization", me);
        var connectors = await connection.QueryAsync<Counted>(
            "select status as Status, count(*) as Count from connectors where organization = @organization "
            + "group by status order by status", me);
        var open = (await connection.QueryAsync<string>(
            $"select {SessionStore.StateOf("s")} from sessions s "
            + "where s.organization = @organization and s.status in ('created', 'Started')", me))
            .Select(DomainJson.ReadSession).ToList();
        var unknown = await connection.ExecuteScalarAsync<long>(
            "select count(*) from unknown_stations where organization = @organization", me);
        await committer.Settled;
        var started = open.Where(s => s.StartedAtMs is not null).ToList();
        return Success.Ok("Network", Wire.Write(
            new NetworkResource(
                new NetworkStationsResource((int)stations.Total, (int)stations.Online, (int)stations.Inactive),
                [.. connectors.Select(c => new StatusCountResource(c.Status, (int)c.Count))],
                new NetworkSessionsResource(open.Count - started.Count, started.Count),
                started.Sum(s => s.Report?.PowerMilliW ?? 0) / 1_000_000m, (int)unknown, new WireTime(entropy.NowMs)),
            WireContext.Default.NetworkResource));
    }

    private async Task<IResult> Days(Call call)
    {
        var query = call.Query();
        if (!query.Holds) return query.Refusal;
        var named = (string)query.Value["timezone"]!;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(named);
        if (!TryDay((string?)query.Value["to"], DayAt(entropy.NowMs, zone), out var last)) return NoDay("to");
        if (!TryDay((string?)query.Value["from"], last.AddDays(1 - UsualDays), out var first)) return NoDay("from");
        if (first > last) return Refusal.Invalid("from", "The first day is not after the last one (to).");
        if (last.DayNumber - first.DayNumber >= MostDays)
            return Refusal.Invalid("from", $"Ask for at most {MostDays} days at once.");
        var ended = await Ended(call, BeginOf(first, zone), BeginOf(last.AddDays(1), zone));
        var byDay = ended.ToLookup(q => DayAt(q.Quarter * QuarterMs, zone));
        var days = Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1)
            .Select(DateOnly.FromDayNumber).Select(day => Word(day, byDay[day]));
        return Success.Ok("Days", Wire.Write(new DaysResource(named, [.. days]), WireContext.Default.DaysResource));
    }

    private async Task<IEnumerable<Quartered>> Ended(Call call, long fromMs, long toMs)
    {
        await using var connection = await database.Open(call.Cancel);
        var ended = await connection.QueryAsync<Quartered>(
            $"select ended_at / {QuarterMs} as Quarter, currency as Currency, count(*) as Sessions, "
            + "cast(sum(energy) as bigint) as Energy, cast(coalesce(sum(amount), 0) as bigint) as Amount from sessions "
            + "where organization = @organization and ended_at >= @fromMs and ended_at < @toMs "
            + $"and ended_at is not null group by ended_at / {QuarterMs}, currency",
            new { organization = call.Organization, fromMs, toMs });
        await committer.Settled;
        return ended;
    }

    private static DayResource Word(DateOnly day, IEnumerable<Quartered> ended)
    {
        var all = ended.ToList();
        return new DayResource(
            day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (int)all.Sum(q => q.Sessions),
            all.Sum(q => q.Energy) / 1_000m,
            [
                .. all.Where(q => q.Currency is not null).GroupBy(q => q.Currency!)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new RevenueResource(
                        g.Sum(q => q.Amount) / 1_000_000m, g.Key.ToLowerInvariant())),
            ]);
    }

    private static bool TryDay(string? said, DateOnly standard, out DateOnly day)
    {
        day = standard;
        return said is null || (DateOnly.TryParseExact(
            said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            && day.Year is >= 1970 and < 9_999);
    }

    private static Refusal NoDay(string field) => Refusal.Invalid(field, "Give a date like 2026-01-31.");

    private static DateOnly DayAt(long atMs, TimeZoneInfo zone) => DateOnly.FromDateTime(WallClock.At(atMs, zone));

    // Where a day begins within a gap of the zone's clock, it begins at the gap's end.
    private static long BeginOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUnixTimeMilliseconds();
    }

    private sealed class Stations
    {
        public long Total { get; init; }

        public long Online { get; init; }

        public long Inactive { get; init; }
    }

    private sealed class Counted
    {
        public string? Status { get; init; }

        public long Count { get; init; }
    }

    private sealed class Quartered
    {
        public long Quarter { get; init; }

        public string? Currency { get; init; }

        public long Sessions { get; init; }

        public long Energy { get; init; }

        public long Amount { get; init; }
    }
}
