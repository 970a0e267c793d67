using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Voltgate.Server.Storage;

/// <summary>
/// Syncs SQLite's write-ahead log from outside, so that the disk can work on one transaction while the next is being
/// written. SQLite itself runs with synchronous=NORMAL: it syncs the log before a checkpoint, the database after it and
/// the log's head before its reuse, and leaves what we do here, the sync behind each transaction (ADR 0009).
/// </summary>
internal sealed class SqliteLogSync(string database) : IDisposable
{
    private const int Interrupted = 4; // EINTR

    private SafeFileHandle? log;

    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Sync()
    {
        log ??= File.OpenHandle(
            database + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (OperatingSystem.IsLinux()) SyncData(log);
        else RandomAccess.FlushToDisk(log);
    }

    public void Dispose() => log?.Dispose();

    // The log's length and its bytes, and not the time of its last change, which .NET's own flush waits for, too.
    private static void SyncData(SafeFileHandle file)
    {
        while (FdataSync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new IOException("fdatasync of the write-ahead log failed.", new Win32Exception(error));
        }
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int FdataSync(SafeFileHandle file);
}
