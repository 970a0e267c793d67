using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Voltgate.Server.Tests.Security;

/// <summary>This machine as others reach it: by an address that is not the loopback's.</summary>
internal static class Outside
{
    public static readonly IPAddress Address = NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == OperationalStatus.Up)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .First(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));

    /// <summary>A server that listens at every address.</summary>
    public static Task<TestServer> Start(
        string provider = On.Sqlite, Func<ServerOptions, ServerOptions>? configure = null) => TestServer.Start(
        provider,
        o =>
        {
            var open = o with { Server = o.Server with { Host = "0.0.0.0" } };
            return configure?.Invoke(open) ?? open;
        });

    /// <summary>The server's plain port from outside.</summary>
    public static Uri Of(TestServer server) => new($"http://{Address}:{server.Url.Port}");
}
