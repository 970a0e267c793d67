using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltgate.Server.Storage;

/// <summary>
/// Copies the write-ahead log into the database while the writer goes on: what has gathered by a connection of its own,
/// and then, between two groups, the little that came meanwhile by the writer's. The log begins anew behind that.
/// </summary>
/// <param name="pages">How many gather: a page that many commits touch is copied once, not after each of them.</param>
internal sealed partial class SqliteCheckpoints(
    SqliteConnection writer, SqliteConnection own, int pages, ILogger log) : IAsyncDisposable
{
    private const int MostPasses = 4;

    /// <summary>How long the writer waits for readers to let go of the log, which then grows on.</summary>
    private const int PatienceMs = 20;

    /// <summary>So many the writer can copy itself without anybody noticing.</summary>
    private readonly int few = Math.Max(1, pages / 16);

    private Task? copying;
    private long gathered;

    /// <summary>To be called by the writer between two groups.</summary>
    /// <exception cref="SqliteException">A sync failed.</exception>
    public async ValueTask Follow()
    {
        gathered += PagesWritten();
        if (copying is { IsCompleted: true } over)
        {
            copying = null;
            await over;
            gathered = Restart() ? 0 : pages - few; // soon again
        }
        else if (copying is null && gathered >= pages)
        {
            copying = Task.Run(CopyMost);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (copying is { } running) await running;
        await own.DisposeAsync();
    }

    /// <summary>What comes while one pass copies is the next one's; it gets less each time.</summary>
    private void CopyMost()
    {
        var before = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            if (!Copy(own, raw.SQLITE_CHECKPOINT_PASSIVE, out var copied) || copied - before < few) return;
            before = copied;
        }
    }

    /// <summary>Copies the rest. True: the next write begins at the log's head.</summary>
    private bool Restart()
    {
        raw.sqlite3_busy_timeout(writer.Handle!, PatienceMs);
        var isDone = Copy(writer, raw.SQLITE_CHECKPOINT_RESTART, out _);
        raw.sqlite3_busy_timeout(writer.Handle!, SqliteDatabase.BusyTimeoutMs);
        return isDone;
    }

    /// <summary>
    /// False: readers or the disk held it up; the log grows on, and the next one copies more. But after a failed sync
    /// nobody knows what the database holds.
    /// </summary>
    private bool Copy(SqliteConnection connection, int mode, out int copied)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out _, out copied);
        if (code is raw.SQLITE_OK or raw.SQLITE_BUSY) return code == raw.SQLITE_OK;
        var extended = raw.sqlite3_extended_errcode(connection.Handle!);
        if (extended == SqliteDatabase.IoErrorFsync)
            throw new SqliteException("A sync of the database failed.", code, extended);
        LogHeldUp(extended);
        return false;
    }

    /// <summary>Since the last call: the counter is of 32 bits and begins anew each time.</summary>
    private int PagesWritten()
    {
        raw.sqlite3_db_status(writer.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var count, out _, 1);
        return count;
    }

    [LoggerMessage(LogLevel.Error, "The log could not be copied into the database (SQLite says {Code}); it grows on.")]
    private partial void LogHeldUp(int code);
}
