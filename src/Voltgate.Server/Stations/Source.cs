using System.Net;

namespace Voltgate.Server.Stations;

/// <summary>The address that connects, as it is kept and shown: behind a proxy that is the proxy's.</summary>
internal static class Source
{
    public static string Of(IPAddress? address) => address is null ? "" : Plain(address).ToString();

    /// <summary>Whom limits count for: 256 addresses of IPv4, or the /64 that an IPv6 subscriber has.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "";
        var bytes = Plain(address).GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 8;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    /// <summary>Whether the address is in one of these networks.</summary>
    public static bool IsIn(IPAddress? address, IReadOnlyList<IPNetwork> networks) =>
        address is not null && networks.Any(n => n.Contains(Plain(address)));

    /// <summary>An IPv4 address that came in IPv6 clothes is one.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
