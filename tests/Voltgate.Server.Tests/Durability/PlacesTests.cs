using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Durability;

/// <summary>Rows of a station are found whether or not its index holds them yet (ADR 0010).</summary>
public sealed class PlacesTests
{
    private const int Stations = 3;

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Every_row_is_found_once_and_in_order_whatever_its_index_holds(string provider)
    {
        await using var store = await Store.Make(provider);
        await Write(store, from: 0, count: 700);
        await Look(store, 700);
        // Whoever comes next finds what nobody had filled in, and goes on.
        await Write(store, from: 700, count: 20);
        await Look(store, 720);

        if (provider != On.Sqlite) return;
        await using var connection = await store.Open();
        var filled = await connection.ExecuteScalarAsync<long>("select count(*) from message_index");
        Assert.InRange(filled, 701, 719);
        Assert.Equal(filled, await connection.ExecuteScalarAsync<long>("select count(*) from event_index"));
    }

    private static async Task Write(Store store, int from, int count)
    {
        await using Database database = store.Provider == On.Sqlite
            ? new SqliteDatabase(store.ConnectionString)
            : new PostgresDatabase(store.ConnectionString);
        await Migrations.Run(database, TimeProvider.System);
        using var committer = new Committer(database, NullLogger<Committer>.Instance);
        await committer.StartAsync(CancellationToken.None);
        for (var i = from; i < from + count; i++) Assert.Equal(CommitStatus.Done, await committer.Commit(Unit(i)));
        await committer.StopAsync(CancellationToken.None);
    }

    private static List<Statement> Unit(int i)
    {
        var (station, seq) = ($"station-{i % Stations}", (i / Stations) + 1);
        var unit = new List<Statement>
        {
            StationWrites.Add(station, seq, i, new StoredMessage(
                "in", null, "MeterValues", $"{i}", "{}"u8.ToArray())),
        };
        EventLog.Add(unit, new StoredEvent(
            $"e{i}", "org", station, seq, "session.updated", "session", "s", i, "{}"u8.ToArray()));
        return unit;
    }

    private static async Task Look(Store store, int rows)
    {
        await using var connection = await store.Open();
        for (var station = 0; station < Stations; station++)
        {
            var expected = Enumerable.Range(0, rows).Where(i => i % Stations == station).ToList();
            var messages = await connection.QueryAsync<string>(
                "select m.message_id from message_places p join messages m on m.place = p.place "
                + "where p.chargestation = @station order by p.at, p.seq", new { station = $"station-{station}" });
            var events = await connection.QueryAsync<string>(
                "select e.id from event_places p join events e on e.place = p.place where p.stream = @station "
                + "order by p.seq", new { station = $"station-{station}" });
            Assert.Equal(expected.Select(i => $"{i}"), messages);
            Assert.Equal(expected.Select(i => $"e{i}"), events);
        }
    }
}
