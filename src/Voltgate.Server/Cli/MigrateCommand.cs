using System.CommandLine;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate migrate`: brings the schema up to date and ends.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the database's schema up to date, and stop.");
        var switches = new SettingSwitches();
        switches.AddTo(command);
        command.SetAction((parsed, cancel) => Run(switches.Read(parsed, look: false), cancel));
        return command;
    }

    private static async Task<int> Run(ServerOptions? options, CancellationToken cancel)
    {
        if (options is null) return ExitCode.Config;
        try
        {
            await using var database = VoltgateHost.OpenDatabase(options.Storage);
            await Migrations.Run(database, TimeProvider.System, cancel);
            Console.WriteLine($"The {database.Provider} schema is up to date.");
            return ExitCode.Ok;
        }
        catch (Exception e) when (StoreFaults.IsStoreFault(e))
        {
            return await StoreFaults.Report(e);
        }
    }
}
