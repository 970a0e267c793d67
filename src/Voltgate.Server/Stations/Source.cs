using System.Net;

namespace Voltgate.Server.Stations;

/// <summary>The address that connects, as it is kept and shown: behind a proxy that is the proxy's.</summary>
internal static class Source
{
    public static string Of(IPAddress? address) => address is null ? "" : Plain(address).ToString();

    /// <summary>An IPv4 address that came in IPv6 clothes is one.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
