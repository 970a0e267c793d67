namespace Voltgate.Server.Storage;

/// <summary>
/// One write. Parameters are <c>$1…$n</c> (both databases read that); arguments are string, long, int, bool or null,
/// and byte[] or ReadOnlyMemory&lt;byte&gt;, which is text that is in UTF-8 already.
/// </summary>
/// <param name="Rows">How many rows it must touch; another count makes its whole unit <see cref="CommitStatus.Stale"/>.
/// Put such a statement first: nothing of the unit is kept.</param>
public readonly record struct Statement(string Sql, object?[] Args, int Rows = Statement.Any)
{
    public const int Any = -1;

    /// <summary>Does nothing where the statement before it touched no row; a database may leave it out then.</summary>
    public const int AfterChange = -2;

    public static Statement Of(string sql, params object?[] args) => new(sql, args);

    /// <summary>A statement that must touch exactly one row.</summary>
    public static Statement Fence(string sql, params object?[] args) => new(sql, args, 1);
}

public enum CommitStatus
{
    /// <summary>Durable.</summary>
    Done,

    /// <summary>A fence did not hold: somebody else wrote first. Nothing was kept.</summary>
    Stale,

    /// <summary>A unique key exists already. Nothing was kept.</summary>
    Duplicate,
}

/// <summary>The store cannot take writes now: disk full, connection lost, … Nothing was acknowledged.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
