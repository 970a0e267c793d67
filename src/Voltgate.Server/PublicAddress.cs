namespace Voltgate.Server;

/// <summary>How applications and stations reach this server, without a trailing slash.</summary>
internal sealed class PublicAddress(ServerOptions options)
{
    /// <summary>
    /// "http://host:port", or what Server:PublicUrl says. With port 0: set once the listener is open.
    /// </summary>
    public string Web { get; set; } = options.Server.PublicUrl is { Length: > 0 } url
        ? url.TrimEnd('/')
        : $"http://{options.Server.Host}:{options.Server.Port}";

    /// <summary>The same for WebSockets: ws or wss.</summary>
    public string Sockets => string.Concat("ws", Web.AsSpan("http".Length));
}
