using System.CommandLine;
using System.Text.Json.Nodes;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Cli;

/// <summary>`voltgate openapi`: writes the description of the API that this build serves; the build runs it.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file to write; standard output unless given.",
        };
        var command = new Command("openapi", "Write the OpenAPI 3.1 document of this server's API.") { output };
        command.SetAction((parsed, cancel) => Run(parsed.GetValue(output), cancel));
        return command;
    }

    /// <summary>Asks a server of its own, on a free port and a folder that is gone afterwards.</summary>
    private static async Task<int> Run(FileInfo? output, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("voltgate-openapi-");
        try
        {
            var text = await Fetch(Path.Combine(folder.FullName, "voltgate.db"), cancel);
            if (output is null) await Console.Out.WriteLineAsync(text);
            else await File.WriteAllTextAsync(output.FullName, text, cancel);
            return ExitCode.Ok;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Fetch(string database, CancellationToken cancel)
    {
        var options = new ServerOptions
        {
            Server = new ServerSection { Port = 0, DrainSeconds = 0 },
            Storage = new StorageSection { ConnectionString = database },
            Bootstrap = new BootstrapSection { OperatorEmail = "" },
        };
        await using var app = VoltgateHost.Build(options, TimeProvider.System, _ => { });
        await app.StartAsync(cancel);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var served = await http.GetStringAsync(new Uri(new Uri(app.Urls.First()), "/openapi.json"), cancel);
        await app.StopAsync(cancel);
        return JsonNode.Parse(served)!.ToJsonString(new() { WriteIndented = true }) + "\n";
    }
}
