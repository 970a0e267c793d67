using System.CommandLine;
using System.Text;
using Voltgate.Server.Conform;
using Voltgate.Server.Demo;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate conform`: plays the certification's cases with a station that is connected to a server.</summary>
internal static class ConformCommand
{
    private const string KeyVariable = "VOLTGATE_API_KEY";

    private static readonly Option<string> Version = new("--version")
    {
        Description = "The OCPP version: " + string.Join(", ", ConformCase.Versions) + ".",
        DefaultValueFactory = _ => "1.6",
    };

    private static readonly Option<string> Station = new("--station")
    {
        Description = "The station's identity, or the URL that it connects to: ws://host:port/ocpp/CP-1.",
        Required = true,
    };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "The server that it is connected to; that of the URL, else http://127.0.0.1:8080.",
    };

    private static readonly Option<string?> Key = new("--api-key")
    {
        Description = $"A key of the station's organisation; ${KeyVariable} unless given.",
    };

    private static readonly Option<string[]> Cases = new("--case")
    {
        Description = "Only these, such as TC_013_CSMS.", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Attended = new("--attended")
    {
        Description = "Somebody is at the station and does what is asked for.",
    };

    private static readonly Option<int> Patience = new("--patience")
    {
        Description = "Seconds that a message of the station may take.", DefaultValueFactory = _ => 120,
    };

    private static readonly Option<FileInfo?> Report = new("--report")
    {
        Description = "A file for the results, Markdown.",
    };

    private static readonly Option<string?>[] Cards =
    [
        new("--card") { Description = "A card that may charge, by its id." },
        new("--blocked") { Description = "A card that is blocked." },
        new("--expired") { Description = "A card that has expired." },
    ];

    public static Command Create()
    {
        var command = new Command(
            "conform", "Play the cases of the OCPP certification with a station of yours, and tell how it fared.")
        {
            Version, Station, Server, Key, Cases, Attended, Patience, Report,
        };
        foreach (var card in Cards) command.Options.Add(card);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        if (Fault(parsed) is { } fault)
        {
            await Console.Error.WriteLineAsync($"voltgate: {fault}");
            return ExitCode.Usage;
        }

        var (identity, server) = Where(parsed);
        using var http = StationWatch.Api(server, KeyOf(parsed)!);
        var run = new ConformRun(
            http, TimeSpan.FromSeconds(parsed.GetValue(Patience)), parsed.GetValue(Attended) ? Ask : null);
        try
        {
            var cards = Cards.Where(c => parsed.GetValue(c) is not null)
                .ToDictionary(c => c.Name.TrimStart('-'), c => parsed.GetValue(c)!);
            if (await run.Find(identity, cards) is not { } subject)
            {
                await Console.Error.WriteLineAsync(
                    $"voltgate: --station {identity}: {server} has no such station, or the key is of another "
                        + "organisation.");
                return ExitCode.Unavailable;
            }

            return await Play(parsed, run, subject, cancel);
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(
                $"voltgate: {server} cannot be asked ({e.Message}); check --server and --api-key.");
            return ExitCode.Unavailable;
        }
    }

    private static async Task<int> Play(ParseResult parsed, ConformRun run, Subject subject, CancellationToken cancel)
    {
        var terminal = Terminal.OfConsole();
        var results = new List<ConformResult>();
        var wanted = parsed.GetValue(Cases) is { Length: > 0 } some ? some : null;
        foreach (var @case in ConformCase.All(parsed.GetValue(Version)!))
        {
            if (cancel.IsCancellationRequested) break;
            if (wanted?.Contains(@case.Id, StringComparer.OrdinalIgnoreCase) == false) continue;
            terminal.Print($"{@case.Id.PadRight(15)} {@case.Title}", Ink.Dim);
            var result = await run.Run(@case, subject);
            results.Add(result);
            terminal.Print($"{@case.Id.PadRight(15)} {Word(result)}", result.Verdict switch
            {
                ConformVerdict.Passed => Ink.Green,
                ConformVerdict.Failed => Ink.Red,
                _ => Ink.Yellow,
            });
        }

        if (parsed.GetValue(Report) is { } file) await File.WriteAllTextAsync(file.FullName, Page(results), cancel);
        int Count(ConformVerdict verdict) => results.Count(r => r.Verdict == verdict);
        terminal.Print(
            $"{Count(ConformVerdict.Passed)} passed, {Count(ConformVerdict.Failed)} failed, "
                + $"{Count(ConformVerdict.NotShown)} not shown",
            Ink.Bold);
        return Count(ConformVerdict.Failed) == 0 ? ExitCode.Ok : ExitCode.Tampered;
    }

    private static string? Fault(ParseResult parsed)
    {
        if (!ConformCase.Versions.Contains(parsed.GetValue(Version)))
            return $"--version: there are cases for {string.Join(", ", ConformCase.Versions)}.";
        if (KeyOf(parsed) is not { Length: > 0 }) return $"--api-key: give one, or set {KeyVariable}.";
        var known = ConformCase.All(parsed.GetValue(Version)!).Select(c => c.Id)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (parsed.GetValue(Cases)?.FirstOrDefault(c => !known.Contains(c)) is { } unknown)
            return $"--case {unknown}: there is no such case; one is {known.Order(StringComparer.Ordinal).First()}.";
        if (parsed.GetValue(Server) is { } server
            && !(Uri.TryCreate(server, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            return $"--server {server}: write it as https://example.org.";
        return parsed.GetValue(Patience) is < 1 or > 3_600 ? "--patience: from 1 to 3600 seconds." : null;
    }

    private static (string Identity, Uri Server) Where(ParseResult parsed)
    {
        var station = parsed.GetValue(Station)!;
        var server = parsed.GetValue(Server) is { } given ? new Uri(given) : null;
        if (!station.Contains("://", StringComparison.Ordinal)
            || !Uri.TryCreate(station, UriKind.Absolute, out var url))
            return (station, server ?? new Uri("http://127.0.0.1:8080"));
        var scheme = url.Scheme is "wss" or "https" ? "https" : "http";
        return (
            Uri.UnescapeDataString(url.Segments[^1].TrimEnd('/')), server ?? new Uri($"{scheme}://{url.Authority}"));
    }

    private static string? KeyOf(ParseResult parsed) =>
        parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable(KeyVariable);

    private static async Task Ask(string what)
    {
        await Console.Out.WriteLineAsync($"  > {what} Then press Enter.");
        await Console.In.ReadLineAsync();
    }

    private static string Word(ConformResult result) => result.Verdict switch
    {
        ConformVerdict.Passed => "passed",
        ConformVerdict.Failed => "FAILED: " + result.Why,
        _ => "not shown: " + result.Why,
    };

    private static string Page(IEnumerable<ConformResult> results)
    {
        var page = new StringBuilder("| case | | result |\n|---|---|---|\n");
        foreach (var result in results) page.Append($"| {result.Case.Id} | {result.Case.Title} | {Word(result)} |\n");
        return page.ToString();
    }
}
