using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Voltgate.Server.Tests.Durability;

/// <summary>What a traced process did to the world.</summary>
internal abstract record Deed
{
    public sealed record Wrote(string File, long At, byte[] Bytes) : Deed;

    public sealed record Truncated(string File, long Length) : Deed;

    public sealed record Synced(string File) : Deed;

    /// <summary>Bytes that left by a socket, or into another file than the store's.</summary>
    public sealed record Sent(string Text) : Deed;
}

/// <summary>Reads what strace wrote (recipe R1).</summary>
internal static class Trace
{
    private const string Unfinished = " <unfinished ...>";

    /// <summary>
    /// strace and its switches, to put before a command: every string whole and in hex, every descriptor by name.
    /// </summary>
    public static string[] Tracer(string output)
    {
        MustBeThere();
        return
        [
            "strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "1000000", "-o", output, "-e", "signal=none", "-e",
            "trace=write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate,sendto,sendmsg,sendmmsg",
        ];
    }

    /// <summary>Lets every sync of a running server fail from now on (recipe R2): "error=EIO", "signal=KILL".</summary>
    public static async Task FailSyncs(ServerProcess server, string fault)
    {
        MustBeThere();
        var tracer = Process.Start(new ProcessStartInfo("strace",
        [
            "-f", "-p", server.Id.ToString(), "-e", "trace=fsync,fdatasync", "-e", "signal=none",
            "-e", $"inject=fsync,fdatasync:{fault}",
        ])
        {
            UseShellExecute = false, RedirectStandardError = true,
        })!;
        var said = await tracer.StandardError.ReadLineAsync();
        Assert.Contains("attached", said, StringComparison.Ordinal);
        _ = tracer.StandardError.ReadToEndAsync(); // ends with the server
    }

    /// <summary>
    /// The deeds in their order. A write counts from its beginning, a sync once it has succeeded, and an answer from
    /// the moment that it may have left.
    /// </summary>
    public static IEnumerable<Deed> Read(string path)
    {
        var waiting = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(path))
        {
            var (process, text) = Split(line.Replace(" <detached ...>", Unfinished));
            if (text.StartsWith("+++", StringComparison.Ordinal)) continue;
            if (text.StartsWith("<... ", StringComparison.Ordinal))
            {
                waiting.Remove(process, out var begun);
                if (begun is not null && IsSync(begun) && Succeeded(text)) yield return new Deed.Synced(FileOf(begun));
                continue;
            }

            var isWhole = !text.EndsWith(Unfinished, StringComparison.Ordinal);
            if (!isWhole) waiting[process] = text;
            if (IsSync(text))
            {
                if (isWhole && Succeeded(text)) yield return new Deed.Synced(FileOf(text));
            }
            else if (DeedOf(text) is { } deed)
            {
                yield return deed;
            }
        }
    }

    private static void MustBeThere()
    {
        var isThere = Environment.GetEnvironmentVariable("PATH")!.Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, "strace")));
        Assert.True(isThere, "strace is missing: apt install strace");
    }

    private static (string Process, string Text) Split(string line)
    {
        var end = line.IndexOf(' ');
        return (line[..end], line[end..].TrimStart());
    }

    private static Deed? DeedOf(string text)
    {
        var name = text[..text.IndexOf('(')];
        var file = FileOf(text);
        var isStore = file.Contains("voltgate.db", StringComparison.Ordinal);
        switch (name)
        {
            case "pwrite64" when isStore:
                var args = text[(text.LastIndexOf('"') + 1)..].TrimStart(',', ' ').Split(')')[0]
                    .Replace(Unfinished, "").Split(", ");
                return new Deed.Wrote(file, long.Parse(args[1], CultureInfo.InvariantCulture), BytesOf(text));
            case "ftruncate" when isStore:
                return new Deed.Truncated(file, long.Parse(
                    text.Split(", ")[1].Split(')')[0].Replace(Unfinished, ""), CultureInfo.InvariantCulture));
            default:
                Assert.False(isStore, $"{name} on the store is more than this reader understands.");
                return new Deed.Sent(Encoding.Latin1.GetString(BytesOf(text)));
        }
    }

    private static bool IsSync(string text) =>
        text.StartsWith("fsync(", StringComparison.Ordinal) || text.StartsWith("fdatasync(", StringComparison.Ordinal);

    private static bool Succeeded(string text) => text.EndsWith("= 0", StringComparison.Ordinal);

    // 42<\x2f\x74…>
    private static string FileOf(string text)
    {
        var (from, to) = (text.IndexOf('<') + 1, text.IndexOf('>'));
        return from == 0 || to < from ? "" : Encoding.UTF8.GetString(Decode(text.AsSpan(from, to - from)));
    }

    /// <summary>Every quoted string of the call, one after the other.</summary>
    private static byte[] BytesOf(string text)
    {
        var all = new List<byte>();
        for (var open = text.IndexOf('"'); open >= 0;)
        {
            var close = text.IndexOf('"', open + 1);
            all.AddRange(Decode(text.AsSpan(open + 1, close - open - 1)));
            open = text.IndexOf('"', close + 1);
        }

        return [.. all];
    }

    private static byte[] Decode(ReadOnlySpan<char> hex)
    {
        var bytes = new byte[hex.Length / 4];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(Digit(hex[4 * i + 2]) << 4 | Digit(hex[4 * i + 3]));
        return bytes;
    }

    private static int Digit(char c) => c <= '9' ? c - '0' : c - 'a' + 10;
}
