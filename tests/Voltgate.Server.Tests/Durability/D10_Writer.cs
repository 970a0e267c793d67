using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// A store and its committer alone, which acknowledge into a file. The power-cut replay runs this very test in a
/// process of its own, to compare what is kept with and without a sync behind each transaction.
/// </summary>
public sealed class D10_Writer
{
    private const int Units = 400;

    // So few that the log is copied into the database and begun anew many times, and cuts fall into all of that.
    private const int Pages = 64;

    private const string Folder = "VOLTGATE_TEST_WRITER_FOLDER";
    private const string Syncs = "VOLTGATE_TEST_WRITER_SYNCS";

    [Fact]
    public async Task What_the_writer_acknowledges_is_in_its_store()
    {
        var given = Environment.GetEnvironmentVariable(Folder);
        var folder = given ?? Directory.CreateTempSubdirectory("voltgate-writer-").FullName;
        await using (var database = new SqliteDatabase(
            Path.Combine(folder, "voltgate.db"), Environment.GetEnvironmentVariable(Syncs) is not "False",
            checkpointPages: Pages))
        {
            await Migrations.Run(database, TimeProvider.System);
            using var committer = new Committer(database, NullLogger<Committer>.Instance);
            await committer.StartAsync(CancellationToken.None);
            await using var answers = new FileStream(
                Path.Combine(folder, "answers"), FileMode.Create, FileAccess.Write, FileShare.Read, 0);
            var units = 0;
            var log = Path.Combine(folder, "voltgate.db-wal");
            var first = Beginning(log);
            while (units < Units || Beginning(log) == first)
            {
                Assert.True(units < 20 * Units, "The log never begins anew.");
                await Write(committer, answers, units++);
            }

            await using var connection = await database.Open();
            Assert.Equal(units, await connection.ExecuteScalarAsync<long>(
                "select count(*) from messages"));
            await committer.StopAsync(CancellationToken.None);
        }

        if (given is null) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs the test above in a process of its own, behind a tracer.</summary>
    internal static async Task Spawn(string folder, bool syncs, string[] tracer)
    {
        string[] command =
        [
            .. tracer, Path.Combine(AppContext.BaseDirectory, "Voltgate.Server.Tests"), "--no-ansi", "--no-progress",
            "--filter-class", typeof(D10_Writer).FullName!,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder,
        };
        (start.Environment[Folder], start.Environment[Syncs]) = (folder, syncs.ToString());
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, said);
    }

    /// <summary>How often the log has begun anew: the fourth word of its head.</summary>
    private static uint Beginning(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[16];
        file.ReadExactly(head);
        return BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(12));
    }

    private static async Task Write(Committer committer, FileStream answers, int i)
    {
        await committer.Commit(
            [StationWrites.Add("writer", i, i, new StoredMessage(
                "in", null, "MeterValues", $"tx-{i}", "{}"u8.ToArray()))]);
        await answers.WriteAsync(Encoding.ASCII.GetBytes($"[3,\"tx-{i}\",{{}}]\n"));
    }
}
