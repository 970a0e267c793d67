using System.Diagnostics;

namespace Voltgate.Server.Tests.Demo;

/// <summary>What `./run` shows, read as a person reads it.</summary>
public sealed class DemoTests : IDisposable
{
    private const string Invitation = "Now you.";

    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_first_start_shows_a_whole_session_and_a_second_start_finds_its_data()
    {
        var first = await Serve();
        Assert.Contains("POST /v1.1/sessions  201 status=created", first);
        Assert.Contains("> StartTransaction connectorId=1", first);
        Assert.Contains("session.ev_charged", first);
        Assert.Matches(@"session\.ended  status=Ended  [1-9]\.\d\d kWh  [1-9]\.\d\d EUR  signature ok", first);
        Assert.Matches(@"ENERGY .* = +\d\.\d{4} EUR", first);
        Assert.Matches(@"PARKING_TIME .* = +\d\.\d{4} EUR", first);
        Assert.Matches("curl -s -X POST http://127.0.0.1:[0-9]+/v1.1/sessions", first);
        Assert.DoesNotContain("SIGNATURE WRONG", first);
        Assert.DoesNotContain("\e[", first);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Memory));
        var remembered = await File.ReadAllTextAsync(Memory);

        var second = await Serve();
        Assert.Contains("The demo's data is here already", second);
        Assert.Contains("< BootNotification = status=Accepted", second);
        Assert.DoesNotContain("POST /v1.1/sessions  201", second);
        Assert.Equal(remembered, await File.ReadAllTextAsync(Memory));
    }

    [Fact]
    public async Task A_store_made_without_a_demo_gets_none()
    {
        await Serve("serves on", "--port", "0");
        Assert.Contains("No demo:", await Serve("No demo:", "--port", "0", "--demo"));
    }

    private string Memory => Path.Combine(folder, "demo.json");

    private Task<string> Serve() => Serve(Invitation, "--port", "0", "--demo");

    /// <summary>Everything it wrote until that text; then it is told to stop.</summary>
    private async Task<string> Serve(string until, params string[] switches)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "voltgate"), ["serve", "--data", folder, .. switches])
        {
            UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = folder,
        };
        using var program = Process.Start(start)!;
        var lines = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            while (await program.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                lines.Add(line);
                if (line.Contains(until)) using (Process.Start("kill", ["-TERM", $"{program.Id}"])) { }
            }

            await program.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill();
            Assert.Fail($"It did not say \"{until}\" and stop within 90 s:\n{string.Join('\n', lines)}");
        }

        Assert.Equal(0, program.ExitCode);
        return string.Join('\n', lines);
    }
}
