using System.CommandLine;
using System.CommandLine.Help;

namespace Voltgate.Server.Cli;

/// <summary>Everything that the executable can do, one row a command.</summary>
internal static class CommandTable
{
    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count == 0)
        {
            // SIGTERM and Ctrl+C belong to the server, which drains; exceptions to the runtime, which shows them.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null,
            });
        }

        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync("voltgate: " + error.Message);
        await Console.Error.WriteLineAsync("voltgate: try `voltgate --help` or `voltgate help <command>`.");
        return ExitCode.Usage;
    }

    internal static RootCommand Root()
    {
        var root = new RootCommand(
            "Voltgate runs charging stations: a REST API, signed webhooks and an OCPP central system.")
        {
            ServeCommand.Create(),
            SimulateCommand.Create(),
            ConformCommand.Create(),
            MigrateCommand.Create(),
            AuditCommand.Create(),
            LedgerCommand.Create(),
            OpenApiCommand.Create(),
            VersionCommand.Create(),
            HelpCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TeachingHelp((HelpAction)help.Action!);
        return root;
    }
}
