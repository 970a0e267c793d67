using System.Diagnostics;

namespace Voltgate.Server.Tests.Durability;

/// <summary>
/// A folder with room for 8 MB: a file system in memory where mounting is allowed, else a limit on the size of the
/// server's files, which makes its writes fail just so.
/// </summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string mount = Directory.CreateTempSubdirectory("voltgate-disk-").FullName;
    private bool isMounted;

    public string Folder => Path.Combine(mount, "data");

    public string Kind => isMounted ? "8 MB in memory" : "a limit on the size of files";

    /// <summary>What the server must be started under; null: nothing.</summary>
    public IReadOnlyList<string>? Wrapper => isMounted ? null : ["env", "--ignore-signal=XFSZ"];

    private string Filler => Path.Combine(mount, "filler");

    public static async Task<SmallDisk> Mount()
    {
        var disk = new SmallDisk();
        disk.isMounted = Environment.IsPrivilegedProcess
            && await Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.mount) == 0;
        return disk;
    }

    /// <summary>Leaves no room at all.</summary>
    public async Task Fill(int server)
    {
        if (!isMounted)
        {
            Assert.Equal(0, await Limit(server, LargestFile().ToString()));
            return;
        }

        await using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var page = new byte[4_096]; ;) await file.WriteAsync(page);
        }
        catch (IOException)
        {
            // Full: that was the aim.
        }
    }

    public async Task Free(int server)
    {
        if (isMounted) File.Delete(Filler);
        else Assert.Equal(0, await Limit(server, "unlimited"));
    }

    public async ValueTask DisposeAsync()
    {
        if (isMounted) await Run("umount", "--lazy", mount);
        if (Directory.Exists(mount)) Directory.Delete(mount, recursive: true);
    }

    private long LargestFile() =>
        new DirectoryInfo(Folder).GetFiles("voltgate.db*").Where(f => !f.Name.EndsWith("-shm")).Max(f => f.Length);

    // The soft limit alone: it can be raised again by anybody.
    private static Task<int> Limit(int process, string bytes) =>
        Run("prlimit", "--pid", process.ToString(), $"--fsize={bytes}:");

    private static async Task<int> Run(string command, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(command, args)
        {
            UseShellExecute = false, RedirectStandardError = true,
        })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
