namespace Voltgate.Server.Hosting;

/// <summary>
/// What every answer tells browsers (reliability A11): load nothing from elsewhere, run nothing that stands in the
/// page, be framed by nobody.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next, ServerOptions options)
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>The API's browser has scripts and styles of its own, and pictures inside its styles.</summary>
    private const string Docs =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private readonly bool isSecure = options.Server.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/docs") ? Docs : Nothing;
        if (isSecure) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }
}
