using System.Data.Common;
using Voltgate.Server.Storage;

namespace Voltgate.Server.Cli;

/// <summary>
/// Tells a broken store from a bug: the first ends a command with a sentence, the second with a stack.
/// </summary>
internal static class StoreFaults
{
    public static bool IsStoreFault(Exception e) =>
        e is DbException or StoreUnavailableException or SchemaException;

    /// <summary>Says so where there is no such SQLite file: opening it would make it.</summary>
    public static async Task<bool> Missing(ServerOptions options)
    {
        if (options.Storage is not { Provider: "sqlite", ConnectionString: var file } || File.Exists(file))
            return false;
        await Console.Error.WriteLineAsync($"voltgate: there is no {file}; name the server's folder with --data");
        return true;
    }

    public static async Task<int> Report(Exception e)
    {
        await Console.Error.WriteLineAsync("voltgate: the store cannot be used: " + e.Message);
        return ExitCode.Store;
    }
}
