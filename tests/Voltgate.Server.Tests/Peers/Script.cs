using System.Diagnostics;

namespace Voltgate.Server.Tests.Peers;

/// <summary>A program that nobody compiles here, run to its end.</summary>
internal static class Script
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>The folder with Voltgate.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where ./test installs npm's packages.</summary>
    public static string Peers => Path.Combine(Root, "tests", "peers");

    /// <summary>Fails unless it ends with 0; what it said.</summary>
    public static async Task<string> Run(
        string folder, string program, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var (exit, output) = await Say(folder, program, arguments, environment, input);
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)} ended with {exit}\n{output}");
        return output;
    }

    /// <summary>How it ended, null where it was too slow, and all that it said.</summary>
    public static async Task<(int? Exit, string Output)> Say(
        string folder, string program, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(InFolder(folder, program), arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var end = await End(process, input);
        return (end, await said + await complained);
    }

    private static async Task<int?> End(Process process, string? input)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (IOException)
        {
            await process.WaitForExitAsync(patience.Token); // it ended without reading all
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return null;
        }
    }

    /// <summary>A path is meant from the folder, a name is looked up as a shell does.</summary>
    private static string InFolder(string folder, string program) =>
        program.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, program) : program;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Voltgate.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
