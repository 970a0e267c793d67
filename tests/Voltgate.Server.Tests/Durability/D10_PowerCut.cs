using System.Diagnostics;
using System.Text.RegularExpressions;
using Dapper;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// A power cut at any moment. Killing a process proves nothing of this, since the kernel keeps what was written; so
/// every write and every sync of a traced process is replayed up to a cut (recipe R1).
/// </summary>
public sealed class D10_PowerCut(ITestOutputHelper output)
{
    private const int Cuts = 200;
    private const int Stations = 20;

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("VOLTGATE_TEST_SEED"), out var given)
        ? given : Environment.TickCount;

    [Fact]
    public async Task No_cut_loses_an_acknowledged_message()
    {
        await using var store = await Store.Make(On.Sqlite);
        var file = Path.Combine(store.Folder, "trace");
        var ledger = new Ledger();
        await using (var server = await ServerProcess.Start(store, Trace.Tracer(file)))
        {
            var endpoints = await Yard.Furnish(server, Stations);
            var stations = endpoints.Select((e, i) => new RetryingStation(e, () => server.Url, ledger, i)).ToArray();
            await Task.WhenAll(stations.Select(s => s.Charge()));
            await server.Kill();
            foreach (var station in stations) await station.DisposeAsync();
        }

        var deeds = Trace.Read(file).ToList();
        Assert.Equal(
            ledger.All.Select(a => a.MessageId).Order(), deeds.SelectMany(AcksOf).Order());
        var acked = ledger.All.ToDictionary(a => a.MessageId);
        var lost = await Replay(deeds, acks => acks.Select(id => acked[id]).ToList());
        Assert.Empty(lost);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_replay_sees_what_a_missing_sync_would_lose(bool syncs)
    {
        var folder = Directory.CreateTempSubdirectory("voltgate-writer-").FullName;
        var file = Path.Combine(folder, "trace");
        await D10_Writer.Spawn(folder, syncs, Trace.Tracer(file));

        var lost = await Replay([.. Trace.Read(file)], acks => acks.Select(
            id => new Acked("", 0, "MeterValues", id, 0)).ToList());
        Directory.Delete(folder, recursive: true);

        // Synced at checkpoints only, nearly every cut must cost acknowledged rows.
        if (syncs) Assert.Empty(lost);
        else Assert.InRange(lost.Count, Cuts / 2, Cuts);
    }

    /// <summary>One line for each cut that lost something.</summary>
    private async Task<List<string>> Replay(List<Deed> deeds, Func<List<string>, List<Acked>> promises)
    {
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("voltgate-cut-").FullName;
        var cuts = Choose(deeds, chance);
        var cut = new PowerCut(chance);
        var (acks, lost, rows) = (new List<string>(), new List<string>(), 0);
        for (var i = 0; i < deeds.Count; i++)
        {
            cut.Take(deeds[i]);
            acks.AddRange(AcksOf(deeds[i]));
            for (var n = 0; n < cuts.GetValueOrDefault(i); n++)
            {
                var faults = await Look(cut.Leave(folder), promises(acks));
                rows += faults.Count;
                if (faults.Count > 0) lost.Add($"seed {seed}, cut at {i}: {faults.Count}, {faults[0]}");
            }
        }

        Directory.Delete(folder, recursive: true);
        output.WriteLine(
            $"{cuts.Values.Sum()} cuts in {deeds.Count} deeds, {acks.Count} messages acknowledged; "
            + $"{lost.Count} cuts lost {rows} messages");
        return lost;
    }

    // Most cuts fall right behind an answer, where a promise is youngest; the others anywhere after the first one.
    private static Dictionary<int, int> Choose(List<Deed> deeds, Random chance)
    {
        var answers = Enumerable.Range(0, deeds.Count).Where(i => AcksOf(deeds[i]).Any()).ToArray();
        Assert.NotEmpty(answers);
        var cuts = new Dictionary<int, int>();
        for (var n = 0; n < Cuts; n++)
        {
            var at = n % 4 != 0 ? answers[chance.Next(answers.Length)] : chance.Next(answers[0], deeds.Count);
            cuts[at] = cuts.GetValueOrDefault(at) + 1;
        }

        return cuts;
    }

    private static IEnumerable<string> AcksOf(Deed deed) => deed is Deed.Sent sent
        ? Regex.Matches(sent.Text, "\\[3,\"(tx-[^\"]+)\"").Select(m => m.Groups[1].Value)
        : [];

    private static async Task<List<string>> Look(string path, List<Acked> acked)
    {
        try
        {
            await using var connection = await Store.Open(On.Sqlite, path);
            Assert.Equal("ok", await connection.ExecuteScalarAsync<string>("pragma integrity_check"));
            if (acked.Count == 0 || acked[0].Endpoint.Length > 0) return await Audit.Lost(connection, acked);
            var kept = (await connection.QueryAsync<string>("select message_id from messages")).ToHashSet();
            return [.. acked.Select(a => a.MessageId).Where(id => !kept.Contains(id))];
        }
        finally
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!)) File.Delete(file);
        }
    }
}
