using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltgate.Server.Storage;

/// <summary>
/// The writer's statements, prepared once and run without ADO.NET, which costs more than SQLite does here. For one
/// thread at a time.
/// </summary>
internal sealed class SqliteWrites(sqlite3 database, Func<string, string> adapt) : IDisposable
{
    /// <summary>A prepared statement; At: where SQLite counts $1, $2, … (by their order in the text).</summary>
    private sealed record Prepared(sqlite3_stmt Handle, int[] At);

    private readonly Dictionary<string, Prepared> prepared = new(SqlComparer.Instance);

    public void Begin() => Run("begin immediate");

    public void Commit() => Run("commit");

    /// <summary>Takes back what a failure has not taken back already.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(database) == 0) Run("rollback");
    }

    /// <exception cref="SqliteException">A statement failed; the transaction is to be rolled back.</exception>
    public CommitStatus Apply(CommitUnit unit)
    {
        var statements = unit.Statements;
        var changes = 0;
        for (var i = 0; i < statements.Count; i++)
        {
            var statement = statements[i];
            if (statement.Rows == Statement.AfterChange && changes == 0) continue;
            changes = Run(statement.Sql, statement.Args);
            if (statement.Rows >= 0 && changes != statement.Rows) return CommitStatus.Stale;
        }

        return CommitStatus.Done;
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Handle.Dispose();
    }

    /// <summary>The number of rows that the statement touched.</summary>
    public int Run(string sql, params object?[] args)
    {
        if (!prepared.TryGetValue(sql, out var statement)) prepared.Add(sql, statement = Prepare(sql, args.Length));
        for (var i = 0; i < args.Length; i++)
            if (statement.At[i] > 0) Check(Bind(statement.Handle, statement.At[i], args[i]));
        var code = raw.sqlite3_step(statement.Handle);
        raw.sqlite3_reset(statement.Handle);
        if (code != raw.SQLITE_DONE && code != raw.SQLITE_ROW) Check(code);
        return raw.sqlite3_changes(database);
    }

    /// <summary>Nearly always it is the very same text: no reason to read all of it for each row.</summary>
    private sealed class SqlComparer : IEqualityComparer<string>
    {
        public static readonly SqlComparer Instance = new();

        public bool Equals(string? x, string? y) =>
            ReferenceEquals(x, y) || string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string sql) => HashCode.Combine(sql.Length, sql[sql.Length / 2], sql[^1]);
    }

    private Prepared Prepare(string sql, int count)
    {
        Check(raw.sqlite3_prepare_v3(database, adapt(sql), raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        var at = new int[count];
        for (var i = 0; i < count; i++) at[i] = raw.sqlite3_bind_parameter_index(handle, "$" + (i + 1));
        return new Prepared(handle, at);
    }

    private static int Bind(sqlite3_stmt statement, int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        string text => raw.sqlite3_bind_text(statement, at, text),
        byte[] utf8 => Bind(statement, at, utf8.AsSpan()),
        ReadOnlyMemory<byte> utf8 => Bind(statement, at, utf8.Span),
        long number => raw.sqlite3_bind_int64(statement, at, number),
        int number => raw.sqlite3_bind_int64(statement, at, number),
        bool flag => raw.sqlite3_bind_int64(statement, at, flag ? 1 : 0),
        _ => throw new ArgumentException($"House SQL has no {value.GetType().Name}.", nameof(value)),
    };

    // To SQLite a text of no bytes is a null.
    private static int Bind(sqlite3_stmt statement, int at, ReadOnlySpan<byte> utf8) => utf8.IsEmpty
        ? raw.sqlite3_bind_text(statement, at, "")
        : raw.sqlite3_bind_text(statement, at, utf8);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
