using System.Net;
using System.Net.Http;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Voltgate.Server.Webhooks;

/// <summary>Name to addresses; a test gives its own answers.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancel);

/// <summary>What a registration learns about its URL.</summary>
internal abstract record UrlVerdict
{
    /// <summary>422 with this code; no word about what answered, or the refusal would map the network.</summary>
    public const string RefusedCode = "webhook_url_not_allowed";

    public sealed record Allowed : UrlVerdict;

    /// <summary>The name does not resolve now: accepted with a warning, attempts fail until it does.</summary>
    public sealed record Unresolved : UrlVerdict;

    public sealed record Refused(string Message) : UrlVerdict;
}

/// <summary>The address, the name or the port is not one that webhooks may reach.</summary>
internal sealed class DialRefusedException(string message) : IOException(message);

/// <summary>
/// Keeps webhooks away from private networks: judges a URL at registration and, because names can change their minds,
/// every address again at each dial, and connects to the very address that it judged (reliability §10.4).
/// </summary>
/// <param name="ownHost">The host of Server:PublicUrl: a webhook to ourselves is a loop; empty: unknown.</param>
internal sealed class DialGuard(AddressRules rules, string ownHost, Resolve resolve)
{
    private const string Refusal =
        "This URL cannot receive webhooks: use https with a public host name, port 443, 8443 or one above 1023, "
        + "without credentials or fragment, or let the operator allow its network in Webhooks:AllowedPrivateNetworks.";

    private const string PlainRefusal =
        "Use https: plain http is only for addresses inside Webhooks:AllowedPrivateNetworks.";

    public static readonly Resolve SystemResolver = (host, cancel) => Dns.GetHostAddressesAsync(host, cancel);

    /// <summary>Judges a URL that somebody wants to register.</summary>
    public async Task<UrlVerdict> Check(string text, CancellationToken cancel = default)
    {
        if (UrlRules.Parse(text) is not { } url) return new UrlVerdict.Refused(Refusal);
        var host = UrlRules.HostOf(url);
        if (IsOwn(host)) return new UrlVerdict.Refused(Refusal);
        var plain = url.Scheme == Uri.UriSchemeHttp;
        try
        {
            var addresses = await Addresses(host, cancel);
            if (addresses.Length > 0)
                return AllAllowed(addresses, plain || UrlRules.IsPrivateName(host))
                    ? new UrlVerdict.Allowed()
                    : new UrlVerdict.Refused(plain ? PlainRefusal : Refusal);
        }
        catch (SocketException)
        {
            // Falls through: an unknown name is judged by its spelling.
        }

        return plain || UrlRules.IsPrivateName(host)
            ? new UrlVerdict.Refused(plain ? PlainRefusal : Refusal)
            : new UrlVerdict.Unresolved();
    }

    /// <summary>SocketsHttpHandler.ConnectCallback.</summary>
    /// <exception cref="DialRefusedException">Any of the answers is an address that webhooks may not reach.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var url = context.InitialRequestMessage.RequestUri;
        var host = context.DnsEndPoint.Host.TrimEnd('.');
        if (url is null || UrlRules.Parse(url.OriginalString) is null || IsOwn(host)) throw Refused();
        var addresses = await Addresses(host, cancel);
        var privateOnly = url.Scheme == Uri.UriSchemeHttp || UrlRules.IsPrivateName(host);
        if (addresses.Length == 0 || !AllAllowed(addresses, privateOnly)) throw Refused();
        return await Dial(addresses, context.DnsEndPoint.Port, cancel);
    }

    private static DialRefusedException Refused() => new("The address is not one that webhooks may reach.");

    private bool IsOwn(string host) => ownHost.Length > 0 && host.Equals(ownHost, StringComparison.OrdinalIgnoreCase);

    private async Task<IPAddress[]> Addresses(string host, CancellationToken cancel) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancel);

    /// <summary>One bad answer spoils all: the next dial might get that one.</summary>
    private bool AllAllowed(IPAddress[] addresses, bool privateOnly) => Array.TrueForAll(
        addresses,
        a => rules.IsAllowedPrivate(a) || (!privateOnly && rules.IsPublic(a) && !IsThisMachine(a)));

    private static bool IsThisMachine(IPAddress address)
    {
        var plain = AddressRules.Unmapped(address);
        return NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(n => n.GetIPProperties().UnicastAddresses)
            .Any(own => AddressRules.Unmapped(own.Address).Equals(plain));
    }

    private static async Task<Stream> Dial(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Length)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
