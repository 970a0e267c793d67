using System.CommandLine;
using Voltgate.Server.Hosting;

namespace Voltgate.Server.Cli;

/// <summary>The switches that choose settings, the same for every command that needs them.</summary>
internal sealed class SettingSwitches
{
    private readonly Option<string> config = new("--config")
    {
        Description = "A file of settings (default: voltgate.json, if there is one).", HelpName = "file",
    };

    private readonly Option<string> host = new("--host")
    {
        Description = "Where to listen, 0.0.0.0 for everywhere (Server:Host).", HelpName = "address",
    };

    private readonly Option<string> port = new("--port")
    {
        Description = "The port of API and stations, 0 for a free one (Server:Port).", HelpName = "number",
    };

    private readonly Option<string> data = new("--data")
    {
        Description = "The folder of the SQLite file (Storage:ConnectionString).", HelpName = "folder",
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Any other setting, as often as needed; `voltgate help settings` lists them.",
        HelpName = "Section:Key=value",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[config, host, port, data, set]) command.Options.Add(option);
        set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !t.Value.Contains('=')))
                result.AddError($"--set {token.Value}: write it as Section:Key=value.");
        });
    }

    /// <summary>
    /// The settings of file, environment and these switches, or null after telling stderr what is wrong.
    /// </summary>
    /// <param name="look">Whether the machine must suit them now: a folder to write in, a free port.</param>
    public ServerOptions? Read(ParseResult parsed, bool look)
    {
        var settings = Settings.Read(
            parsed.GetValue(config), Environment.GetEnvironmentVariables(), [.. Given(parsed)]);
        var errors = look ? [.. settings.Errors, .. Surroundings.Check(settings)] : settings.Errors;
        if (errors.Count == 0) return settings.Options;
        foreach (var error in errors) Console.Error.WriteLine("voltgate: " + error);
        return null;
    }

    private IEnumerable<KeyValuePair<string, string>> Given(ParseResult parsed)
    {
        if (parsed.GetValue(host) is { } h) yield return KeyValuePair.Create("Server:Host", h);
        if (parsed.GetValue(port) is { } p) yield return KeyValuePair.Create("Server:Port", p);
        if (parsed.GetValue(data) is { } d)
            yield return KeyValuePair.Create("Storage:ConnectionString", Path.Combine(d, "voltgate.db"));
        foreach (var pair in parsed.GetValue(set) ?? [])
            yield return KeyValuePair.Create(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
    }
}
