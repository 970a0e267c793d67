using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate version`: what to write into a bug report.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = new Command("version", "Show the version of Voltgate and of what it runs on.");
        command.SetAction(_ => Console.WriteLine(
            $"voltgate {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }

    private static string Version => typeof(VersionCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
