using System.CommandLine;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate help`, `voltgate help serve`, `voltgate help settings`.</summary>
internal static class HelpCommand
{
    public static Command Create()
    {
        var topic = new Argument<string?>("topic")
        {
            Description = "A command, or: settings", Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("help", "Explain a command, or list every setting.") { topic };
        command.SetAction((parsed, _) => Show(parsed.GetValue(topic)));
        return command;
    }

    private static async Task<int> Show(string? topic)
    {
        if (topic is not "settings") return await CommandTable.Run(topic is null ? ["--help"] : [topic, "--help"]);
        await Console.Out.WriteLineAsync(Settings.Documentation());
        return ExitCode.Ok;
    }
}
