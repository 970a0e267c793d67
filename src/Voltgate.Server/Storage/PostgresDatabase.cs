using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Voltgate.Server.Storage;

/// <summary>
/// PostgreSQL, when one machine is not enough. A group of units travels as one batch in one transaction.
/// </summary>
internal sealed class PostgresDatabase : Database
{
    private const long MigrationLock = 0x766f6c74;

    private readonly NpgsqlDataSource source;
    private readonly ConcurrentDictionary<string, string> adapted = new(StringComparer.Ordinal);

    public PostgresDatabase(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxPoolSize = Math.Min(builder.ConnectionStringBuilder.MaxPoolSize, 16);
        builder.ConnectionStringBuilder.MaxAutoPrepare = 64;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        source = builder.Build();
    }

    public override bool PlacesComeLate => true;

    public override string Provider => "postgresql";

    public override async Task<DbConnection> Open(CancellationToken cancel = default) =>
        await source.OpenConnectionAsync(cancel);

    public override async Task<bool> Write(IReadOnlyList<CommitUnit> group)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var unit in group)
            foreach (var statement in unit.Statements)
                batch.BatchCommands.Add(CommandOf(statement));
        await batch.ExecuteNonQueryAsync();

        if (!FencesHeld(group, batch))
        {
            await transaction.RollbackAsync();
            if (group.Count == 1) group[0].Status = CommitStatus.Stale;
            return group.Count == 1;
        }

        await transaction.CommitAsync();
        return true;
    }

    public override bool IsDuplicate(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsOutage(Exception e) => e switch
    {
        PostgresException { SqlState: { } state } =>
            state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57", StringComparison.Ordinal)
            || state.StartsWith("58", StringComparison.Ordinal) || state is "25006",
        NpgsqlException => true,
        _ => false,
    };

    public override string Adapt(string sql) =>
        sql.Replace("/*skip locked*/", "for update skip locked", StringComparison.Ordinal)
            .Replace("/*place*/", "bigint generated always as identity primary key", StringComparison.Ordinal)
            .Replace("/*last place*/0", "lastval()", StringComparison.Ordinal);

    public override async Task LockForMigration(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"select pg_advisory_lock({MigrationLock})";
        await command.ExecuteNonQueryAsync();
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    private NpgsqlBatchCommand CommandOf(in Statement statement)
    {
        var command = new NpgsqlBatchCommand(adapted.GetOrAdd(statement.Sql, Adapt));
        foreach (var arg in statement.Args)
            command.Parameters.Add(arg switch
            {
                string text => new NpgsqlParameter<string> { TypedValue = text },
                byte[] utf8 => TextOf(utf8),
                ReadOnlyMemory<byte> utf8 => TextOf(utf8),
                long number => new NpgsqlParameter<long> { TypedValue = number },
                int number => new NpgsqlParameter<long> { TypedValue = number },
                bool flag => new NpgsqlParameter<bool> { TypedValue = flag },
                null => new NpgsqlParameter { Value = DBNull.Value },
                _ => throw new ArgumentException($"House SQL has no {arg.GetType().Name}.", nameof(statement)),
            });
        return command;
    }

    private static NpgsqlParameter TextOf(ReadOnlyMemory<byte> utf8) =>
        new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Text };

    private static bool FencesHeld(IReadOnlyList<CommitUnit> group, NpgsqlBatch batch)
    {
        var at = 0;
        foreach (var unit in group)
        {
            foreach (var statement in unit.Statements)
            {
                var rows = batch.BatchCommands[at++].RecordsAffected;
                if (statement.Rows >= 0 && rows != statement.Rows) return false;
            }

            unit.Status = CommitStatus.Done;
        }

        return true;
    }
}
