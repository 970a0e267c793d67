using System.CommandLine;
using Voltgate.Server.Hosting;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate audit verify`: walks the audit log's chains; the server may run meanwhile.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var heads = new Option<string[]>("--head")
        {
            Description = "A hash that an earlier run printed: it must still be in a chain. As often as needed.",
            HelpName = "hash",
            AllowMultipleArgumentsPerToken = false,
        };
        var verify = new Command("verify", "Recompute every hash of the audit log, and name the first broken row.")
        {
            heads,
        };
        var switches = new SettingSwitches();
        switches.AddTo(verify);
        verify.SetAction((parsed, cancel) =>
            Verify(switches.Read(parsed, look: false), parsed.GetValue(heads) ?? [], cancel));
        return new Command("audit", "Check who did what: the audit log.") { verify };
    }

    private static async Task<int> Verify(ServerOptions? options, string[] heads, CancellationToken cancel)
    {
        if (options is null) return ExitCode.Config;
        if (await StoreFaults.Missing(options)) return ExitCode.Store;
        try
        {
            await using var database = VoltgateHost.OpenDatabase(options.Storage);
            var missing = heads.ToHashSet(StringComparer.OrdinalIgnoreCase);
            var verdicts = await new AuditChain(database).Walk(hash => missing.Remove(hash), cancel);
            foreach (var verdict in verdicts) await Tell(verdict);
            foreach (var head in missing)
                await Console.Error.WriteLineAsync(
                    $"voltgate: the hash {head} is in no chain: rows at the end were removed, or all were rewritten");
            return missing.Count > 0 || verdicts.Any(v => v.Break is not null) ? ExitCode.Tampered : ExitCode.Ok;
        }
        catch (Exception e) when (StoreFaults.IsStoreFault(e))
        {
            return await StoreFaults.Report(e);
        }
    }

    private static Task Tell(AuditVerdict verdict)
    {
        if (verdict.Break is { } broken)
            return Console.Error.WriteLineAsync(
                $"voltgate: organization {broken.Organization}: row {broken.Entry}"
                + (broken.Seq > 0 ? $", number {broken.Seq}" : "") + $": {broken.Reason}");
        var waiting = verdict.Waiting > 0 ? $", {verdict.Waiting} not sealed yet" : "";
        return Console.Out.WriteLineAsync(
            $"organization {verdict.Organization}: {verdict.Rows} rows hold, head {verdict.Head}{waiting}");
    }
}
