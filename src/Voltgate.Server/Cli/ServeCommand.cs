using System.CommandLine;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate serve`: opens the server and stays until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve the API and the stations until SIGTERM or Ctrl+C.");
        var switches = new SettingSwitches();
        switches.AddTo(command);
        command.SetAction((parsed, _) => Run(switches.Read(parsed, look: true)));
        return command;
    }

    private static async Task<int> Run(ServerOptions? options)
    {
        if (options is null) return ExitCode.Config;
        try
        {
            await using var app = VoltgateHost.Build(options, TimeProvider.System);
            await app.StartAsync();
            Console.WriteLine($"Voltgate serves on {string.Join(" and ", app.Urls)}  (Ctrl+C stops)");
            await app.WaitForShutdownAsync();
            return ExitCode.Ok;
        }
        catch (Exception e) when (StoreFaults.IsStoreFault(e))
        {
            return await StoreFaults.Report(e);
        }
    }
}
