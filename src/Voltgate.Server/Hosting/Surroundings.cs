using System.Net;
using System.Net.Sockets;
using Voltgate.Server.Stations;

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
        if (options.Contracts.Roots is { Length: > 0 } roots
            && Authorities.Read(roots, "Contracts:Roots").Fault is { } rootless) yield return rootless;
        var (server, tls) = (options.Server, options.Tls);
        if (!wrong.Contains("Server:Host") && !wrong.Contains("Server:Port")
            && PortFault("Server:Port", server.Host, server.Port) is { } taken) yield return taken;
        if (!tls.IsOn() || settings.Errors.Any(e => e.StartsWith("Tls:", StringComparison.Ordinal))) yield break;
        foreach (var file in TlsCertificates.Files(tls))
            if (file.Read(TimeProvider.System.GetUtcNow()).Fault is { } unfit) yield return unfit;
        if (tls.ClientAuthorities.Length > 0 && Authorities.Read(tls.ClientAuthorities).Fault is { } useless)
            yield return useless;
        if (PortFault("Tls:Port", tls.Host.Length == 0 ? server.Host : tls.Host, tls.Port) is { } closed)
            yield return closed;
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

    private static string? PortFault(string setting, string host, int port)
    {
        if (port == 0) return null;
        var address = host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(host);
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return null;
        }
        catch (SocketException e)
        {
            var other = setting == "Server:Port" ? "--port" : "--set " + setting + "=number";
            var remedy = e.SocketErrorCode is SocketError.AddressAlreadyInUse
                ? $"is in use; stop the other program, or choose another with {other}"
                : $"cannot be listened on ({e.Message})";
            return $"{setting} = {port}: {host}:{port} {remedy}.";
        }
    }
}
