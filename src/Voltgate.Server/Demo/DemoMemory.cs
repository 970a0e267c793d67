using System.Text.Json;
using System.Text.Json.Serialization;

namespace Voltgate.Server.Demo;

/// <summary>What a demo keeps beside the database, for its owner's eyes only, to find its data again.</summary>
internal sealed record DemoMemory(
    string ApiKey, string User, string Station, string Endpoint, string Password, IReadOnlyList<string> Connectors,
    string Webhook, string WebhookSecret, bool SessionHasRun)
{
    private const string Name = "demo.json";

    public static DemoMemory? Load(StorageSection storage)
    {
        var path = PathOf(storage);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), DemoJson.Default.DemoMemory);
        }
        catch (JsonException)
        {
            return null; // edited by hand, or cut off: the demo makes its data anew
        }
    }

    public void Save(StorageSection storage)
    {
        var path = PathOf(storage);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(path); // the mode is set only on a file that is made
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, this, DemoJson.Default.DemoMemory);
    }

    private static string PathOf(StorageSection storage)
    {
        var isFile = storage.Provider == "sqlite";
        var folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(storage.ConnectionString)) : null;
        return Path.Combine(folder ?? Path.GetFullPath("data"), Name);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DemoMemory))]
internal sealed partial class DemoJson : JsonSerializerContext;
