using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Voltgate.Server.Cli;

/// <summary>The usual help, then examples to paste.</summary>
internal sealed class TeachingHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> Examples = new()
    {
        [""] = """
            Examples:
              voltgate serve                            serve on http://127.0.0.1:8080, data in ./data
              voltgate serve --port 9000 --data /srv/v  another port and folder
              voltgate help settings                    every setting, its unit and default

            Exit codes: 0 done, 64 wrong command line, 74 store not usable, 78 wrong settings.
            """,
        ["serve"] = """
            Examples:
              voltgate serve
              voltgate serve --host 0.0.0.0 --port 9000 --data /srv/voltgate
              voltgate serve --set Ocpp:AllowInsecure=never --set Sessions:StartTimeoutSeconds=300
              VOLTGATE__BOOTSTRAP__APIKEY=<32 characters or more> voltgate serve
              VOLTGATE__STORAGE__PROVIDER=postgresql \
              VOLTGATE__STORAGE__CONNECTIONSTRING='Host=/var/run/postgresql;Database=voltgate' voltgate serve

            The first start makes an organisation, an operator login and an API key, and shows both secrets once.
            SIGTERM drains: no new work, sockets closed, everything acknowledged stored; exit code 0.
            """,
        ["migrate"] = """
            Examples:
              voltgate migrate --data /srv/voltgate     bring the schema up to date and stop

            `serve` does the same before it listens; this is for a deployment that wants it as a step of its own.
            """,
        ["help"] = """
            Examples:
              voltgate help serve
              voltgate help settings > settings.json
            """,
    };

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var name = command is RootCommand ? "" : command.Name;
        if (Examples.TryGetValue(name, out var text)) parseResult.InvocationConfiguration.Output.WriteLine(text);
        return ExitCode.Ok;
    }
}
