namespace Voltgate.Server.Hosting;

/// <summary>
/// While the process drains, requests that arrive anew (sockets too) are sent elsewhere; those inside finish.
/// </summary>
internal sealed class DrainGate(RequestDelegate next, Readiness readiness)
{
    private const string Body =
        """{"ok":false,"message":"This server is shutting down; try again.","result":null,"code":"draining"}""";

    public Task InvokeAsync(HttpContext http)
    {
        if (!readiness.IsDraining || http.Request.Path.Value is Health.Live or Health.Ready) return next(http);
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "5";
        http.Response.Headers.Connection = "close";
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Body);
    }
}
