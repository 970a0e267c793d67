using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Hosting;

/// <summary>Settings as read; with errors they may not be used.</summary>
/// <param name="Options">What is wrong stands here with its default, so that the rest can be looked at too.</param>
/// <param name="Wrong">The keys that were given something wrong.</param>
internal sealed record Settings(ServerOptions Options, IReadOnlyList<string> Errors, IReadOnlySet<string> Wrong)
{
    public const string EnvironmentPrefix = "VOLTGATE__";
    public const string DefaultFile = "voltgate.json";

    /// <summary>The text of voltgate.default.json: each setting with its type, unit, range and default.</summary>
    public static string Documentation()
    {
        using var stream = typeof(Settings).Assembly.GetManifestResourceStream("voltgate.default.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads defaults, then the file, then the environment, then switches; the later wins.</summary>
    /// <param name="file">A file that must exist; null: voltgate.json, if there is one.</param>
    /// <param name="environment">Names and values; only those that begin with VOLTGATE__ count.</param>
    /// <param name="switches">"Section:Key" and value.</param>
    public static Settings Read(
        string? file, IDictionary environment, IReadOnlyList<KeyValuePair<string, string>> switches)
    {
        var draft = new SettingsDraft(Documentation());
        ReadFile(draft, file);
        ReadEnvironment(draft, environment);
        foreach (var (key, value) in switches) draft.WriteText(key, value, "command line");
        return draft.Finish();
    }

    private static void ReadFile(SettingsDraft draft, string? file)
    {
        if (file is null && !File.Exists(DefaultFile)) return;
        var path = file ?? DefaultFile;
        try
        {
            draft.WriteJson(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            draft.Refuse($"--config {path}: cannot be read ({e.Message}). Name a file that exists, or leave it out.");
        }
        catch (JsonException e)
        {
            draft.Refuse($"{path}: is not JSON ({e.Message}). Comments and trailing commas are allowed.");
        }
    }

    private static void ReadEnvironment(SettingsDraft draft, IDictionary environment)
    {
        var names = environment.Keys.Cast<string>()
            .Where(n => n.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var key = name[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            draft.WriteText(key, (string)environment[name]!, "environment " + name);
        }
    }
}

[JsonSerializable(typeof(ServerOptions))]
internal sealed partial class SettingsJson : JsonSerializerContext;
