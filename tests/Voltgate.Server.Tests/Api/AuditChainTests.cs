using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Tests.Api;

/// <summary>A17: the chain, those who tamper with it, and the command that finds them.</summary>
public sealed class AuditChainTests
{
    private const string Row = "(select entry from audit_seals order by organization, seq limit 1 offset 1)";

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Rows_are_numbered_without_gap_and_chained(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => root.Make("/users", "{}")));

        var verdict = Assert.Single(await Walk(server));

        Assert.Null(verdict.Break);
        Assert.Equal(20, verdict.Rows);
        var rows = (await root.Get("/audit_log?paginate_limit=100")).MustBe(200).Items;
        Assert.Equal(Enumerable.Range(1, 20), rows.Select(r => (int)r!["seq"]!).Order());
        Assert.Contains(verdict.Head, rows.Select(r => (string)r!["hash"]!));
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_changes_one_row_is_found(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        for (var i = 0; i < 4; i++) await root.Make("/users", $$"""{"firstname":"U{{i}}"}""");
        Assert.Null(Assert.Single(await Walk(server)).Break);

        (string, string)[] changes =
        [
            ("actor", "'somebody else'"), ("address", "'10.0.0.1'"), ("result", "'forbidden'"),
            ("created_at", "created_at + 1"), ("details", "details || ' '"), ("details", "null"),
            ("details_hash", "'0'"), ("resource", "'x'"),
        ];
        foreach (var (column, value) in changes)
        {
            var broken = await After(server, $"update audit_log set {column} = {value} where id = {Row}", async () =>
                Assert.Single(await Walk(server)).Break);
            Assert.True(broken is { Seq: 2 }, $"{column} = {value}: {broken}");
        }
    }

    [Theory, MemberData(nameof(On.Both), MemberType = typeof(On))]
    public async Task Whoever_removes_a_row_or_a_seal_is_found(string provider)
    {
        await using var server = await TestServer.Start(provider);
        using var root = server.Client();
        for (var i = 0; i < 4; i++) await root.Make("/users", "{}");
        var head = Assert.Single(await Walk(server)).Head;

        Assert.Equal("the row is gone", await Reason(server, $"delete from audit_log where id = {Row}"));
        Assert.Equal(
            "the seal of number 2 is gone", await Reason(server, $"delete from audit_seals where entry = {Row}"));
        Assert.Equal(
            "the row has no seal and none is due", await Reason(server, "delete from audit_seals where seq = 4"));

        // The end of a chain, cut off with its seals, is missed by nobody but who wrote the head down.
        var met = new List<string>();
        var cut = await After(
            server, "delete from audit_log where id in (select entry from audit_seals where seq = 4)", async () =>
            {
                await server.Services.GetRequiredService<Committer>().Commit(
                    [Statement.Of("delete from audit_seals where seq = 4")]);
                var walked = await new AuditChain(server.Services.GetRequiredService<Database>()).Walk(met.Add);
                return Assert.Single(walked).Break;
            });
        Assert.Null(cut);
        Assert.Equal(3, met.Count);
        Assert.DoesNotContain(head, met);
    }

    [Fact]
    public async Task The_command_says_zero_for_a_chain_that_holds_and_names_the_row_that_does_not()
    {
        await using var server = await TestServer.Start();
        using var root = server.Client();
        for (var i = 0; i < 3; i++) await root.Make("/users", "{}");
        var head = Assert.Single(await Walk(server)).Head;
        var (ok, said) = await Verify(server, "--head", head);
        Assert.True(ok == 0, said);
        Assert.Contains($"3 rows hold, head {head}", said, StringComparison.Ordinal);
        Assert.Equal(65, (await Verify(server, "--head", new string('0', 64))).Code);

        await server.Services.GetRequiredService<Committer>().Commit(
            [Statement.Of($"update audit_log set actor_name = 'Mallory' where id = {Row}")]);

        var (code, told) = await Verify(server);
        Assert.Equal(65, code);
        Assert.Contains("number 2: the row was altered", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_write_at_once_keep_one_chain()
    {
        await using var first = await TestServer.Start(On.Postgres);
        await using var second = await first.Twin();
        using var here = first.Client();
        using var there = second.Client();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? here : there).Make("/users", "{}")));

        var verdict = Assert.Single(await Walk(first));
        Assert.Null(verdict.Break);
        Assert.Equal(200, verdict.Rows);
    }

    /// <summary>Waits until every row has its seal.</summary>
    internal static async Task Sealed(TestServer server)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await using (var connection = await server.Services.GetRequiredService<Database>().Open())
                if (await connection.ExecuteScalarAsync<long>("select count(*) from audit_unsealed") == 0) return;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), "the log is not sealed");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<IReadOnlyList<AuditVerdict>> Walk(TestServer server)
    {
        await Sealed(server);
        return await new AuditChain(server.Services.GetRequiredService<Database>()).Walk();
    }

    private static async Task<string?> Reason(TestServer server, string sql) =>
        (await After(server, sql, async () => Assert.Single(await Walk(server)).Break))?.Reason;

    /// <summary>What is found while a row is tampered with; afterwards all is as before.</summary>
    private static async Task<AuditBreak?> After(TestServer server, string sql, Func<Task<AuditBreak?>> look)
    {
        var committer = server.Services.GetRequiredService<Committer>();
        string[] tables = ["audit_log", "audit_seals"];
        await committer.Commit([.. tables.Select(t => Statement.Of($"create table {t}_copy as select * from {t}"))]);
        await committer.Commit([Statement.Of(sql)]);
        var found = await look();
        await committer.Commit(
        [
            .. tables.Select(t => Statement.Of("delete from " + t)),
            .. tables.Select(t => Statement.Of($"insert into {t} select * from {t}_copy")),
            .. tables.Select(t => Statement.Of($"drop table {t}_copy")),
        ]);
        return found;
    }

    private static Task<(int Code, string Said)> Verify(TestServer server, params string[] more) =>
        BuiltProgram.Run(["audit", "verify", "--set", "Storage:ConnectionString=" + server.ConnectionString, .. more]);
}
