using System.Net;

namespace Voltgate.Server.Webhooks;

/// <summary>
/// Which addresses a webhook may reach (reliability §10.4): pure, judges an address and never a spelling.
/// </summary>
internal sealed class AddressRules(IReadOnlyList<IPNetwork> allowedPrivate)
{
    /// <summary>Where clouds keep credentials: refused even inside an allowed network.</summary>
    private static readonly IPAddress[] Metadata =
    [
        IPAddress.Parse("169.254.169.254"), IPAddress.Parse("169.254.170.2"), IPAddress.Parse("169.254.170.23"),
        IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("168.63.129.16"),
        IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd00:ec2::23"), IPAddress.Parse("fd20:ce::254"),
    ];

    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // ::/96 holds ::, ::1 and the abandoned IPv4-compatible addresses.
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16",
            "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <param name="cidr">Networks as the settings have them; they were checked at start-up.</param>
    public static AddressRules Of(IEnumerable<string> cidr) => new([.. cidr.Select(n => IPNetwork.Parse(n))]);

    /// <summary>
    /// Inside <c>Webhooks:AllowedPrivateNetworks</c>: the operator's own choice, plain http included.
    /// </summary>
    public bool IsAllowedPrivate(IPAddress address)
    {
        var plain = Unmapped(address);
        return !Metadata.Contains(plain) && allowedPrivate.Any(n => n.Contains(plain));
    }

    public bool IsPublic(IPAddress address)
    {
        var plain = Unmapped(address);
        return !Metadata.Contains(plain) && !NotPublic.Any(n => n.Contains(plain));
    }

    /// <summary>::ffff:127.0.0.1 is 127.0.0.1; a scope does not make another address.</summary>
    public static IPAddress Unmapped(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
}
