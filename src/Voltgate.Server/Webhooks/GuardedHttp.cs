using System.Net;

namespace Voltgate.Server.Webhooks;

/// <summary>The only HTTP client of this process that goes outside.</summary>
internal static class GuardedHttp
{
    /// <remarks>No redirects, proxy, cookies, credentials, decompression or trace headers: an endpoint gets the request
    /// that we signed, from us, and nothing else (reliability §10.4).</remarks>
    public static HttpMessageInvoker Create(DialGuard guard) => new(new SocketsHttpHandler
    {
        ConnectCallback = guard.Connect,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 32,
        // An answer that was not read to its end costs its connection, not our time.
        MaxResponseDrainSize = 0,
        // A name is looked up again, and judged again, at least this often.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });
}
