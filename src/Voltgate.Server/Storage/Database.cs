using System.Data.Common;

namespace Voltgate.Server.Storage;

/// <summary>
/// A database that holds everything. There are two, and one set of SQL for both: <see cref="SqliteDatabase"/> and
/// <see cref="PostgresDatabase"/>. Reads use <see cref="Open"/> with Dapper; all writes go through the
/// <see cref="Committer"/>.
/// </summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>"sqlite" or "postgresql".</summary>
    public abstract string Provider { get; }

    /// <summary>A connection to read with; dispose it soon.</summary>
    public abstract Task<DbConnection> Open(CancellationToken cancel = default);

    /// <summary>
    /// Writes the group in one transaction, which is durable once <see cref="Sync"/> has run. False: a unit's fence
    /// failed after others had been written, and the whole group was taken back; write the units one at a time. A
    /// group of one reports in its own Status.
    /// </summary>
    public abstract Task<bool> Write(IReadOnlyList<CommitUnit> group);

    /// <summary>Whether reads see what <see cref="Sync"/> has not made durable yet.</summary>
    public virtual bool ReadsRunAhead => false;

    /// <summary>Whether a row's place can be lower than one that was seen before it: several processes write.</summary>
    public virtual bool PlacesComeLate => false;

    /// <summary>Makes durable what was written before. It may run while the next group is being written.</summary>
    /// <exception cref="IOException">It failed, and nobody knows what the disk holds: the process must end.</exception>
    public virtual void Sync()
    {
        // A database that syncs within Write has nothing left to do.
    }

    /// <summary>A unique key exists already.</summary>
    public abstract bool IsDuplicate(Exception e);

    /// <summary>Nothing can be written now, whatever the unit: disk full, server gone.</summary>
    public abstract bool IsOutage(Exception e);

    /// <summary>A sync failed: what the kernel holds is unknown, and going on could lose acknowledged data.</summary>
    public virtual bool IsFatal(Exception e) => false;

    /// <summary>
    /// Words SQL for this database: <c>/*clustered*/</c> and <c>/*place*/</c> in the schema, <c>/*skip locked*/</c> in
    /// a claim, <c>/*last place*/0</c> for the place of the row that was written last.
    /// </summary>
    public virtual string Adapt(string sql) => sql;

    /// <summary>Keeps other processes from migrating at the same time, until the connection closes.</summary>
    public virtual Task LockForMigration(DbConnection connection) => Task.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
