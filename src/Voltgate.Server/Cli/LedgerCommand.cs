using System.CommandLine;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate ledger verify`: adds up the drivers' money; the server may run meanwhile.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var verify = new Command(
            "verify", "Add up every wallet, hold and transfer, and name what does not agree.");
        var switches = new SettingSwitches();
        switches.AddTo(verify);
        verify.SetAction((parsed, cancel) => Verify(switches.Read(parsed, look: false), cancel));
        return new Command("ledger", "Check the drivers' money: the double-entry ledger.") { verify };
    }

    private static async Task<int> Verify(ServerOptions? options, CancellationToken cancel)
    {
        if (options is null) return ExitCode.Config;
        if (await StoreFaults.Missing(options)) return ExitCode.Store;
        try
        {
            await using var database = VoltgateHost.OpenDatabase(options.Storage);
            var (wallets, transfers, wrong) = await new LedgerCheck(database).Run(cancel);
            foreach (var sentence in wrong) await Console.Error.WriteLineAsync("voltgate: " + sentence);
            if (wrong.Count > 0) return ExitCode.Tampered;
            Console.WriteLine($"{wallets} wallets and {transfers} transfers agree");
            return ExitCode.Ok;
        }
        catch (Exception e) when (StoreFaults.IsStoreFault(e))
        {
            return await StoreFaults.Report(e);
        }
    }
}
