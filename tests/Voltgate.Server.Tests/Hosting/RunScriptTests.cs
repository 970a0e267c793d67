using System.Diagnostics;
using System.Text.RegularExpressions;
using Voltgate.Server.Tests.Durability;
using Voltgate.Server.Tests.Peers;

namespace Voltgate.Server.Tests.Hosting;

/// <summary>./run as a person types it in the checkout; ./test has built it, so that it starts at once.</summary>
public sealed class RunScriptTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);
    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_serves_shows_the_key_once_ends_with_0_and_finds_everything_again()
    {
        var first = await Serve(_ => Task.CompletedTask);
        var key = Regex.Match(first, @"API key +(vg_live_\S+)") is { Success: true } shown ? shown.Groups[1].Value : "";
        Assert.Equal(2, first.Split(key).Length);

        var made = "";
        var second = await Serve(async server =>
        {
            using var api = new ApiClient(server, key);
            made = await api.Make("/users", """{"firstname":"Ada"}""");
        });
        Assert.DoesNotContain("API key", second, StringComparison.Ordinal);

        await Serve(async server =>
        {
            using var api = new ApiClient(server, key);
            Assert.Equal("Ada", (await api.Get("/users/" + made)).MustBe(200).Text("firstname"));
        });
    }

    /// <summary>Starts it, waits until it is ready, uses it, stops it; what it printed.</summary>
    private async Task<string> Serve(Func<Uri, Task> use)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(
            Path.Combine(Script.Root, "run"), ["--no-demo", "--port", "0", "--data", Path.Combine(folder, "data")])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var program = Process.Start(start)!;
        try
        {
            var errors = program.StandardError.ReadToEndAsync(patience.Token);
            var said = "";
            while (!Regex.IsMatch(said, @"serves on http://\S+"))
                said += await program.StandardOutput.ReadLineAsync(patience.Token) is { } line
                    ? line + '\n'
                    : throw new InvalidOperationException($"It ended:\n{said}{await errors}");
            var url = new Uri(Regex.Match(said, @"http://[\d.]+:\d+").Value);
            while ((await Yard.Ready(url)).Status != 200) await Task.Delay(50, patience.Token);
            await use(url);

            // The script becomes the server, so that a signal to the one reaches the other.
            using (var kill = Process.Start("kill", ["-TERM", program.Id.ToString()]))
                await kill.WaitForExitAsync(patience.Token);
            said += await program.StandardOutput.ReadToEndAsync(patience.Token);
            await program.WaitForExitAsync(patience.Token);
            Assert.True(program.ExitCode == 0, $"It ended with {program.ExitCode}:\n{said}{await errors}");
            return said;
        }
        finally
        {
            if (!program.HasExited) program.Kill(entireProcessTree: true);
        }
    }
}
