using System.Diagnostics;

namespace Voltgate.Server.Tests;

/// <summary>The built executable, run to its end.</summary>
internal static class BuiltProgram
{
    public static async Task<(int Code, string Said)> Run(params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "voltgate"), args)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var program = Process.Start(start)!;
        var said = await program.StandardOutput.ReadToEndAsync() + await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, said);
    }
}
