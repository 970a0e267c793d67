using System.CommandLine;
using Voltgate.Server.Demo;
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
        var demo = new Option<bool>("--demo") { Description = "Make demo data and run one session, as ./run does." };
        command.Options.Add(demo);
        command.SetAction((parsed, _) => Run(switches.Read(parsed, look: true), parsed.GetValue(demo)));
        return command;
    }

    private static async Task<int> Run(ServerOptions? options, bool demo)
    {
        if (options is null) return ExitCode.Config;
        try
        {
            if (demo) options = DemoShow.Prepare(options);
            await using var app = VoltgateHost.Build(options, TimeProvider.System);
            await app.StartAsync();
            if (app.Services.GetRequiredService<Bootstrap>().Notice() is { } notice) Console.WriteLine(notice);
            Console.WriteLine($"Voltgate serves on {string.Join(" and ", app.Urls)}  (Ctrl+C stops)");

            var show = demo
                ? new DemoShow(app, options, Terminal.OfConsole()).Play(app.Lifetime.ApplicationStopping)
                : Task.CompletedTask;
            await app.WaitForShutdownAsync();
            await show;
            return ExitCode.Ok;
        }
        catch (Exception e) when (StoreFaults.IsStoreFault(e))
        {
            return await StoreFaults.Report(e);
        }
    }
}
