using System.Net;
using System.Net.Sockets;

namespace Voltgate.Server.Hosting;

/// <summary>
/// What the settings expect of the machine: looked at before anything is opened, so that all is said at once.
/// </summary>
internal static class Surroundings
{
    /// <summary>One line for each thing that stands in the way.</summary>
    public static IEnumerable<string> Check(Settings settings)
    {
        var (options, wrong) = (settings.Options, settings.Wrong);
        var ownFile = options.Storage.Provider is "sqlite" && !wrong.Contains("Storage:ConnectionString");
        if (ownFile && FolderFault(options.Storage.ConnectionString) is { } fault) yield return fault;
        if (wrong.Contains("Server:Host") || wrong.Contains("Server:Port")) yield break;
        if (PortFault(options.Server) is { } taken) yield return taken;
    }

    private static string? FolderFault(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".voltgate-{Environment.ProcessId}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"Storage:ConnectionString (not shown): the folder {folder} cannot be written ({e.Message}). "
                + "Name another one with --data, or change its owner.";
        }
    }

    private static string? PortFault(ServerSection server)
    {
        if (server.Port == 0) return null;
        var address = server.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(server.Host);
        try
        {
            using var probe = new TcpListener(address, server.Port);
            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            var remedy = e.SocketErrorCode is SocketError.AddressAlreadyInUse
                ? "is in use; stop the other program, or choose another with --port"
                : $"cannot be listened on ({e.Message})";
            return $"Server:Port = {server.Port}: {server.Host}:{server.Port} {remedy}.";
        }
    }
}
