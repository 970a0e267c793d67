using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Voltgate.Server.Storage;

/// <summary>The database is not one that this program may use; the message says why and what to do.</summary>
public sealed class SchemaException(string message) : Exception(message);

/// <summary>Brings the schema up to date: numbered, embedded, append-only scripts, one transaction each.</summary>
internal static class Migrations
{
    private sealed record Script(long Number, string Name, string Sql, string Checksum);

    private sealed class Applied
    {
        public long Number { get; init; }

        public string Checksum { get; init; } = "";
    }

    public static async Task Run(Database database, TimeProvider clock, CancellationToken cancel = default)
    {
        await using var connection = await database.Open(cancel);
        await database.LockForMigration(connection);
        await connection.ExecuteAsync(
            "create table if not exists schema_migrations (number bigint primary key, name text not null, "
            + "checksum text not null, applied_at bigint not null)");
        var applied = (await connection.QueryAsync<Applied>("select number, checksum from schema_migrations"))
            .ToDictionary(a => a.Number, a => a.Checksum);
        var scripts = Scripts(database.Provider);
        Check(scripts, applied);

        foreach (var script in scripts.Where(s => !applied.ContainsKey(s.Number)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.ExecuteAsync(database.Adapt(script.Sql), transaction: transaction);
            await connection.ExecuteAsync(
                "insert into schema_migrations (number, name, checksum, applied_at) values (@Number, @Name, "
                    + "@Checksum, @at)",
                new { script.Number, script.Name, script.Checksum, at = clock.GetUtcNow().ToUnixTimeMilliseconds() },
                transaction);
            await transaction.CommitAsync(cancel);
        }
    }

    private static void Check(List<Script> scripts, Dictionary<long, string> applied)
    {
        if (applied.Count > 0 && applied.Keys.Max() > scripts[^1].Number)
            throw new SchemaException(
                $"The database has schema {applied.Keys.Max()}, this program knows {scripts[^1].Number}: refusing "
                    + $"to run. "
                + "Start the newer program, or restore a backup from before the upgrade.");
        foreach (var script in scripts)
            if (applied.TryGetValue(script.Number, out var checksum) && checksum != script.Checksum)
                throw new SchemaException(
                    $"Schema script {script.Name} is not the one that was applied: refusing to run.");
    }

    /// <summary>0001_name.sql is for both databases, 0002_name.sqlite.sql for one of them.</summary>
    private static List<Script> Scripts(string provider)
    {
        var assembly = typeof(Migrations).Assembly;
        var scripts = new List<Script>();
        foreach (
            var resource in assembly.GetManifestResourceNames().Where(
                n => n.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd();
            var name = resource[(resource.IndexOf(".Schema.", StringComparison.Ordinal) + ".Schema.".Length)..];
            if (name.Split('.') is [_, var only, "sql"] && only != provider) continue;
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            scripts.Add(new Script(long.Parse(name[..4]), name, sql, checksum));
        }

        return [.. scripts.OrderBy(s => s.Number)];
    }
}
