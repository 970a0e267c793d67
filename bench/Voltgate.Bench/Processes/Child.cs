using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Voltgate.Bench.Processes;

/// <summary>A server under test in a process of its own, so that its CPU and memory are its alone.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly Queue<string> lastLines = new();

    private Child(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>From the start of the process to its first 200.</summary>
    public TimeSpan StartTime { get; private set; }

    public int Id => process.Id;

    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts the program and waits until <paramref name="ready"/> answers 200.</summary>
    public static async Task<Child> Start(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, int port,
        string ready)
    {
        var info = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (var (name, value) in environment) info.Environment[name] = value;
        var from = Stopwatch.GetTimestamp();
        var started = Process.Start(info) ?? throw new InvalidOperationException($"{file} does not start.");
        var child = new Child(started, new Uri($"http://127.0.0.1:{port}"));
        started.ErrorDataReceived += (_, e) => child.Keep(e.Data);
        started.OutputDataReceived += (_, e) => child.Keep(e.Data);
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        await child.Ready(ready, from);
        child.StartTime = Stopwatch.GetElapsedTime(from);
        return child;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task Ready(string path, long from)
    {
        using var http = new HttpClient { BaseAddress = Url };
        while (Stopwatch.GetElapsedTime(from) < StartPatience && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK) return;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException)
            {
                // It does not listen yet.
            }

            await Task.Delay(2);
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} is not ready:\n{Last()}");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lastLines)
        {
            lastLines.Enqueue(line);
            if (lastLines.Count > 20) lastLines.Dequeue();
        }
    }

    public string Last()
    {
        lock (lastLines) return string.Join('\n', lastLines);
    }
}
