using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Peers;

/// <summary>The executable as it was built, in a process of its own, on a database that is gone afterwards.</summary>
internal sealed partial class BuiltServer : IAsyncDisposable
{
    private static readonly string[] Bad = ["\"level\":\"error\"", "\"level\":\"critical\"", "HandlerFailed"];

    private readonly Process process;
    private readonly string folder;
    private readonly string? database;
    private Task draining = Task.CompletedTask;

    private BuiltServer(Process process, string folder, string? database) =>
        (this.process, this.folder, this.database) = (process, folder, database);

    public Uri Url { get; private set; } = null!;

    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Errors that it logged, and what else says that something broke.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Its log, a line an entry.</summary>
    public ConcurrentQueue<string> Log { get; } = [];

    /// <param name="settings">"OCPP__WAITINGCALLS" and its like.</param>
    public static async Task<BuiltServer> Start(string provider, params (string Name, string Value)[] settings)
    {
        var home = Directory.CreateTempSubdirectory("voltgate-").FullName;
        var name = provider == On.Postgres ? "voltgate_" + Guid.NewGuid().ToString("N") : null;
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "voltgate"), ["serve", "--port", "0"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = home,
            RedirectStandardError = true,
        };
        foreach (var (setting, value) in settings) start.Environment["VOLTGATE__" + setting] = value;
        start.Environment["VOLTGATE__BOOTSTRAP__APIKEY"] = TestServer.BootstrapKey;
        start.Environment["VOLTGATE__WEBHOOKS__ALLOWEDPRIVATENETWORKS"] = "127.0.0.0/8";
        if (name is not null)
        {
            start.Environment["VOLTGATE__STORAGE__PROVIDER"] = provider;
            start.Environment["VOLTGATE__STORAGE__CONNECTIONSTRING"] = await TestServer.CreateDatabase(name);
        }

        var server = new BuiltServer(Process.Start(start)!, home, name);
        server.process.ErrorDataReceived += (_, e) => server.Hear(e.Data ?? "");
        server.process.BeginErrorReadLine();
        await server.Await();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await draining;
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        if (database is not null) await TestServer.DropDatabase(database);
    }

    private void Hear(string line)
    {
        if (line.Length > 0) Log.Enqueue(line);
        if (Bad.Any(b => line.Contains(b, StringComparison.Ordinal))) Complaints.Enqueue(line);
    }

    private async Task Await()
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!Address().IsMatch(line)) continue;
            Url = new Uri(Address().Match(line).Value);
            draining = process.StandardOutput.ReadToEndAsync();
            return;
        }

        throw new InvalidOperationException("The server did not start:\n" + string.Join('\n', said));
    }

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex Address();
}
