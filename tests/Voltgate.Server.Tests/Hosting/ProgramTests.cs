using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Voltgate.Server.Tests.Hosting;

/// <summary>The executable as a person or an init system meets it.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("voltgate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(0, "--help")]
    [InlineData(0, "help", "serve")]
    [InlineData(0, "version")]
    [InlineData(0, "audit", "verify", "--help")]
    [InlineData(64, "srve")]
    [InlineData(64, "serve", "--prot", "1")]
    [InlineData(64, "serve", "--set", "Server:Port")]
    [InlineData(78, "serve", "--port", "many")]
    [InlineData(74, "audit", "verify", "--data", "nowhere")]
    [InlineData(74, "ledger", "verify", "--data", "nowhere")]
    [InlineData(
        74, "migrate", "--set", "Storage:Provider=postgresql", "--set",
        "Storage:ConnectionString=Host=127.0.0.1;Port=1")]
    public async Task Exit_codes_are_those_of_sysexits(int expected, params string[] args)
    {
        using var program = Start(args);
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(expected, program.ExitCode);
        Assert.Equal(expected != 0, errors.Length > 0);
    }

    [Fact]
    public async Task SIGTERM_ends_a_serving_process_with_0()
    {
        using var program = Start("serve", "--port", "0", "--data", folder);
        var address = "";
        while (address.Length == 0 && await program.StandardOutput.ReadLineAsync() is { } line)
            address = Regex.Match(line, @"http://[\d.]+:\d+").Value;
        using (var client = new HttpClient())
            Assert.True((await client.GetAsync(new Uri(address + "/readyz"))).IsSuccessStatusCode);

        using var kill = Process.Start("kill", ["-TERM", program.Id.ToString()]);
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, program.ExitCode);
    }

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "voltgate"), args)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        return Process.Start(start)!;
    }
}
