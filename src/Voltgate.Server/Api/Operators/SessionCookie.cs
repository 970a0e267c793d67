using Microsoft.Net.Http.Headers;

namespace Voltgate.Server.Api;

/// <summary>
/// The cookie that carries an operator's session, and the check that a request with it was meant: browsers send cookies
/// with requests that other sites make, too (reliability A09, A10).
/// </summary>
internal sealed class SessionCookie(PublicAddress address)
{
    /// <summary>Any value of it says that the request comes from code of our own origin: no form can set it.</summary>
    public const string MeantHeader = "X-Requested-With";

    private const string Plain = "voltgate";
    private const string Secured = "__Host-voltgate";

    private static readonly Refusal CrossSite = new(
        403, "cross_site",
        "A signed-in browser may write only from this site's own pages; other programs use an API key.");

    public string? Read(HttpContext http) => http.Request.Cookies[NameFor(http)];

    public void Set(HttpContext http, string secret, TimeSpan lifetime) =>
        Append(http, secret, (long)lifetime.TotalSeconds);

    public void Clear(HttpContext http) => Append(http, "", 0);

    /// <summary>Null: a write that a cookie allows was meant by its user.</summary>
    public Refusal? Unmeant(HttpContext http)
    {
        if (Foreign(http) is { } verdict) return verdict ? CrossSite : null;
        return http.Request.Headers.ContainsKey(MeantHeader) ? null : CrossSite;
    }

    /// <summary>Null: no other site sent it. Who says nothing of sites is no browser.</summary>
    public Refusal? FromElsewhere(HttpContext http) => Foreign(http) is true ? CrossSite : null;

    /// <summary>What the browser says: true another site, false ours, null nothing.</summary>
    private bool? Foreign(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site) return site != "same-origin";
        if (headers[HeaderNames.Origin].ToString() is { Length: > 0 } origin) return !IsOurs(http, origin);
        return null;
    }

    private bool IsOurs(HttpContext http, string origin) =>
        string.Equals(origin, $"{http.Request.Scheme}://{http.Request.Host}", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(address.Web, UriKind.Absolute, out var web)
            && string.Equals(origin, web.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase));

    private void Append(HttpContext http, string value, long seconds)
    {
        var secure = IsSecure(http) ? "; Secure" : "";
        http.Response.Headers.Append(
            HeaderNames.SetCookie,
            $"{NameFor(http)}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    }

    private string NameFor(HttpContext http) => IsSecure(http) ? Secured : Plain;

    /// <summary>
    /// Plain only between a browser and a server on one machine. Behind a proxy Server:PublicUrl says https.
    /// </summary>
    private bool IsSecure(HttpContext http) =>
        http.Request.IsHttps || address.Web.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]" or "::1");
}
