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
              voltgate simulate --url ws://127.0.0.1:8080/ocpp/CP-1     be a charging station
              voltgate help settings                    every setting, its unit and default

            Exit codes: 0 done, 64 wrong command line, 65 what was checked is wrong, 69 nobody there,
            74 store not usable, 78 wrong settings.
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
        ["simulate"] = """
            Examples:
              voltgate simulate --url ws://127.0.0.1:8080/ocpp/CP-1 --password <security.password> --connectors 2
              voltgate simulate --url ws://127.0.0.1:8080/ocpp/CP-1 --card 04A1B2C3 --stay 1m --power dc150
              voltgate simulate --url ws://127.0.0.1:8080/ocpp/CP-2 --password <security.password> --ocpp 2.0.1
              voltgate simulate --url ws://127.0.0.1:8080/ocpp/LOAD-{n} --stations 200 --behaviour mixed --duration 5m
              voltgate simulate --url wss://example.org/ocpp/CP-1 --behaviour drops,duplicates --seed 42

            Behaviours: good, drops, lost-answers, duplicates, new-ids, repeated-ids, restarts, rollback, clock-1970,
            never-stops, rejects, silent; mixed makes every second station good and deals the others out.
            Up to 4 stations show each frame in a line, more show figures every 5 s.
            Exit codes: 0 done or interrupted, 64 wrong command line, 69 no station was let in.
            """,
        ["conform"] = """
            Examples:
              voltgate conform --version 1.6 --station CP-1 --api-key <key> --card 04A1B2C3 --report cp-1.md
              voltgate conform --version 2.0.1 --station wss://example.org/ocpp/CP-1 --attended --card 04A1B2C3
              voltgate conform --version 1.6 --station CP-1 --case TC_013_CSMS TC_019_1_CSMS

            The station must be connected. Orders are given through the API; what it says and answers is looked
            for in the frame log. Cases that need somebody at the station (a plug, a card) are played with
            --attended only. The run makes a user of its own, and whatever the cases are about.
            "not shown": the station did otherwise than the case is about, or somebody or something was missing.
            Exit codes: 0 none failed, 64 wrong command line, 65 a case failed, 69 no such server or station.
            """,
        ["migrate"] = """
            Examples:
              voltgate migrate --data /srv/voltgate     bring the schema up to date and stop

            `serve` does the same before it listens; this is for a deployment that wants it as a step of its own.
            """,
        ["verify"] = """
            Examples:
              voltgate audit verify --data /srv/voltgate             recompute every hash, and print each chain's head
              voltgate audit verify --data /srv/voltgate --head <hash>     a head printed before must still be there

            Exit codes: 0 everything holds, 65 something was altered or removed, 74 store not usable.
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
