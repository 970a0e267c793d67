using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Voltgate.Server.Storage;

/// <summary>
/// Copies the write-ahead log into the database while the writer goes on: what has gathered by a connection of its own,
/// and then, between two groups, the little that came meanwhile by the writer's. The log begins anew behind that.
/// </summary>
internal sealed class SqliteCheckpoints(SqliteConnection writer, SqliteConnection own) : IAsyncDisposable
{
    /// <summary>256 MB: a page that many commits touch is copied once, not after each of them.</summary>
    private const int Pages = 32_768;

    /// <summary>So many the writer can copy itself without anybody noticing.</summary>
    private const int FewPages = 2_048;

    private const int MostPasses = 4;

    private Task? copying;
    private long written;

    /// <summary>To be called by the writer between two groups.</summary>
    /// <exception cref="SqliteException">A sync failed.</exception>
    public async ValueTask Follow()
    {
        if (copying is { IsCompleted: true } over)
        {
            copying = null;
            await over;
            Copy(writer);
            written = PagesWritten();
        }
        else if (copying is null && PagesWritten() - written >= Pages)
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
            var copied = Copy(own);
            if (copied - before < FewPages) return;
            before = copied;
        }
    }

    /// <summary>
    /// How many of the log's pages are in the database now. Where readers or a full disk hold it up the log just grows,
    /// and the next one copies more. But after a failed sync nobody knows what the database holds.
    /// </summary>
    private static int Copy(SqliteConnection connection)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(
            connection.Handle!, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out var copied);
        if (code == raw.SQLITE_OK) return copied;
        var extended = raw.sqlite3_extended_errcode(connection.Handle!);
        if (extended == SqliteDatabase.IoErrorFsync)
            throw new SqliteException("A sync of the database failed.", code, extended);
        return 0;
    }

    private long PagesWritten()
    {
        raw.sqlite3_db_status(writer.Handle!, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0);
        return pages;
    }
}
