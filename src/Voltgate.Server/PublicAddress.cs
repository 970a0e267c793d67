using Voltgate.Domain.Stations;

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

    /// <summary>
    /// The port that speaks TLS, where this process has one and no setting says what the world sees.
    /// </summary>
    public string? TlsSockets { get; set; } = options.Tls.IsOn() && options.Server.PublicUrl.Length == 0
        ? $"wss://{(options.Tls.Host.Length == 0 ? options.Server.Host : options.Tls.Host)}:{options.Tls.Port}"
        : null;

    /// <summary>Web for WebSockets, ws or wss; by TLS for whoever must come by that.</summary>
    public string SocketsFor(StationSecurity security) =>
        security >= StationSecurity.TlsBasic && TlsSockets is { } tls
            ? tls
            : string.Concat("ws", Web.AsSpan("http".Length));
}
