using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Durability;

/// <summary>The built server as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Key = "bootstrap-key-of-the-tests-0123456789";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly bool isTraced;
    private readonly Queue<string> said = new();
    private readonly Task hearing;

    private ServerProcess(Process process, bool isTraced)
    {
        (this.process, this.isTraced) = (process, isTraced);
        hearing = Hear(process.StandardError);
    }

    public Uri Url { get; private set; } = null!;

    public bool HasExited => process.HasExited;

    /// <summary>The server itself, also where a tracer stands before it.</summary>
    public int Id { get; private set; }

    /// <summary>The last lines that it logged.</summary>
    public string Said
    {
        get
        {
            lock (said) return string.Join('\n', said);
        }
    }

    /// <param name="under">A command to run the server under, such as strace and its switches.</param>
    public static async Task<ServerProcess> Start(
        Store store, IReadOnlyList<string>? under = null, params (string Name, string Value)[] settings)
    {
        string[] command =
            [.. under ?? [], Path.Combine(AppContext.BaseDirectory, "voltgate"), "serve", "--port", "0"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = store.Folder,
        };
        (string Name, string Value)[] standard =
        [
            ("STORAGE__PROVIDER", store.Provider), ("STORAGE__CONNECTIONSTRING", store.ConnectionString),
            ("STORAGE__MINFREEMEGABYTES", "0"), ("BOOTSTRAP__APIKEY", Key), ("BOOTSTRAP__OPERATOREMAIL", ""),
            ("WEBHOOKS__ALLOWEDPRIVATENETWORKS", "127.0.0.0/8"),
            ("API__REQUESTSPERMINUTE", "0"), ("API__WRITESPERMINUTE", "0"),
            ("OCPP__MESSAGESPERSECOND", "0"), ("OCPP__BYTESPERSECOND", "0"), ("OCPP__CONNECTSPERMINUTE", "0"),
        ];
        foreach (var (name, value) in standard.Concat(settings)) start.Environment["VOLTGATE__" + name] = value;
        var server = new ServerProcess(Process.Start(start)!, under is ["strace", ..]);
        try
        {
            await server.Opened().WaitAsync(Patience);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not start. {server.Said}", e);
        }
    }

    public ApiClient Client() => new(Url, Key);

    /// <summary>Gone at once, without a word.</summary>
    public async Task Kill() => await Signal("KILL");

    /// <summary>Sends the signal and waits for the end; the exit code.</summary>
    public async Task<int> Signal(string signal, TimeSpan? patience = null)
    {
        using (var kill = Process.Start("kill", ["-" + signal, Id.ToString()])) await kill.WaitForExitAsync();
        return await Exited(patience);
    }

    /// <summary>Waits until it has ended of itself; the exit code.</summary>
    public async Task<int> Exited(TimeSpan? patience = null)
    {
        await process.WaitForExitAsync().WaitAsync(patience ?? Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await hearing;
        process.Dispose();
    }

    private async Task Opened()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Regex.Match(line, @"http://[\d.]+:\d+") is not { Success: true, Value: var address }) continue;
            Url = new Uri(address);
            Id = isTraced ? ChildOf(process.Id) : process.Id;
            return;
        }

        throw new InvalidOperationException("It ended.");
    }

    private static int ChildOf(int id) => int.Parse(File.ReadAllText($"/proc/{id}/task/{id}/children").Trim());

    private async Task Hear(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
        {
            lock (said)
            {
                said.Enqueue(line);
                if (said.Count > 20) said.Dequeue();
            }
        }
    }
}
