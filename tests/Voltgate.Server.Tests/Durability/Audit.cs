using System.Data.Common;
using Dapper;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Compares a store with what was acknowledged (reliability §9.3: I1, I3, I7).</summary>
internal static class Audit
{
    private sealed class Row
    {
        public string Endpoint { get; init; } = "";

        public long Number { get; init; }

        public string Status { get; init; } = "";

        public string Body { get; init; } = "";

        public long Begun { get; init; }

        public long Over { get; init; }
    }

    /// <summary>What is not as it was promised, one line each.</summary>
    /// <param name="charges">Cars charged, by station: each is one session that has ended.</param>
    public static async Task<List<string>> Faults(
        DbConnection connection, IReadOnlyList<Acked> acked, IReadOnlyDictionary<string, int> charges)
    {
        var faults = await Lost(connection, acked);
        faults.AddRange(await Sessions(connection, acked, charges));
        await Count(connection, faults, "events without a delivery",
            "select count(*) from events e where e.at >= (select min(created_at) from deliveries) and not exists "
            + "(select 1 from deliveries d where d.event_stream = e.stream and d.event_seq = e.seq)");
        await Count(connection, faults, "deliveries without an event",
            "select count(*) from deliveries d where not exists "
            + "(select 1 from events e where e.place = d.event_place and e.stream = d.event_stream "
            + "and e.seq = d.event_seq)");
        await Count(connection, faults, "streams with a gap or another counter than their station",
            "select count(*) from (select s.chargestation from station_state s join events e "
            + "on e.stream = s.chargestation group by s.chargestation, s.event_seq "
            + "having count(*) <> s.event_seq or max(e.seq) <> s.event_seq) gaps");
        return faults;
    }

    /// <summary>Messages that were acknowledged and are not in the store with their effect.</summary>
    public static async Task<List<string>> Lost(DbConnection connection, IReadOnlyList<Acked> acked)
    {
        var kept = (await connection.QueryAsync<(string Id, string? Status)>(
            "select m.message_id, s.status from messages m left join sessions s on s.id = m.session "
            + "where m.direction = 'in'")).ToLookup(m => m.Id, m => m.Status);
        var numbers = (await connection.QueryAsync<long>("select number from sessions")).ToHashSet();
        var lost = new List<string>();
        foreach (var message in acked)
        {
            var status = kept[message.MessageId].FirstOrDefault();
            var isThere = message.Action is "StopTransaction" ? status == "Ended" : status is not null;
            if (!isThere || (message.Number > 0 && !numbers.Contains(message.Number))) lost.Add($"lost: {message}");
        }

        return lost;
    }

    private static async Task<List<string>> Sessions(
        DbConnection connection, IReadOnlyList<Acked> acked, IReadOnlyDictionary<string, int> charges)
    {
        var rows = (await connection.QueryAsync<Row>(
            "select c.endpoint as Endpoint, s.number as Number, s.status as Status, "
            + $"{SessionStore.StateOf("s")} as Body, "
            + "(select count(*) from events e where e.resource = s.id and e.type = 'session.started') as Begun, "
            + "(select count(*) from events e where e.resource = s.id and e.type = 'session.ended') as Over "
            + "from sessions s join chargestations c on c.id = s.chargestation")).AsList();
        var faults = new List<string>();
        foreach (var row in rows)
        {
            var energy = DomainJson.ReadSession(row.Body).Consumed.Wh;
            if (row is not { Status: "Ended", Begun: 1, Over: 1 } || energy != RetryingStation.EnergyWh)
                faults.Add(
                    $"{row.Endpoint} {row.Number}: {row.Status}, {energy} Wh, {row.Begun} begun, {row.Over} over");
        }

        foreach (var (endpoint, count) in charges)
            if (rows.Count(r => r.Endpoint == endpoint) is var found && found != count)
                faults.Add($"{endpoint}: {count} cars, {found} sessions");
        foreach (var charge in acked.GroupBy(a => (a.Endpoint, a.Charge)))
            if (charge.Select(a => a.Number).Distinct().Count() > 1)
                faults.Add($"{charge.Key}: answered {string.Join(", ", charge.Select(a => a.Number).Distinct())}");
        return faults;
    }

    private static async Task Count(DbConnection connection, List<string> faults, string what, string sql)
    {
        if (await connection.ExecuteScalarAsync<long>(sql) is var found and > 0) faults.Add($"{found} {what}");
    }
}
